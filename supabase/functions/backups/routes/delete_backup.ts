import { createRoute, z } from "@hono/zod-openapi";
import { admit, audited } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Backup } from "../../_shared/schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId } from "../parameters.ts";

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

export function deleteBackup(app: App, { database, wake }: Services): void {
  app.openapi(route, async (context) => {
    const { caller, log, requestId } = context.var;
    const { id } = context.req.valid("param");
    const action = { action: "delete", target: id } as const;
    await admit(database, caller, action);
    const backup = await audited(
      { database, log },
      caller,
      action,
      () => database.call("request_deletion", { backup_id: id }, caller),
    );
    wake(requestId);
    return context.json({ backup }, 202);
  });
}
