import { z } from "@hono/zod-openapi";
import { JobKind, JobStatus } from "../_shared/job_schemas.ts";
import { platform } from "../_shared/fields.ts";
import { cursorPaging } from "./parameters.ts";

/** What requests about jobs may say; strict, as parameters.ts is. */

export const JobId = z.object({
  id: z.guid("is not a UUID").openapi({ format: "uuid", param: { name: "id", in: "path" } }),
});

export const ListJobs = z.strictObject({
  status: JobStatus.optional(),
  kind: JobKind.optional(),
  ...cursorPaging(),
  ...platform(),
});
