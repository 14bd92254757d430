import { z } from "@hono/zod-openapi";
import { BackupKind, count, moment } from "./schemas.ts";

/** What SQL answers about retention; it describes, as schemas.ts does. */

export const Retention = z.object({
  keep_last: count.openapi({ description: "The newest so many are kept." }),
  keep_daily: count.openapi({ description: "Of so many days one each: `keep` of the daily schedule." }),
  keep_weekly: count.openapi({ description: "Of so many weeks one each: `keep` of the weekly schedule." }),
  keep_monthly: count.openapi({ description: "Of so many months one each." }),
  max_age_days: count.nullable().openapi({ description: "Older ones go, although a rule above keeps them." }),
  max_total_bytes: count.nullable().openapi({
    description: "Beyond, the oldest go, although a rule above keeps them.",
  }),
}).openapi("Retention");

const Concerned = z.object({
  id: z.uuid(),
  created_at: moment,
  kind: BackupKind,
  file_size: count.nullable(),
});

export const RetentionPreview = z.object({
  rules: Retention,
  keep: z.array(Concerned.extend({ reasons: z.array(z.string()).openapi({ example: ["last", "daily"] }) })),
  remove: z.array(Concerned.extend({ reason: z.string().openapi({ example: "kept by no rule" }) })),
  totals: z.object({ kept: count, kept_bytes: count, removed: count, removed_bytes: count }),
}).openapi("RetentionPreview");
