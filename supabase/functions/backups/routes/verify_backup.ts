import { createRoute, z } from "@hono/zod-openapi";
import { requireDecrypt } from "../../_shared/age.ts";
import type { App } from "../../_shared/app.ts";
import { JobReport } from "../../_shared/job_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Backup } from "../../_shared/schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId } from "../parameters.ts";
import { requestWork } from "../request_work.ts";

const route = createRoute({
  method: "post",
  path: "/backups/{id}/verify",
  operationId: "verifyBackup",
  tags: ["backups"],
  summary: "Ask for a drill: prove that a backup can be restored",
  description:
    "Queues it and answers at once. Every part is fetched, decrypted, loaded into scratch tables and compared; " +
    "`verification` of the backup then says how it ended.",
  request: { params: BackupId },
  responses: {
    202: json(z.object({ backup: Backup, job: JobReport }), "Queued."),
    ...problems(
      "invalid_id",
      "backup_not_found",
      "not_completed",
      "identity_missing",
      "identity_invalid",
      "project_unconfirmed",
      "rate_limited",
    ),
  },
});

export function verifyBackup(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid("param");
    const drill = await requestWork(
      services,
      context.var,
      { action: "verify", target: id },
      () => {
        // A drill without a key could only fail: nothing is queued for that.
        requireDecrypt(services.env.ageIdentities);
        return services.database.call("request_drill", { backup_id: id }, context.var.caller);
      },
    );
    return context.json(drill, 202);
  });
}
