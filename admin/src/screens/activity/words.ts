import { words } from "../../lib/format.ts";

/** The actions of the audit log that people look for. One that is not here is shown by its own name. */
export const actionNames: Record<string, string> = {
  create: "Asked for a backup",
  backup_completed: "Backup completed",
  backup_failed: "Backup failed",
  backup_blocked: "Backup stopped by errors",
  cancel: "Cancelled",
  update: "Changed note or keeping",
  delete: "Asked to delete a backup",
  backup_deleted: "Backup deleted",
  download: "Downloaded a backup",
  link: "Got a download link",
  verify: "Asked for a proof",
  drill: "Proof ended",
  restore: "Asked to restore",
  restore_applied: "Restore written",
  restore_completed: "Restore completed",
  restore_failed: "Restore failed",
  undo: "Asked to undo",
  discard: "Put a preview aside",
  validate: "Checked the data",
  set_rule: "Changed a rule",
  delete_rule: "Removed a rule",
  schedule: "Changed the schedule",
  notify_test: "Sent a test notification",
};

export const outcomeNames: Record<string, string> = {
  succeeded: "Done",
  failed: "Failed",
  denied: "Refused",
  rate_limited: "Too often",
};

export const actionName = (action: string) => actionNames[action] ?? words(action);
