import { createRoute } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { restoreAnswer } from "../../_shared/frontend_compat.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId } from "../parameters.ts";
import { requestWork } from "../request_work.ts";
import { RequestedRestore } from "../requested_restore.ts";
import { StartRestore } from "../restore_parameters.ts";

const route = createRoute({
  method: "post",
  path: "/backups/{id}/restore",
  operationId: "startRestore",
  tags: ["restores"],
  summary: "Apply what was previewed, or restore without a preview",
  description:
    "With `restore_id`: exactly what that preview showed is applied, or nothing. With `skip_preview`: for " +
    "operators who know what they want. Either way a safety backup of the touched tables is made first.",
  request: { params: BackupId, body: { content: { "application/json": { schema: StartRestore } } } },
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
      "restore_not_found",
      "restore_not_ready",
      "restore_blocked",
      "privilege_changes_not_accepted",
      "cascade_not_accepted",
      "foreign_source_not_accepted",
      "orphans_not_accepted",
      "project_unconfirmed",
      "rate_limited",
    ),
  },
});

export function startRestore(app: App, services: Services): void {
  const { database } = services;

  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { id: backup_id } = context.req.valid("param");
    const { restore_id, skip_preview, mode, tables, rows, with_children, ...consents } = context.req.valid(
      "json",
    );
    const apply = (restore_id: string) =>
      database.call("request_apply", { backup_id, restore_id, ...consents }, caller);
    const restoreAtOnce = () => {
      const choice = { skip_preview, mode, tables, rows, with_children };
      return database.call("request_restore", { backup_id, ...choice, ...consents }, caller);
    };
    const restore = await requestWork(
      services,
      context.var,
      { action: "restore", target: backup_id },
      () => restore_id ? apply(restore_id) : restoreAtOnce(),
    );
    return context.json(restoreAnswer(restore), 202);
  });
}
