import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "./app.ts";
import { json, problems } from "./responses.ts";
import { addRuleRoute, changeRuleRoute, deleteRuleRoute, listRulesRoute } from "./rule_routes.ts";
import { lastValidationRoute, validateRoute } from "./validate_route.ts";

/**
 * The OpenAPI document of the whole API: the routes of the function that serves
 * it, and descriptions of those that other functions serve.
 */
export function describeApi(app: App) {
  const registry = app.openAPIRegistry;
  const known = new Set(
    registry.definitions.map((definition) => definition.type === "route" ? definition.route.path : ""),
  );
  for (const route of elsewhere) {
    if (!known.has(route.path)) registry.registerPath(route);
  }
  registry.registerComponent("securitySchemes", "person", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The session of a signed-in administrator.",
  });
  registry.registerComponent("securitySchemes", "secretKey", {
    type: "apiKey",
    in: "header",
    name: "apikey",
    description: "A secret API key of the project (cron, operators).",
  });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Alumni backup",
      version: "0.1.0",
      description:
        "Backups of an alumni system on Supabase. Times are ISO 8601 in UTC, sizes are bytes, tables are " +
        "named schema.table. Every error is application/problem+json with a stable `code`.",
    },
    servers: [{ url: "/functions/v1" }],
    security: [{ person: [] }, { secretKey: [] }],
    tags: [
      { name: "backups", description: "Make, list, read, delete and download backups." },
      { name: "restores", description: "See what a restore would change, apply it, take it back." },
      { name: "schedules", description: "When backups are made, and which are kept." },
      { name: "jobs", description: "What the worker does and did." },
      { name: "notifications", description: "What administrators should hear of." },
      { name: "audit", description: "Who did what." },
      { name: "monitoring", description: "How it goes, for programs that watch." },
      { name: "validate", description: "The rules, and running them on the live data." },
      { name: "worker", description: "For cron, not for people." },
    ],
  });
}

const workerRoute = createRoute({
  method: "post",
  path: "/backup-worker",
  operationId: "wakeWorker",
  tags: ["worker"],
  summary: "Wake the worker",
  description: "It takes the jobs that wait. Answers at once, and works on after that.",
  security: [{ secretKey: [] }],
  responses: { 202: json(z.object({}).loose(), "Awake."), ...problems() },
});

const elsewhere = [
  validateRoute,
  lastValidationRoute,
  listRulesRoute,
  addRuleRoute,
  changeRuleRoute,
  deleteRuleRoute,
  workerRoute,
];
