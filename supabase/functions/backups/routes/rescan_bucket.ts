import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { JobReport } from "../../_shared/job_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { requestWork } from "../request_work.ts";

const route = createRoute({
  method: "post",
  path: "/backups/rescan",
  operationId: "rescanBucket",
  tags: ["jobs"],
  summary: "Rebuild the catalogue from the bucket",
  description:
    "Queues it and answers at once. Archives that the catalogue does not know are listed again, with kind " +
    "`imported`; `result` of the job says which, and in what else bucket and catalogue differ.",
  responses: {
    202: json(z.object({ job: JobReport }), "Queued."),
    ...problems("project_unconfirmed", "rate_limited"),
  },
});

export function rescanBucket(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const job = await requestWork(
      services,
      context.var,
      { action: "rescan" },
      () => services.database.call("request_rescan", {}, context.var.caller),
    );
    return context.json({ job }, 202);
  });
}
