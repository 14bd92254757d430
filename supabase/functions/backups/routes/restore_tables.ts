import { createRoute } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { restoreAnswer } from "../../_shared/frontend_compat.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId } from "../parameters.ts";
import { requestWork } from "../request_work.ts";
import { RequestedRestore } from "../requested_restore.ts";
import { RestoreTables } from "../restore_parameters.ts";

const route = createRoute({
  method: "post",
  path: "/backups/{id}",
  operationId: "restoreTables",
  tags: ["restores"],
  summary: "Restore tables at once, as the alumni frontend asks for it",
  description: "The same as `POST /backups/{id}/restore` with `skip_preview` and mode `replace`.",
  request: { params: BackupId, body: { content: { "application/json": { schema: RestoreTables } } } },
  responses: {
    202: json(RequestedRestore, "Queued."),
    ...problems(
      "invalid_json",
      "payload_too_large",
      "invalid_request",
      "invalid_id",
      "invalid_tables",
      "backup_not_found",
      "not_completed",
      "project_unconfirmed",
      "rate_limited",
    ),
  },
});

export function restoreTables(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid("param");
    const { tables } = context.req.valid("json");
    const choice = { mode: "replace", tables, skip_preview: true };
    const restore = await requestWork(
      services,
      context.var,
      { action: "restore", target: id },
      () => services.database.call("request_restore", { backup_id: id, ...choice }, context.var.caller),
    );
    return context.json(restoreAnswer(restore), 202);
  });
}
