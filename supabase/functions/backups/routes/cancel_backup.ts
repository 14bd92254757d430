import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Backup } from "../../_shared/schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId } from "../parameters.ts";
import { requestWork } from "../request_work.ts";

const route = createRoute({
  method: "post",
  path: "/backups/{id}/cancel",
  operationId: "cancelBackup",
  tags: ["backups"],
  summary: "Stop the making of a backup, or a drill of it",
  description:
    "A backup that was being made is then failed, with the code `cancelled`, and leaves no objects.",
  request: { params: BackupId },
  responses: {
    202: json(z.object({ backup: Backup }), "Cancelled; the worker stops within seconds."),
    ...problems("backup_not_found", "not_cancellable", "invalid_id"),
  },
});

export function cancelBackup(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid("param");
    const backup = await requestWork(
      services,
      context.var,
      { action: "cancel", target: id },
      () => services.database.call("request_cancel", { backup_id: id }, context.var.caller),
    );
    return context.json({ backup }, 202);
  });
}
