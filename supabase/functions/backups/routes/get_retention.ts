import { createRoute, z } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Retention } from "../../_shared/retention_schemas.ts";
import type { Services } from "../../_shared/services.ts";

const route = createRoute({
  method: "get",
  path: "/backups/retention",
  operationId: "getRetention",
  tags: ["schedules"],
  summary: "Which backups are kept",
  responses: { 200: json(z.object({ retention: Retention }), "The rules."), ...problems() },
});

export function getRetention(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    await admit(database, caller, { action: "read" });
    const retention = await database.call("get_retention", {}, caller);
    return context.json({ retention }, 200);
  });
}
