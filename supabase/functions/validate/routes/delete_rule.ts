import type { App } from "../../_shared/app.ts";
import { requestChange } from "../../_shared/request_change.ts";
import { deleteRuleRoute } from "../../_shared/rule_routes.ts";
import type { Services } from "../../_shared/services.ts";

export function deleteRule(app: App, services: Services): void {
  app.openapi(deleteRuleRoute, async (context) => {
    const { rule_id: id } = context.req.valid("param");
    await requestChange(
      services,
      context.var,
      { action: "delete_rule", target: id },
      () => services.database.call("delete_rule", { id }, context.var.caller),
    );
    return context.body(null, 204);
  });
}
