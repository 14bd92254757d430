import { z } from "@hono/zod-openapi";
import { BackupError, count, moment, tableName } from "./schemas.ts";

/** What SQL answers about restores; it describes, as schemas.ts does. */

/** A row, or its key: every value as the text that the database writes. */
const Row = z.record(z.string(), z.string().nullable()).openapi({ example: { id: "7", first_name: "Ada" } });

export const RestoreMode = z.enum(["replace", "merge", "undelete", "undo"]).openapi("RestoreMode");

export const RestoreStatus = z.enum([
  "queued",
  "staging",
  "previewed",
  "applying",
  "completed",
  "failed",
  "discarded",
  "expired",
]).openapi("RestoreStatus");

const RestorePhase = z.enum(["staging", "comparing", "safety_backup", "applying", "reviewing"]);

const RestoreProgress = z.object({
  phase: RestorePhase,
  percent: z.number(),
  parts_done: count,
  parts_total: count,
  rows: count,
  raw_bytes: count,
  table: tableName.nullable(),
}).partial().openapi("RestoreProgress");

const RowChange = z.object({
  change: z.enum(["insert", "update", "delete"]),
  key: Row.nullable(),
  label: z.string().nullable().openapi({ description: "What a person calls the record." }),
  before: Row.nullable(),
  after: Row.nullable(),
  columns: z.array(z.string()).openapi({ description: "Those that differ." }),
  is_orphan: z.boolean().openapi({ description: "Its parent is not there: `skip_orphans` leaves it out." }),
}).openapi("RowChange");

const Drift = z.object({
  kind: z.string().openapi({ example: "column_gone" }),
  column: z.string().nullable(),
  message: z.string(),
  is_blocking: z.boolean(),
  sample: z.array(z.unknown()).optional().openapi({ description: "The first rows that are in the way." }),
}).openapi("Drift");

const TablePreview = z.object({
  table: tableName,
  role: z.enum(["chosen", "related", "cascaded"]).openapi({
    description: "related: for chosen rows. cascaded: not chosen, but rows of it lose their parent.",
  }),
  is_blocked: z.boolean().openapi({ description: "Cannot be compared; its drift says why." }),
  is_fetched: z.boolean(),
  is_unchanged: z.boolean().openapi({ description: "Proven without reading the backup." }),
  backup_rows: count.nullable(),
  live_rows: count.nullable(),
  key: z.array(z.string()).nullable().openapi({ description: "Null: rows are compared as a multiset." }),
  insert: count,
  update: count,
  delete: count,
  unchanged: count,
  kept: count.openapi({ description: "Differs or is extra, and this mode leaves it as it is." }),
  columns: z.array(z.object({ column: z.string(), rows: count })).openapi({
    description: "Of updates: in how many rows each column changes.",
  }),
  sample: z.array(RowChange).openapi({ description: "At most 50." }),
  drift: z.array(Drift),
}).openapi("TablePreview");

const Reference = { table: tableName, constraint: z.string(), references: tableName, rows: count };
const rowSample = z.array(Row).optional();

const Cascade = z.object({
  ...Reference,
  action: z.enum(["delete", "set null", "none"]),
  sample: rowSample,
}).openapi("Cascade", { description: "Rows of a table that was not chosen would lose their parent." });

const Orphans = z.object({ ...Reference, sample: rowSample })
  .openapi("Orphans", { description: "Rows to write whose parent is not there afterwards." });

const Violation = z.object({
  table: tableName,
  constraint: z.string(),
  kind: z.string().openapi({ example: "foreign_key" }),
  is_blocking: z.boolean(),
  rows: count,
  sample: rowSample,
  message: z.string(),
}).openapi("Violation");

const Privilege = z.object({ profile_id: z.string(), role: z.string() });

const SequenceMove = z.object({
  sequence: z.string(),
  table: tableName.nullable(),
  column: z.string().nullable(),
  from: z.number().nullable(),
  to: z.number(),
}).openapi("SequenceMove");

export const Consent = z.enum([
  "accept_privilege_changes",
  "accept_cascade",
  "accept_foreign_source",
  "skip_orphans",
]).openapi("Consent");

export const Preview = z.object({
  totals: z.object({ insert: count, update: count, delete: count, unchanged: count, kept: count }),
  tables: z.array(TablePreview),
  cascades: z.array(Cascade),
  orphans: z.array(Orphans),
  violations: z.array(Violation),
  privileges: z.object({ added: z.array(Privilege), removed: z.array(Privilege) }),
  sequences: z.array(SequenceMove),
  source: z.object({
    is_foreign: z.boolean(),
    system_identifier: z.string().nullable(),
    database: z.string().nullable(),
    taken_at: moment.nullable().openapi({ description: "As of when the rows of the backup are." }),
  }),
  new_tables: z.array(tableName),
  blocking: z.array(z.object({ code: z.string(), table: tableName, message: z.string() })).openapi({
    description: "Nothing accepts these away.",
  }),
  needs: z.array(Consent).openapi({ description: "What must be accepted for it to be applied." }),
}).openapi("Preview");

export const RestoreRows = z.object({
  rows: z.array(RowChange.extend({
    is_stale: z.boolean().openapi({
      description: "Somebody has written to the live row since the preview: `before` is not shown.",
    }),
  })),
  count: count.nullable().openapi({
    description: "Changes that match, on all pages; null: a search that is not known to the end.",
  }),
  next_cursor: z.string().nullable().openapi({
    description: "A search looks at 100000 changes at a time: there may be a next page behind an empty one.",
  }),
}).openapi("RestoreRows");

export const RestoreResult = z.object({
  tables: z.array(z.object({
    table: tableName,
    inserted: count,
    updated: count,
    deleted: count,
    skipped: count.openapi({ description: "Orphans that were left out." }),
  })),
  totals: z.object({ inserted: count, updated: count, deleted: count, skipped: count }),
  sequences: z.array(SequenceMove),
  duration_ms: z.number().optional().openapi({ description: "From the request to the end." }),
  locked_ms: z.number().openapi({ description: "For how long writers of these tables had to wait." }),
  validation: z.union([
    z.object({
      status: z.string(),
      errors: count,
      warnings: count,
      new_errors: z.array(z.object({
        table: tableName,
        rule: z.string(),
        title: z.string(),
        before: count,
        after: count,
      })),
    }),
    z.object({ error: z.unknown() }),
  ]).nullish().openapi({ description: "The rules, run again on the result; null: nothing was touched." }),
}).openapi("RestoreResult");

export const Restore = z.object({
  id: z.uuid(),
  backup_id: z.uuid().nullable(),
  undo_of: z.uuid().nullable().openapi({ description: "The restore that this one takes back." }),
  undone_by: z.uuid().nullable(),
  safety_backup_id: z.uuid().nullable().openapi({ description: "Of the touched tables, made before." }),
  created_at: moment,
  created_by: z.uuid().nullable(),
  profiles: z.object({ first_name: z.string().nullable(), last_name: z.string().nullable() }).nullable(),
  mode: RestoreMode,
  tables: z.array(tableName).nullable(),
  rows: z.record(tableName, z.array(z.unknown())).nullable(),
  with_children: z.boolean(),
  skip_preview: z.boolean(),
  accept_privilege_changes: z.boolean(),
  accept_cascade: z.boolean(),
  accept_foreign_source: z.boolean(),
  skip_orphans: z.boolean(),
  status: RestoreStatus,
  phase: RestorePhase.nullable(),
  progress: RestoreProgress,
  error: BackupError.nullable(),
  preview: Preview.nullable(),
  result: RestoreResult.nullable(),
  previewed_at: moment.nullable(),
  applied_at: moment.nullable(),
  completed_at: moment.nullable(),
  expires_at: moment.nullable().openapi({ description: "When the preview, and what it staged, goes." }),
  undo_until: moment.nullable(),
  can_undo: z.boolean(),
}).openapi("Restore");

export const RestoreList = z.object({
  restores: z.array(Restore.extend({ preview: Preview.omit({ tables: true }).nullable() })),
  count: count.openapi({ description: "Restores that match, on all pages." }),
  next_cursor: z.string().nullable(),
}).openapi("RestoreList");
