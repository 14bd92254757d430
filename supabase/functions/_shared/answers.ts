import type { z } from "@hono/zod-openapi";
import type {
  Backup,
  BackupDetails,
  BackupList,
  Download,
  DownloadLink,
  Parts,
  ValidationReport,
} from "./schemas.ts";

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
  run_validation: z.infer<typeof ValidationReport>;
  claim_job: Job | null;
  begin_backup: BackupSettings;
  pending_parts: PendingPart[];
}

/** May the caller go on? Counted and, if not, audited by SQL. */
export interface Admission {
  decision: "allowed" | "forbidden" | "rate_limited";
  /** Seconds until it may be tried again. */
  retry_after: number | null;
}

/** A job in a worker's hands. */
export interface Job {
  job_id: string;
  kind: "backup" | "purge";
  backup_id: string;
  parameters: Record<string, unknown>;
  attempt: number;
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
