import type { z } from "@hono/zod-openapi";
import type { AuditList } from "./audit_schemas.ts";
import type { Health, Metric } from "./health_schemas.ts";
import type { JobList, JobReport } from "./job_schemas.ts";
import type { Me } from "./me_schemas.ts";
import type { NewNotification, NotificationList, UnreadCount } from "./notification_schemas.ts";
import type { Restore, RestoreList, RestoreRows } from "./restore_schemas.ts";
import type { Retention, RetentionPreview } from "./retention_schemas.ts";
import type { Rule, RuleList } from "./rule_schemas.ts";
import type { Schedules } from "./schedule_schemas.ts";
import type {
  Backup,
  BackupDetails,
  BackupList,
  Download,
  DownloadLink,
  Parts,
  StoredReport,
} from "./schemas.ts";
import type { LiveTables } from "./table_schemas.ts";

/** The shapes of the jsonb answers of schema `backup`, by function: jsonb itself has no type. */
export interface Answers {
  admit: Admission;
  request_backup: z.infer<typeof Backup>;
  list_backups: z.infer<typeof BackupList>;
  get_backup: z.infer<typeof BackupDetails>;
  request_deletion: z.infer<typeof Backup>;
  get_parts: z.infer<typeof Parts>;
  open_download: z.infer<typeof Download>;
  use_download_link: z.infer<typeof Download>;
  issue_download_link: z.infer<typeof DownloadLink>;
  run_validation: z.infer<typeof StoredReport>;
  last_validation: { report: z.infer<typeof StoredReport> | null };
  list_rules: z.infer<typeof RuleList>;
  add_rule: z.infer<typeof Rule>;
  change_rule: z.infer<typeof Rule>;
  list_tables: z.infer<typeof LiveTables>;
  whoami: z.infer<typeof Me>;
  newest_archive: ArchiveSample | null;
  list_row_changes: z.infer<typeof RestoreRows>;
  request_restore: z.infer<typeof Restore>;
  request_apply: z.infer<typeof Restore>;
  request_undo: z.infer<typeof Restore>;
  discard_restore: z.infer<typeof Restore>;
  get_restore: z.infer<typeof Restore>;
  list_restores: z.infer<typeof RestoreList>;
  request_cancel: z.infer<typeof Backup>;
  update_backup: z.infer<typeof Backup>;
  request_drill: RequestedDrill;
  request_rescan: z.infer<typeof JobReport>;
  get_job: z.infer<typeof JobReport>;
  list_jobs: z.infer<typeof JobList>;
  get_schedules: z.infer<typeof Schedules>;
  set_schedules: z.infer<typeof Schedules>;
  get_retention: z.infer<typeof Retention>;
  set_retention: z.infer<typeof Retention>;
  preview_retention: z.infer<typeof RetentionPreview>;
  list_notifications: z.infer<typeof NotificationList>;
  mark_notifications_read: z.infer<typeof UnreadCount>;
  send_test_notification: z.infer<typeof NewNotification>;
  health: z.infer<typeof Health>;
  metrics: Metric[];
  list_audit: z.infer<typeof AuditList>;
  claim_job: Job | null;
  begin_backup: BackupSettings;
  pending_parts: PendingPart[];
  begin_staging: Staging;
  staging_parts: StagingPart[];
  fail_job: "retried" | "failed";
  begin_drill: Drill;
  drill_parts: DrillPart[];
  folders_to_import: ImportableFolder[];
  import_manifest: "imported" | "broken";
  begin_delivery: Delivery;
}

/** May the caller go on? Counted and, if not, audited by SQL. */
export interface Admission {
  decision: "allowed" | "forbidden" | "rate_limited";
  /** Seconds until it may be tried again. */
  retry_after: number | null;
}

export interface RequestedDrill {
  backup: z.infer<typeof Backup>;
  job: z.infer<typeof JobReport>;
}

/** A small object of an archive. */
export interface ArchiveSample {
  backup_id: string;
  path: string;
}

/** A job in a worker's hands. */
export interface Job {
  job_id: string;
  kind: "backup" | "purge" | "stage" | "apply" | "verify" | "rescan" | "deliver";
  backup_id: string | null;
  restore_id: string | null;
  parameters: Record<string, unknown>;
  attempt: number;
  lease_seconds: number;
}

/** One of those that are about a backup. */
export interface BackupJob extends Job {
  backup_id: string;
}

/** What a worker must know before it opens the snapshot. */
export interface BackupSettings {
  /** The chosen tables; null for all. */
  tables: string[] | null;
  session_statements: string[];
  lock_timeout_seconds: number;
  gzip_level: number;
}

/** A part of the plan that is not stored yet. */
export interface PendingPart {
  ordinal: number;
  name: string;
  object_path: string;
  /** Null for a part that is script text only. */
  copy_query: string | null;
  prefix: string;
  suffix: string;
}

/** What a worker must know before it stages a restore. */
export interface Staging {
  restore_id: string;
  backup_id: string;
  session_statements: string[];
  /** Null: nothing is read from the bucket. */
  manifest: { path: string; sha256: string } | null;
}

/** A part with rows, and what is known of them. */
export interface ArchivedRows extends ArchivedText {
  row_count: number;
  raw_bytes: number;
  raw_sha256: string;
}

/** A part of an archive: where it is, and what stands in it besides rows. */
export interface ArchivedText {
  ordinal: number;
  name: string;
  object_path: string;
  /** The clear part is exactly this, the rows, and the suffix. */
  prefix: string;
  suffix: string;
  stored_bytes: number;
  stored_sha256: string;
}

/** A part of an archive that is not staged yet. */
export interface StagingPart extends ArchivedRows {
  table_ordinal: number;
  copy_statement: string;
}

/** What a worker must know before it tries a backup out. */
export interface Drill {
  backup_id: string;
  session_statements: string[];
  manifest: { path: string; sha256: string };
}

/** A part to try out: with rows, which go into a table of the part's own and come out again, or script only. */
export type DrillPart = RowsDrillPart | ScriptDrillPart;

export interface RowsDrillPart extends ArchivedRows {
  table: string;
  create_statement: string;
  copy_in: string;
  copy_out: string;
}

export interface ScriptDrillPart extends ArchivedText {
  table: null;
}

/** An archive of the bucket that no backup knows. */
export interface ImportableFolder {
  folder: string;
  manifest_path: string;
}

export type Channel = "webhook" | "email";

/** What is to be sent, and by which ways. */
export interface Delivery {
  notification: DueNotification;
  due: Channel[];
}

export interface DueNotification {
  id: number;
  kind: string;
  severity: "info" | "warning" | "error";
  message: string;
  details: Record<string, unknown>;
  created_at: string;
}
