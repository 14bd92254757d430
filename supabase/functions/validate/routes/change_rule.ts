import type { App } from "../../_shared/app.ts";
import type { Json } from "../../_shared/database.types.ts";
import { requestChange } from "../../_shared/request_change.ts";
import { changeRuleRoute } from "../../_shared/rule_routes.ts";
import type { Services } from "../../_shared/services.ts";

export function changeRule(app: App, services: Services): void {
  app.openapi(changeRuleRoute, async (context) => {
    const { rule_id: id } = context.req.valid("param");
    const changes = context.req.valid("json");
    const rule = await requestChange(
      services,
      context.var,
      { action: "set_rule", target: id },
      () =>
        services.database.call(
          "change_rule",
          { id, ...changes, parameters: changes.parameters as Json | undefined },
          context.var.caller,
        ),
    );
    return context.json({ rule }, 200);
  });
}
