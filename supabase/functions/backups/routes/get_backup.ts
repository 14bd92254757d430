import { createRoute, z } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { backupAnswer } from "../../_shared/frontend_compat.ts";
import { json, problems } from "../../_shared/responses.ts";
import { BackupDetails } from "../../_shared/schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId, GetBackup } from "../parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups/{id}",
  operationId: "getBackup",
  tags: ["backups"],
  summary: "One backup, with its tables and validation report",
  request: { params: BackupId, query: GetBackup },
  responses: {
    200: json(
      z.object({
        backup: BackupDetails,
        downloadUrl: z.url().optional().openapi({
          description: "Streams the clear archive once, for a short time, without a credential. " +
            "Only of a completed backup, only where an identity is configured, and not with `link=false`.",
        }),
      }),
      "The backup.",
    ),
    ...problems("backup_not_found", "invalid_id", "invalid_request"),
  },
});

export function getBackup(app: App, { database, env }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { id } = context.req.valid("param");
    const { link: mayLink } = context.req.valid("query");
    await admit(database, caller, { action: "read", target: id });
    const backup = await database.call("get_backup", { backup_id: id }, caller);

    // HEAD asks whether it is there; that must not make a link.
    const isWanted = mayLink && context.req.method === "GET" && backup.status === "completed" &&
      env.ageIdentities !== "";
    const link = isWanted ? await database.call("issue_download_link", { backup_id: id }, caller) : null;
    const url = link && `${env.publicUrl}/functions/v1/backups/${id}/download?token=${link.token}`;
    return context.json(backupAnswer(backup, url), 200);
  });
}
