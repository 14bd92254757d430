import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { Me } from "../../_shared/me_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";

const route = createRoute({
  method: "get",
  path: "/backups/me",
  operationId: "getMe",
  tags: ["backups"],
  summary: "Who is asking, and may they?",
  description: "403 for whoever may not use backups.",
  responses: { 200: json(Me, "An administrator, or a secret key."), ...problems() },
});

export function getMe(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    await admit(database, caller, { action: "read" });
    return context.json(await database.call("whoami", {}, caller), 200);
  });
}
