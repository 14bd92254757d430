import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { HealthReport } from "../../_shared/health_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { checkKeys } from "../keys.ts";

const errors = problems();
const report = json(HealthReport, "All is well.");

const route = createRoute({
  method: "get",
  path: "/backups/health",
  operationId: "getHealth",
  tags: ["monitoring"],
  summary: "Is all well?",
  description:
    "For an uptime monitor: the status says it, GET also says what is not. Each alarm is in docs/operations.md.",
  responses: {
    200: report,
    ...errors,
    503: {
      description: `Some check is failing: the same report. Or ${errors["503"].description}`,
      content: { ...report.content, ...errors["503"].content },
    },
  },
});

export function getHealth(app: App, { database, env }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    await admit(database, caller, { action: "read" });
    const health = await database.call("health", {}, caller);
    const { check, keys } = await checkKeys(env);

    const status = check.status === "ok" ? health.status : check.status;
    // An answer from yesterday must not say that all is well today.
    context.header("cache-control", "no-store");
    return context.json(
      { ...health, status, checks: [...health.checks, check], keys },
      status === "ok" ? 200 : 503,
    );
  });
}
