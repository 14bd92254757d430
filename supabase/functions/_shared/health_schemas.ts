import { z } from "@hono/zod-openapi";
import { Frequency, Schedule } from "./schedule_schemas.ts";
import { count, moment } from "./schemas.ts";

/** What SQL answers about how it all goes; it describes, as schemas.ts does. */

export const HealthStatus = z.enum(["ok", "failing"]).openapi("HealthStatus");

export const HealthCheck = z.object({
  name: z.string().openapi({
    description: "recent_backup, recent_drill, queue, sweep, schedules, project, deliveries, bucket, keys.",
    example: "recent_backup",
  }),
  status: HealthStatus,
  message: z.string(),
}).openapi("HealthCheck");

export const Health = z.object({
  status: HealthStatus.openapi({ description: "failing when any check is." }),
  checks: z.array(HealthCheck),
  last_backup: z.object({ id: z.uuid(), completed_at: moment, age_seconds: count }).nullable()
    .openapi({ description: "The last good one." }),
  last_drill: z.object({ backup_id: z.uuid(), verified_at: moment, age_seconds: count }).nullable()
    .openapi({ description: "The last that passed." }),
  queue: z.object({
    waiting: count,
    running: count,
    oldest_waiting_seconds: count.openapi({ description: "Of jobs that might run; 0: none waits." }),
    lost: count.openapi({ description: "Running jobs whose worker has gone silent." }),
  }),
  schedules: z.array(z.object({
    frequency: Frequency,
    is_enabled: z.boolean(),
    next_run_at: Schedule.shape.next_run_at,
    last_status: Schedule.shape.last_status,
  })),
});

/** What the function knows and SQL cannot: never more of a key than that it is there. */
export const HealthReport = Health.extend({
  keys: z.object({
    recipients: z.boolean().openapi({ description: "Backups can be encrypted." }),
    identity: z.boolean().openapi({ description: "Backups can be read: drills, restores, clear downloads." }),
  }),
}).openapi("HealthReport");

/** One metric as Prometheus knows them; a value that does not exist yet is null. */
export interface Metric {
  name: string;
  type: "gauge" | "counter";
  help: string;
  samples: { labels: Record<string, string>; value: number | null }[];
}
