import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Backup } from "../../_shared/schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId } from "../parameters.ts";
import { requestWork } from "../request_work.ts";

const route = createRoute({
  method: "delete",
  path: "/backups/{id}",
  operationId: "deleteBackup",
  tags: ["backups"],
  summary: "Delete a backup",
  description: "First its objects in the bucket, then its row: it is gone when it is not listed any more.",
  request: { params: BackupId },
  responses: {
    202: json(z.object({ backup: Backup }), "Being deleted."),
    ...problems("backup_not_found", "backup_in_use", "invalid_id"),
  },
});

export function deleteBackup(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid("param");
    const backup = await requestWork(
      services,
      context.var,
      { action: "delete", target: id },
      () => services.database.call("request_deletion", { backup_id: id }, context.var.caller),
    );
    return context.json({ backup }, 202);
  });
}
