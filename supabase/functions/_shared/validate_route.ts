import { createRoute, z } from "@hono/zod-openapi";
import { platform } from "./fields.ts";
import { json, problems } from "./responses.ts";
import { StoredReport } from "./schemas.ts";

/** One name or several with commas, once or repeated: `?tables=profiles,events`. */
const Tables = z.union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((list) => list.split(",")).map((name) => name.trim()))
  .refine((names) => names.every((name) => name !== "" && name.length <= 200 && !name.includes("\0")), {
    message: "must be table names separated by commas",
  })
  .openapi({
    type: "string",
    description: "Tables to check, separated by commas; by default all that a backup would hold.",
    example: "profiles,events",
  });

const CompatTable = z.object({
  totalRecords: z.int(),
  validRecords: z.int(),
  invalidRecords: z.int(),
  errors: z.array(z.object({ id: z.string(), name: z.string(), errors: z.array(z.string()) })),
});

/** Described here, because the document that the function backups serves names it too. */
export const validateRoute = createRoute({
  method: "get",
  path: "/validate",
  operationId: "validate",
  tags: ["validate"],
  summary: "Run the validation rules now",
  description: "No backup is made. Every violation is counted; at most 100 per rule are shown.",
  request: {
    query: z.strictObject({
      tables: Tables.optional(),
      format: z.enum(["json", "csv"]).default("json"),
      ...platform(),
    }),
  },
  responses: {
    200: {
      description: "The report.",
      content: {
        ...json(
          StoredReport.extend({
            validationResults: z.record(z.string(), CompatTable).openapi({
              description: "The same by table and record, as the alumni frontend reads it.",
            }),
          }),
          "",
        ).content,
        "text/csv": {
          schema: z.string().openapi({
            description: "One line per shown violation (RFC 4180); no cell is a formula for a spreadsheet.",
          }),
        },
      },
    },
    ...problems("invalid_request", "invalid_tables", "rate_limited"),
  },
});

export const lastValidationRoute = createRoute({
  method: "get",
  path: "/validate/last",
  operationId: "lastValidation",
  tags: ["validate"],
  summary: "The newest report, without running anything",
  description: "Of a backup, or of a run on its own; one over all tables goes before a later one over some.",
  request: { query: z.strictObject(platform()) },
  responses: {
    200: json(
      z.object({ report: StoredReport.nullable().openapi({ description: "Null: nothing was ever run." }) }),
      "The report.",
    ),
    ...problems("invalid_request", "invalid_tables"),
  },
});
