import { z } from "@hono/zod-openapi";

/**
 * The shapes that SQL answers with and the API documents. They describe; the
 * answers of our own SQL are trusted and not parsed again.
 */
export const count = z.int().nonnegative();
export const moment = z.iso.datetime().openapi({ example: "2026-11-22T13:58:00.000Z" });
export const tableName = z.string().openapi({ example: "public.profiles" });

export const Finding = z.object({
  record_id: z.string().nullable().openapi({
    description: "Key of the record; null: the table itself is at fault.",
  }),
  label: z.string().nullable().openapi({ description: "What a person calls the record." }),
  column: z.string().nullable(),
  value: z.string().nullable().openapi({ description: "The value, shortened." }),
  message: z.string(),
}).openapi("Finding");

export const RuleResult = z.object({
  id: z.string(),
  title: z.string(),
  severity: z.enum(["error", "warning"]),
  status: z.enum(["passed", "failed", "not_applicable"]),
  violations: count.openapi({ description: "Exact, however short the sample." }),
  sample: z.array(Finding).openapi({ description: "At most 100 violations." }),
  suggestion: z.string().nullable(),
  reason: z.string().optional().openapi({
    description: "Why it is not applicable, or could not be evaluated (then it has failed).",
  }),
}).openapi("RuleResult");

export const TableReport = z.object({
  table: tableName,
  rows: count,
  invalid_rows: count.openapi({ description: "Rows that break any rule about single rows." }),
  status: z.enum(["passed", "warnings", "failed", "not_applicable"]),
  errors: count,
  warnings: count,
  rules: z.array(RuleResult),
  reason: z.string().optional(),
}).openapi("TableReport");

export const ValidationReport = z.object({
  status: z.enum(["passed", "warnings", "failed"]).openapi({ description: "Only errors fail." }),
  started_at: moment,
  duration_ms: z.number(),
  errors: count.openapi({ description: "Violations of rules of this severity, in all tables." }),
  warnings: count,
  tables: z.array(TableReport),
}).openapi("ValidationReport");

const PreviousRun = z.object({
  run_id: z.uuid(),
  backup_id: z.uuid().nullable(),
  started_at: moment,
  rules: z.array(z.object({
    table: tableName,
    id: z.string(),
    status: z.enum(["passed", "failed"]),
    violations: count,
  })).openapi({ description: "Those that were applicable." }),
}).openapi("PreviousRun");

export const StoredReport = ValidationReport.extend({
  run_id: z.uuid(),
  backup_id: z.uuid().nullable().openapi({ description: "Of which backup it was; null: of none." }),
  previous: PreviousRun.nullable().openapi({
    description: "What the run before this one found in the same tables; null: there was none.",
  }),
}).openapi("StoredReport");

export const BackupStatus = z.enum(["queued", "processing", "completed", "failed", "blocked", "deleting"])
  .openapi("BackupStatus");

export const BackupKind = z.enum(["manual", "daily", "weekly", "safety", "imported"])
  .openapi("BackupKind");

export const Progress = z.object({
  percent: z.number().openapi({ description: "Of the estimated bytes; never goes back." }),
  tables_done: count,
  tables_total: count,
  parts_done: count,
  parts_total: count,
  rows: count,
  raw_bytes: count,
  stored_bytes: count,
  estimated_bytes: count.openapi({ description: "Of all parts, as they lie in the database." }),
  estimated_done: count.openapi({ description: "Of those that are stored." }),
}).partial().openapi("Progress");

export const BackupError = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().nullish(),
  details: z.unknown().optional(),
}).openapi("BackupError");

const Difference = z.object({
  kind: z.string().openapi({ example: "part_corrupt" }),
  message: z.string(),
  part: z.string().nullish(),
  table: tableName.nullish(),
}).loose().openapi("Difference");

export const Verification = z.object({
  status: z.enum(["passed", "failed", "error"]).openapi({
    description: "failed: the archive does not give back what it took. error: it could not be tried.",
  }),
  job_id: z.uuid(),
  started_at: moment,
  duration_ms: z.number(),
  parts: count,
  rows: count,
  raw_bytes: count,
  foreign_keys: count.openapi({ description: "Proven to hold in what was loaded." }),
  tables: z.array(z.object({ table: tableName, rows: count, expected_rows: count })),
  differences: z.array(Difference),
}).openapi("Verification");

export const Backup = z.object({
  id: z.uuid(),
  created_at: moment,
  created_by: z.uuid().nullable(),
  profiles: z.object({ first_name: z.string().nullable(), last_name: z.string().nullable() }).nullable()
    .openapi({ description: "Who made it, as the alumni frontend shows it." }),
  filename: z.string().nullable(),
  file_size: count.nullable().openapi({ description: "Bytes stored in the bucket." }),
  tables: z.array(tableName).nullable(),
  record_counts: z.record(z.string(), count).nullable(),
  status: BackupStatus,
  kind: BackupKind,
  phase: z.string().nullable(),
  progress: Progress,
  started_at: moment.nullable(),
  completed_at: moment.nullable(),
  duration_ms: z.number().nullable(),
  error: BackupError.nullable(),
  notes: z.string().nullable(),
  validation_results: ValidationReport.partial().nullable()
    .openapi({ description: "In a list without its tables." }),
  override_validation: z.boolean(),
  override_reason: z.string().nullable(),
  is_pinned: z.boolean(),
  imported_at: moment.nullable().openapi({ description: "When a rescan found it; null: it was made here." }),
  verified_at: moment.nullable().openapi({
    description: "When it last passed a drill, if no later one failed.",
  }),
  verification: Verification.nullable().openapi({ description: "How its last drill ended." }),
  raw_size: count.nullable().openapi({ description: "Bytes of the rows before compression." }),
  clear_size: count.nullable().openapi({ description: "Bytes of a download." }),
  row_count: count.nullable(),
  part_count: count.nullable(),
  format: z.int().nullable(),
  manifest_sha256: z.string().nullable(),
  snapshot: z.unknown(),
}).openapi("Backup");

export const BackupDetails = Backup.extend({
  table_details: z.array(z.object({
    table: tableName,
    rows: count,
    raw_bytes: count,
    stored_bytes: count,
    columns: z.array(z.record(z.string(), z.unknown())),
    key: z.array(z.string()).nullable(),
    references: z.array(tableName).openapi({ description: "Where its foreign keys led; itself never." }),
    referenced_by: z.array(tableName).openapi({
      description: "Tables of the backup whose foreign keys led here.",
    }),
    parts: count,
  })),
}).openapi("BackupDetails");

export const BackupList = z.object({
  backups: z.array(Backup),
  count: count.openapi({ description: "Backups that match, on all pages." }),
  next_cursor: z.string().nullable(),
}).openapi("BackupList");

/** Filled by SQL; the signed URLs come from the storage. */
export const Parts = z.object({
  manifest: z.unknown(),
  parts: z.array(z.object({
    name: z.string(),
    path: z.string(),
    table: tableName.nullable(),
    rows: count,
    bytes: count.openapi({ description: "Bytes as stored." }),
    sha256: z.string().openapi({ description: "Of the bytes as stored." }),
  })),
});

/** What a download needs: the parts in order, and the size of the result. */
export const Download = z.object({
  backup_id: z.uuid(),
  filename: z.string(),
  size: count,
  parts: z.array(z.object({
    name: z.string(),
    path: z.string(),
    stored_bytes: count,
    stored_sha256: z.string(),
  })),
});

export const DownloadLink = z.object({ token: z.string(), expires_at: moment });

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().openapi({ description: "Stable; see docs/error-codes.md." }),
  error: z.string().openapi({ description: "The same text as detail." }),
  hint: z.string().optional(),
  request_id: z.string(),
}).loose().openapi("Problem");
