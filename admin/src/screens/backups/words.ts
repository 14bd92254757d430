import type { Backup, BackupKind } from "../../api/types.ts";
import { dateTime } from "../../lib/format.ts";

export const kindNames: Record<BackupKind, string> = {
  manual: "By hand",
  daily: "Daily",
  weekly: "Weekly",
  safety: "Before a restore",
  imported: "From the bucket",
};

/** A backup's name is its time. */
export const backupTitle = ({ created_at }: Pick<Backup, "created_at">) =>
  `Backup of ${dateTime(new Date(created_at))}`;

export function creatorName(
  { profiles, kind, created_by }: Pick<
    Backup,
    "profiles" | "kind" | "created_by"
  >,
): string {
  const name = [profiles?.first_name, profiles?.last_name].filter(Boolean).join(
    " ",
  );
  if (name) return name;
  if (kind === "daily" || kind === "weekly") return "The schedule";
  return created_by ? "Somebody who has left" : "An API key";
}

const phases: Record<string, string> = {
  validating: "Checking the data",
  copying: "Copying rows",
  finishing: "Finishing",
};

export function phaseWords(
  { status, phase }: Pick<Backup, "status" | "phase">,
): string {
  if (status === "queued") return "Waiting for its turn";
  return phases[phase ?? ""] ?? "Working";
}
