import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Schedules } from "../../_shared/schedule_schemas.ts";
import type { Services } from "../../_shared/services.ts";

const route = createRoute({
  method: "get",
  path: "/backups/schedules",
  operationId: "getSchedules",
  tags: ["schedules"],
  summary: "The schedules, with their next and last run",
  responses: { 200: json(Schedules, "Both."), ...problems() },
});

export function getSchedules(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    await admit(database, caller, { action: "read" });
    return context.json(await database.call("get_schedules", {}, caller), 200);
  });
}
