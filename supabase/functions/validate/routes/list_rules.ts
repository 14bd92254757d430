import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { listRulesRoute } from "../../_shared/rule_routes.ts";
import type { Services } from "../../_shared/services.ts";

export function listRules(app: App, { database }: Services): void {
  app.openapi(listRulesRoute, async (context) => {
    const { caller } = context.var;
    await admit(database, caller, { action: "list" });
    return context.json(await database.call("list_rules", {}, caller), 200);
  });
}
