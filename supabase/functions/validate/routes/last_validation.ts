import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import type { Services } from "../../_shared/services.ts";
import { lastValidationRoute } from "../../_shared/validate_route.ts";

export function lastValidation(app: App, { database }: Services): void {
  app.openapi(lastValidationRoute, async (context) => {
    const { caller } = context.var;
    await admit(database, caller, { action: "read" });
    return context.json(await database.call("last_validation", {}, caller), 200);
  });
}
