/**
 * Every error a caller can meet, by its stable code: the one place that maps
 * our SQLSTATEs (class BK) to HTTP. What a person should do about each is in
 * docs/error-codes.md; a test proves that migrations, this table and that page
 * name the same codes.
 */
export interface ErrorDefinition {
  /** HTTP status of the answer. */
  status: number;
  /** The same short sentence for every occurrence (RFC 9457 `title`). */
  title: string;
  /** Raised by our SQL under this SQLSTATE. Absent: raised by TypeScript only. */
  sqlstate?: string;
}

export const errorCodes = {
  // Raised in SQL.
  forbidden: {
    status: 403,
    sqlstate: "BK403",
    title: "Not allowed",
  },
  backup_not_found: {
    status: 404,
    sqlstate: "BK404",
    title: "No such backup",
  },
  backup_in_progress: {
    status: 409,
    sqlstate: "BK409",
    title: "Another backup is in progress",
  },
  not_completed: {
    status: 409,
    sqlstate: "BK410",
    title: "The backup is not completed",
  },
  backup_in_use: {
    status: 409,
    sqlstate: "BK411",
    title: "The backup is in use",
  },
  lease_lost: {
    status: 409,
    sqlstate: "BK412",
    title: "The job belongs to another worker",
  },
  invalid_tables: {
    status: 422,
    sqlstate: "BK420",
    title: "Some tables cannot be chosen",
  },
  override_reason_required: {
    status: 422,
    sqlstate: "BK421",
    title: "An override needs a reason",
  },
  invalid_argument: {
    status: 422,
    sqlstate: "BK422",
    title: "A value is not acceptable",
  },
  invalid_rule: {
    status: 422,
    sqlstate: "BK423",
    title: "A validation rule is not acceptable",
  },
  rate_limited: {
    status: 429,
    sqlstate: "BK429",
    title: "Too many requests",
  },
  link_invalid: {
    status: 410,
    sqlstate: "BK430",
    title: "The download link is not valid any more",
  },
  restore_not_found: {
    status: 404,
    sqlstate: "BK440",
    title: "No such restore",
  },
  restore_not_ready: {
    status: 409,
    sqlstate: "BK441",
    title: "The restore is in another state",
  },
  preview_stale: {
    status: 409,
    sqlstate: "BK442",
    title: "The data is not what was previewed",
  },
  restore_blocked: {
    status: 409,
    sqlstate: "BK443",
    title: "The restore is not possible",
  },
  privilege_changes_not_accepted: {
    status: 409,
    sqlstate: "BK444",
    title: "The restore would change who is an administrator",
  },
  cascade_not_accepted: {
    status: 409,
    sqlstate: "BK445",
    title: "Rows outside the restore would lose their parent",
  },
  foreign_source_not_accepted: {
    status: 409,
    sqlstate: "BK446",
    title: "The backup is of another project",
  },
  orphans_not_accepted: {
    status: 409,
    sqlstate: "BK447",
    title: "Rows of the backup have no parent any more",
  },
  rows_not_in_backup: {
    status: 422,
    sqlstate: "BK448",
    title: "The backup does not have these rows",
  },
  invalid_rows: {
    status: 422,
    sqlstate: "BK449",
    title: "Some rows cannot be chosen",
  },
  table_changed: {
    status: 500,
    sqlstate: "BK450",
    title: "A table changed while it was backed up",
  },
  staging_incomplete: {
    status: 500,
    sqlstate: "BK451",
    title: "Not every row was staged",
  },
  archive_incomplete: {
    status: 500,
    sqlstate: "BK452",
    title: "The archive is not whole",
  },
  constraint_violated: {
    status: 409,
    sqlstate: "BK453",
    title: "The result would violate a constraint",
  },
  undo_conflict: {
    status: 409,
    sqlstate: "BK454",
    title: "Rows were changed since the restore",
  },
  undo_not_possible: {
    status: 409,
    sqlstate: "BK455",
    title: "The restore cannot be undone",
  },
  not_cancellable: {
    status: 409,
    sqlstate: "BK456",
    title: "There is nothing to cancel",
  },
  job_not_found: {
    status: 404,
    sqlstate: "BK457",
    title: "No such job",
  },
  reads_back_differently: {
    status: 500,
    sqlstate: "BK458",
    title: "Restored rows are not what was backed up",
  },
  audit_is_append_only: {
    status: 500,
    sqlstate: "BK460",
    title: "The audit log cannot be changed",
  },
  project_unconfirmed: {
    status: 409,
    sqlstate: "BK461",
    title: "This is a copy of another project's database",
  },
  rule_exists: {
    status: 409,
    sqlstate: "BK462",
    title: "There is a rule of this id",
  },
  rule_not_found: {
    status: 404,
    sqlstate: "BK463",
    title: "No such rule",
  },

  // Raised in TypeScript: the request.
  unauthenticated: { status: 401, title: "A valid credential is required" },
  invalid_json: { status: 400, title: "The body is not JSON" },
  payload_too_large: { status: 413, title: "The body is too large" },
  invalid_request: { status: 422, title: "The request is not valid" },
  invalid_id: { status: 422, title: "The id is not a UUID" },
  not_found: { status: 404, title: "No such address" },
  method_not_allowed: { status: 405, title: "Method not allowed" },

  // Raised in TypeScript: keys and storage.
  identity_missing: { status: 409, title: "No decryption key is configured" },
  identity_invalid: { status: 500, title: "A decryption key is malformed" },
  identity_mismatch: {
    status: 409,
    title: "No configured key can decrypt this backup",
  },
  recipients_missing: { status: 500, title: "No encryption key is configured" },
  recipients_invalid: { status: 500, title: "An encryption key is malformed" },
  storage_unavailable: { status: 502, title: "The storage does not answer" },
  storage_refused: { status: 502, title: "The storage refused the request" },
  part_missing: { status: 500, title: "A part of the archive is missing" },
  part_corrupt: { status: 500, title: "A part of the archive is damaged" },

  // Only stored with a backup, job or notification.
  cancelled: { status: 409, title: "Somebody cancelled it" },
  worker_lost: { status: 500, title: "The worker went silent" },
  delivery_failed: { status: 502, title: "A notification could not be delivered" },
  webhook_refused: { status: 409, title: "The address of the webhook is not allowed" },

  // Only stored with a restore that failed.
  safety_backup_failed: { status: 500, title: "The backup before the restore failed" },
  restore_lock_timeout: { status: 503, title: "A table of the restore is locked" },

  // Raised in TypeScript: the rest of the house.
  auth_unavailable: { status: 503, title: "Sign-ins cannot be checked" },
  database_unavailable: {
    status: 503,
    title: "The database does not answer",
  },
  lock_timeout: { status: 503, title: "A table is locked" },
  database_busy: { status: 503, title: "The database is busy" },
  internal: { status: 500, title: "Something went wrong" },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof errorCodes;

/** The code that stands for one of our SQLSTATEs, if it is one of ours. */
export function codeOfSqlState(sqlstate: string): ErrorCode | undefined {
  return bySqlState.get(sqlstate);
}

const bySqlState: ReadonlyMap<string, ErrorCode> = new Map(
  Object.entries(errorCodes).flatMap(([code, definition]) =>
    "sqlstate" in definition ? [[definition.sqlstate, code as ErrorCode] as const] : []
  ),
);
