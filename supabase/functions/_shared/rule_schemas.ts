import { z } from "@hono/zod-openapi";
import { moment, tableName } from "./schemas.ts";

/** What SQL answers about rules; it describes, as schemas.ts does. */

export const RuleKind = z.enum([
  "required",
  "email",
  "date_order",
  "positive",
  "in_future",
  "matches",
  "max_length",
  "one_of",
  "expression",
  "references",
  "unique",
  "foreign_keys",
  "sequences",
  "table_key",
]).openapi("RuleKind");

export const Severity = z.enum(["error", "warning"]).openapi("Severity");

export const Rule = z.object({
  id: z.string().openapi({ example: "profiles_email_format" }),
  table_name: z.string().openapi({
    description: "`*`: a check of the structure of every table.",
    example: "public.profiles",
  }),
  columns: z.array(z.string()),
  kind: RuleKind,
  parameters: z.record(z.string(), z.unknown()).openapi({
    description: "Those of its kind; see docs/rules.md.",
  }),
  severity: Severity.openapi({ description: "error blocks a backup, warning is only reported." }),
  title: z.string(),
  message: z.string().openapi({ description: "{table}, {column} and {value} are filled in." }),
  suggestion: z.string().nullable(),
  is_enabled: z.boolean(),
  origin: z.enum(["built_in", "custom"]),
  is_adjusted: z.boolean().openapi({ description: "A built-in rule that somebody has changed." }),
  updated_at: moment,
  applies_to: z.array(tableName).openapi({ description: "The tables that it finds now, enabled or not." }),
  reason: z.string().nullable().openapi({ description: "Why there are none." }),
}).openapi("Rule");

export const RuleList = z.object({ rules: z.array(Rule) }).openapi("RuleList");
