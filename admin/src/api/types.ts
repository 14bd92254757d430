import type { components } from "./schema.ts";

type Schemas = components["schemas"];

export type Backup = Schemas["Backup"];
export type BackupDetails = Schemas["BackupDetails"];
export type BackupList = Schemas["BackupList"];
export type BackupKind = Schemas["BackupKind"];
export type BackupStatus = Schemas["BackupStatus"];
export type CreateBackup = Schemas["CreateBackup"];
export type Verification = NonNullable<Schemas["Verification"]>;

export type Job = Schemas["Job"];
export type JobList = Schemas["JobList"];

export type Restore = Schemas["Restore"];
export type RestoreList = Schemas["RestoreList"];
export type RestoreMode = Schemas["RestoreMode"];
export type PreviewRestore = Schemas["PreviewRestore"];
export type StartRestore = Schemas["StartRestore"];
export type Preview = NonNullable<Schemas["Preview"]>;
export type TablePreview = Schemas["TablePreview"];
export type RowChange = Schemas["RowChange"];
export type RestoreRows = Schemas["RestoreRows"];
export type Consent = Schemas["Consent"];

export type StoredReport = Schemas["StoredReport"];
export type PreviousRun = NonNullable<StoredReport["previous"]>;
export type Rule = Schemas["Rule"];
export type RuleDraft = Schemas["RuleDraft"];
export type LiveTable = Schemas["LiveTable"];
export type TableReport = Schemas["TableReport"];
export type RuleResult = Schemas["RuleResult"];
export type Finding = Schemas["Finding"];

export type Schedules = Schemas["Schedules"];
export type Schedule = Schemas["Schedule"];
export type ChangeSchedules = Schemas["ChangeSchedules"];
export type Retention = Schemas["Retention"];
export type ChangeRetention = Schemas["ChangeRetention"];
export type RetentionPreview = Schemas["RetentionPreview"];
export type Keys = Schemas["Keys"];
export type HealthReport = Schemas["HealthReport"];

export type AuditEntry = Schemas["AuditEntry"];
export type AuditList = Schemas["AuditList"];
export type Notification = Schemas["Notification"];
export type NotificationList = Schemas["NotificationList"];

/** What an ended job says of its failure, and what a refused request answers with. */
export type Failure = NonNullable<Backup["error"]>;
