import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { requestChange } from "../../_shared/request_change.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Retention } from "../../_shared/retention_schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { ChangeRetention } from "../retention_parameters.ts";

const route = createRoute({
  method: "put",
  path: "/backups/retention",
  operationId: "setRetention",
  tags: ["schedules"],
  summary: "Change which backups are kept",
  description: "Ask first what would go: `GET /backups/retention/preview`.",
  request: { body: { content: { "application/json": { schema: ChangeRetention } } } },
  responses: {
    200: json(z.object({ retention: Retention }), "As they are now."),
    ...problems(
      "invalid_json",
      "payload_too_large",
      "invalid_request",
      "invalid_argument",
      "project_unconfirmed",
      "rate_limited",
    ),
  },
});

export function setRetention(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const rules = context.req.valid("json");
    const retention = await requestChange(
      services,
      context.var,
      { action: "schedule", target: "retention" },
      () => services.database.call("set_retention", { rules }, context.var.caller),
    );
    return context.json({ retention }, 200);
  });
}
