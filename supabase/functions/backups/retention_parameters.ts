import { z } from "@hono/zod-openapi";
import { platform } from "../_shared/fields.ts";

/** What requests about retention may say; strict, as parameters.ts is. Whether a number makes sense is for SQL to say. */

export const ChangeRetention = z.strictObject({
  keep_last: z.int().optional().openapi({ description: "The newest so many." }),
  keep_daily: z.int().optional().openapi({
    description: "Of so many days one each: `keep` of the daily schedule.",
  }),
  keep_weekly: z.int().optional().openapi({
    description: "Of so many weeks one each: `keep` of the weekly schedule.",
  }),
  keep_monthly: z.int().optional().openapi({ description: "Of so many months one each; 0 for none." }),
  max_age_days: z.int().nullish().openapi({ description: "Older ones go; null: never for their age." }),
  max_total_bytes: z.int().nullish().openapi({ description: "Beyond, the oldest go; null: however large." }),
}).openapi("ChangeRetention", { description: "What is absent stays as it is." });

const number = z.coerce.number().int().optional();
const limit = z.union([z.literal("none").transform(() => null), z.coerce.number().int()]).optional()
  .openapi({ type: "string", description: "A number, or `none`.", example: "none" });

export const PreviewRetention = z.strictObject({
  keep_last: number,
  keep_daily: number,
  keep_weekly: number,
  keep_monthly: number,
  max_age_days: limit,
  max_total_bytes: limit,
  ...platform(),
});
