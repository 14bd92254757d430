import { z } from "@hono/zod-openapi";
import { BackupError, count, moment } from "./schemas.ts";

/** What SQL answers about jobs; it describes, as schemas.ts does. */

export const JobKind = z.enum(["backup", "purge", "stage", "apply", "verify", "rescan", "deliver"])
  .openapi("JobKind");

export const JobStatus = z.enum(["queued", "running", "succeeded", "failed", "cancelled"])
  .openapi("JobStatus");

const JobAttempt = z.object({
  attempt: count,
  started_at: moment,
  ended_at: moment.nullable(),
  error: BackupError.nullable().openapi({ description: "Why it failed." }),
}).openapi("JobAttempt");

/** A job as anybody may see it; what a worker gets is in answers.ts. */
export const JobReport = z.object({
  id: z.uuid(),
  kind: JobKind,
  status: JobStatus,
  backup_id: z.uuid().nullable(),
  restore_id: z.uuid().nullable(),
  attempt_count: count,
  max_attempts: count,
  run_after: moment.openapi({ description: "Not to be taken before." }),
  created_at: moment,
  finished_at: moment.nullable(),
  progress: z.record(z.string(), z.unknown()),
  result: z.unknown().openapi({ description: "What came of it; its shape goes with the kind." }),
  error: BackupError.nullable().openapi({ description: "Why the last attempt failed." }),
  attempts: z.array(JobAttempt),
}).openapi("Job");

export const JobList = z.object({
  jobs: z.array(JobReport),
  next_cursor: z.string().nullable(),
}).openapi("JobList");
