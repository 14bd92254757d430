import { z } from "@hono/zod-openapi";
import { flag, text } from "../_shared/fields.ts";

/**
 * What requests about schedules may say; strict, as parameters.ts is. Types and lengths only: whether 25:00 is a time
 * and Mars/Olympus a time zone is for SQL to say. What is absent stays as it is.
 */

/** So that what GET answered can be changed and sent back whole. */
const ignored = z.unknown().optional().transform(() => undefined).openapi({ readOnly: true });

const ChangeSchedule = z.strictObject({
  name: text(200).optional().openapi({ description: "The two have names of their own." }),
  is_enabled: flag("Whether it runs."),
  time: text(20).optional().openapi({ description: "Time of day in the time zone.", example: "03:00" }),
  weekday: z.int().nullish().openapi({ description: "1 (Monday) to 7; of the weekly schedule only." }),
  time_zone: text(100).optional().openapi({ example: "Europe/Berlin" }),
  tables: z.array(text(200).min(1)).min(1).max(1000).nullish().openapi({
    description: "Null: all of schema public. A bare name means public.",
  }),
  keep: z.int().optional().openapi({ description: "Of how many days or weeks one backup each is kept." }),
  override_validation: flag("Back up although validation finds errors."),
  override_reason: text(4000).nullish().openapi({ description: "Why; required with an override." }),
  next_run_at: ignored,
  last_run_at: ignored,
  last_status: ignored,
  last_backup_id: ignored,
  last_error: ignored,
}).openapi("ChangeSchedule");

export const ChangeSchedules = z.strictObject({
  daily: ChangeSchedule.optional(),
  weekly: ChangeSchedule.optional(),
}).openapi("ChangeSchedules");
