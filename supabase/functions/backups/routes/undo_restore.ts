import { createRoute } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { restoreAnswer } from "../../_shared/frontend_compat.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { requestWork } from "../request_work.ts";
import { RequestedRestore } from "../requested_restore.ts";
import { RestoreId, UndoRestore } from "../restore_parameters.ts";

const route = createRoute({
  method: "post",
  path: "/backups/restores/{id}/undo",
  operationId: "undoRestore",
  tags: ["restores"],
  summary: "Take a restore back",
  description:
    "Puts back exactly the rows that it changed. That is a restore too, with an id of its own, and " +
    "can be undone in turn.",
  request: { params: RestoreId, body: { content: { "application/json": { schema: UndoRestore } } } },
  responses: {
    202: json(RequestedRestore, "Queued."),
    ...problems(
      "invalid_json",
      "payload_too_large",
      "invalid_request",
      "invalid_id",
      "restore_not_found",
      "undo_not_possible",
      "project_unconfirmed",
      "rate_limited",
    ),
  },
});

export function undoRestore(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid("param");
    const consents = context.req.valid("json");
    const restore = await requestWork(
      services,
      context.var,
      { action: "undo", target: id },
      () => services.database.call("request_undo", { restore_id: id, ...consents }, context.var.caller),
    );
    return context.json(restoreAnswer(restore), 202);
  });
}
