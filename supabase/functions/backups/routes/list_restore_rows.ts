import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { RestoreRows } from "../../_shared/restore_schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { ListRestoreRows, RestoreId } from "../restore_parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups/restores/{id}/rows",
  operationId: "listRestoreRows",
  tags: ["restores"],
  summary: "The rows of a table that a previewed restore would change",
  description: "All of them, beyond the preview's samples. Only as long as it waits to be applied.",
  request: { params: RestoreId, query: ListRestoreRows },
  responses: {
    200: json(RestoreRows, "One page."),
    ...problems(
      "invalid_id",
      "invalid_request",
      "invalid_argument",
      "restore_not_found",
      "restore_not_ready",
      "preview_stale",
    ),
  },
});

export function listRestoreRows(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { id } = context.req.valid("param");
    const { table, change, search, limit, cursor } = context.req.valid("query");
    await admit(database, caller, { action: "read", target: id });
    const rows = await database.call(
      "list_row_changes",
      { restore_id: id, table_name: table, change, search, page_limit: limit, cursor },
      caller,
    );
    // Row data in clear: nothing on the way may keep it.
    context.header("cache-control", "no-store");
    return context.json(rows, 200);
  });
}
