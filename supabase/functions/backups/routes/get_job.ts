import { createRoute, z } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { JobReport } from "../../_shared/job_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { JobId } from "../job_parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups/jobs/{id}",
  operationId: "getJob",
  tags: ["jobs"],
  summary: "One job, with its attempts and its result",
  request: { params: JobId },
  responses: {
    200: json(z.object({ job: JobReport }), "The job."),
    ...problems("job_not_found", "invalid_id"),
  },
});

export function getJob(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { id } = context.req.valid("param");
    await admit(database, caller, { action: "read", target: id });
    const job = await database.call("get_job", { job_id: id }, caller);
    return context.json({ job }, 200);
  });
}
