import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { RestoreList } from "../../_shared/restore_schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { ListRestores } from "../restore_parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups/restores",
  operationId: "listRestores",
  tags: ["restores"],
  summary: "List restores, newest first",
  request: { query: ListRestores },
  responses: { 200: json(RestoreList, "One page."), ...problems("invalid_request", "invalid_argument") },
});

export function listRestores(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { status, backup_id, limit, page, cursor } = context.req.valid("query");
    await admit(database, caller, { action: "list" });
    const list = await database.call(
      "list_restores",
      { status, backup_id, page_limit: limit, page, cursor },
      caller,
    );
    return context.json(list, 200);
  });
}
