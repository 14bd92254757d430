import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { JobList } from "../../_shared/job_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { ListJobs } from "../job_parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups/jobs",
  operationId: "listJobs",
  tags: ["jobs"],
  summary: "List jobs of the worker, newest first",
  request: { query: ListJobs },
  responses: { 200: json(JobList, "One page."), ...problems("invalid_request", "invalid_argument") },
});

export function listJobs(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { status, kind, limit, cursor } = context.req.valid("query");
    await admit(database, caller, { action: "list" });
    const list = await database.call("list_jobs", { status, kind, page_limit: limit, cursor }, caller);
    return context.json(list, 200);
  });
}
