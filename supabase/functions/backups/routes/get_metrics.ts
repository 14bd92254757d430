import { createRoute, z } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { AppError } from "../../_shared/errors.ts";
import { problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { prometheusContentType, toPrometheus } from "../prometheus.ts";

const route = createRoute({
  method: "get",
  path: "/backups/metrics",
  operationId: "getMetrics",
  tags: ["monitoring"],
  summary: "Metrics for Prometheus",
  description: "Nothing in them is about a person or a row.",
  security: [{ secretKey: [] }],
  responses: {
    200: {
      description: "In the text exposition format.",
      content: { [prometheusContentType]: { schema: z.string() } },
    },
    ...problems(),
  },
});

export function getMetrics(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const action = { action: "read", target: "metrics" } as const;
    await admit(database, caller, action);
    if (caller.claims.role !== "service_role") {
      await database.call("audit", { ...action, outcome: "denied" }, caller);
      throw new AppError("forbidden", "Metrics are read with a secret key only.", {
        hint: "GET /backups/health says how it goes, and the list of backups has the numbers.",
      });
    }
    const metrics = await database.call("metrics", {}, caller);
    return context.text(toPrometheus(metrics), 200, {
      "content-type": prometheusContentType,
      "cache-control": "no-store",
    });
  });
}
