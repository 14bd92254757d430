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
}

/** May the caller go on? Counted and, if not, audited by SQL. */
export interface Admission {
  decision: "allowed" | "forbidden" | "rate_limited";
  /** Seconds until it may be tried again. */
  retry_after: number | null;
}
