import { z } from "@hono/zod-openapi";
import { BackupError, moment, tableName } from "./schemas.ts";

/** What SQL answers about schedules; it describes, as schemas.ts does. */

export const Frequency = z.enum(["daily", "weekly"]).openapi("Frequency");

export const Schedule = z.object({
  name: z.string().openapi({ description: "What people call it; the note of its backups." }),
  is_enabled: z.boolean(),
  time: z.string().openapi({ description: "Time of day in its time zone.", example: "03:00" }),
  weekday: z.int().nullable().openapi({ description: "1 (Monday) to 7; null: daily." }),
  time_zone: z.string().openapi({ example: "Europe/Berlin" }),
  tables: z.array(tableName).nullable().openapi({ description: "Null: all of schema public." }),
  keep: z.int().openapi({
    description: "Of how many days (daily) or weeks (weekly) one backup each is kept.",
  }),
  override_validation: z.boolean().openapi({
    description: "Back up although validation finds errors, instead of ending as blocked.",
  }),
  override_reason: z.string().nullable(),
  next_run_at: moment.nullable().openapi({ description: "Null: it is not enabled." }),
  last_run_at: moment.nullable(),
  last_status: z.enum(["queued", "completed", "blocked", "failed"]).nullable(),
  last_backup_id: z.uuid().nullable(),
  last_error: BackupError.nullable(),
}).openapi("Schedule");

export const Schedules = z.object({ daily: Schedule, weekly: Schedule }).openapi("Schedules");
