import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { LiveTables } from "../../_shared/table_schemas.ts";

const route = createRoute({
  method: "get",
  path: "/backups/tables",
  operationId: "listTables",
  tags: ["backups"],
  summary: "The tables that a backup would hold now",
  responses: {
    200: json(LiveTables, "All of them; nothing was counted."),
    ...problems("invalid_tables", "lock_timeout"),
  },
});

export function listTables(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    await admit(database, caller, { action: "list" });
    return context.json(await database.call("list_tables", {}, caller), 200);
  });
}
