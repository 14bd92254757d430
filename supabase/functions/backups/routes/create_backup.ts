import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { createdAnswer } from "../../_shared/frontend_compat.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Backup } from "../../_shared/schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { CreateBackup } from "../parameters.ts";
import { requestWork } from "../request_work.ts";

const describe = (path: "/backups" | "/backups/create", operationId: string) =>
  createRoute({
    method: "post",
    path,
    operationId,
    tags: ["backups"],
    summary: "Ask for a backup",
    description: "Queues it and answers at once; its row shows the progress. One runs at a time.",
    request: { body: { content: { "application/json": { schema: CreateBackup } } } },
    responses: {
      202: json(
        z.object({ backup: Backup, backupId: z.uuid().openapi({ description: "The id once more." }) }),
        "Queued.",
      ),
      ...problems(
        "invalid_json",
        "backup_in_progress",
        "payload_too_large",
        "invalid_request",
        "invalid_tables",
        "override_reason_required",
        "project_unconfirmed",
        "rate_limited",
      ),
    },
  });

/** `/backups/create` is the plan's address; `/backups` is what the alumni frontend calls. */
export function createBackup(app: App, services: Services): void {
  for (
    const route of [
      describe("/backups", "createBackup"),
      describe("/backups/create", "createBackupAtPlannedPath"),
    ]
  ) {
    app.openapi(route, async (context) => {
      const choice = context.req.valid("json");
      const backup = await requestWork(
        services,
        context.var,
        { action: "create" },
        () => services.database.call("request_backup", choice, context.var.caller),
      );
      return context.json(createdAnswer(backup), 202);
    });
  }
}
