import type { App } from "../../_shared/app.ts";
import type { Json } from "../../_shared/database.types.ts";
import { requestChange } from "../../_shared/request_change.ts";
import { addRuleRoute } from "../../_shared/rule_routes.ts";
import type { Services } from "../../_shared/services.ts";

export function addRule(app: App, services: Services): void {
  app.openapi(addRuleRoute, async (context) => {
    const draft = context.req.valid("json");
    const rule = await requestChange(
      services,
      context.var,
      { action: "set_rule", target: draft.id ?? undefined },
      () =>
        services.database.call(
          "add_rule",
          { ...draft, parameters: draft.parameters as Json | undefined },
          context.var.caller,
        ),
    );
    return context.json({ rule }, 201);
  });
}
