import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { requestChange } from "../../_shared/request_change.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Backup } from "../../_shared/schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId, UpdateBackup } from "../parameters.ts";

const route = createRoute({
  method: "patch",
  path: "/backups/{id}",
  operationId: "updateBackup",
  tags: ["backups"],
  summary: "Pin a backup, or say something about it",
  description: "What is absent stays as it is.",
  request: { params: BackupId, body: { content: { "application/json": { schema: UpdateBackup } } } },
  responses: {
    200: json(z.object({ backup: Backup }), "As it is now."),
    ...problems(
      "invalid_json",
      "payload_too_large",
      "invalid_request",
      "invalid_id",
      "invalid_argument",
      "backup_not_found",
    ),
  },
});

export function updateBackup(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid("param");
    const changes = context.req.valid("json");
    const backup = await requestChange(
      services,
      context.var,
      { action: "update", target: id },
      () => services.database.call("update_backup", { backup_id: id, ...changes }, context.var.caller),
    );
    return context.json({ backup }, 200);
  });
}
