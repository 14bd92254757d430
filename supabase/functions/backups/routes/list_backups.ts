import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { BackupList } from "../../_shared/schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { ListBackups } from "../parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups",
  operationId: "listBackups",
  tags: ["backups"],
  summary: "List backups, newest first unless sorted",
  request: { query: ListBackups },
  responses: { 200: json(BackupList, "One page."), ...problems("invalid_request", "invalid_argument") },
});

export function listBackups(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { status, kind, search, sort, order, limit, page, cursor } = context.req.valid("query");
    await admit(database, caller, { action: "list" });
    const list = await database.call(
      "list_backups",
      { status, kind, search, sort, sort_order: order, page_limit: limit, page, cursor },
      caller,
    );
    return context.json(list, 200);
  });
}
