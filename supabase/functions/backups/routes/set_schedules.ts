import { createRoute } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { requestChange } from "../../_shared/request_change.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Schedules } from "../../_shared/schedule_schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { ChangeSchedules } from "../schedule_parameters.ts";

const route = createRoute({
  method: "put",
  path: "/backups/schedules",
  operationId: "setSchedules",
  tags: ["schedules"],
  summary: "Change the schedules",
  description: "What is absent stays as it is; what GET answered can be sent back.",
  request: { body: { content: { "application/json": { schema: ChangeSchedules } } } },
  responses: {
    200: json(Schedules, "As they are now."),
    ...problems(
      "invalid_json",
      "payload_too_large",
      "invalid_request",
      "invalid_argument",
      "invalid_tables",
      "project_unconfirmed",
      "rate_limited",
    ),
  },
});

export function setSchedules(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const schedules = context.req.valid("json");
    const answer = await requestChange(
      services,
      context.var,
      { action: "schedule" },
      () => services.database.call("set_schedules", { schedules }, context.var.caller),
    );
    return context.json(answer, 200);
  });
}
