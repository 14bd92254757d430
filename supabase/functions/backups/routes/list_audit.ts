import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { AuditList } from "../../_shared/audit_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { ListAudit } from "../audit_parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups/audit",
  operationId: "listAudit",
  tags: ["audit"],
  summary: "Who did what, newest first",
  request: { query: ListAudit },
  responses: { 200: json(AuditList, "One page."), ...problems("invalid_request", "invalid_argument") },
});

export function listAudit(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { action, actor_id, target, outcome, limit, cursor } = context.req.valid("query");
    await admit(database, caller, { action: "list" });
    const filter = { action, actor_id, target, outcome, page_limit: limit, cursor };
    return context.json(await database.call("list_audit", filter, caller), 200);
  });
}
