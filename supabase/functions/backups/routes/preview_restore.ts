import { createRoute } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { restoreAnswer } from "../../_shared/frontend_compat.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId } from "../parameters.ts";
import { requestWork } from "../request_work.ts";
import { RequestedRestore } from "../requested_restore.ts";
import { PreviewRestore } from "../restore_parameters.ts";

const route = createRoute({
  method: "post",
  path: "/backups/{id}/preview",
  operationId: "previewRestore",
  tags: ["restores"],
  summary: "Ask what a restore would change",
  description:
    "Queues it and answers at once. Nothing is changed before it is applied with its `restore_id`.",
  request: { params: BackupId, body: { content: { "application/json": { schema: PreviewRestore } } } },
  responses: {
    202: json(RequestedRestore, "Queued."),
    ...problems(
      "invalid_json",
      "payload_too_large",
      "invalid_request",
      "invalid_id",
      "invalid_tables",
      "invalid_rows",
      "backup_not_found",
      "not_completed",
      "project_unconfirmed",
      "rate_limited",
    ),
  },
});

export function previewRestore(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid("param");
    const choice = context.req.valid("json");
    const restore = await requestWork(
      services,
      context.var,
      { action: "preview", target: id },
      () => services.database.call("request_restore", { backup_id: id, ...choice }, context.var.caller),
    );
    return context.json(restoreAnswer(restore), 202);
  });
}
