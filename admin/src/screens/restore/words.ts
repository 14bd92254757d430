import type { Consent, Restore, RestoreMode } from "../../api/types.ts";
import { enumerate, plural, tableName } from "../../lib/format.ts";

/** One plain sentence for each mode, the least intrusive first. */
export const modes: {
  mode: Exclude<RestoreMode, "undo">;
  name: string;
  says: string;
  best: string;
}[] = [
  {
    mode: "undelete",
    name: "Bring back what was deleted",
    says: "Adds records that are missing now. Everything that exists stays exactly as it is.",
    best: "Best when something was deleted, and whenever you are not sure.",
  },
  {
    mode: "merge",
    name: "Bring back and repair",
    says: "Adds missing records, and puts changed values back to what they were. Deletes nothing.",
    best: "Best after an import or a mistake that wrote over good values.",
  },
  {
    mode: "replace",
    name: "Make it exactly as it was",
    says: "As above, and also deletes records that were created since the backup.",
    best: "Best when all that has happened since should be forgotten.",
  },
];

export const modeName = (mode: RestoreMode) =>
  mode === "undo" ? "Undo" : modes.find((one) => one.mode === mode)!.name;

/** What a restore is about, in a few words. */
export function scopeOf(
  { tables, rows }: Pick<Restore, "tables" | "rows">,
): string {
  const chosen = Object.entries(rows ?? {}).map(([table, keys]) =>
    `${plural(keys.length, "record")} of ${tableName(table)}`
  );
  if (chosen.length > 0) return enumerate(chosen);
  if (!tables || tables.length === 0) return "all tables";
  return tables.length <= 3 ? enumerate(tables.map(tableName)) : plural(tables.length, "table");
}

const phases: Record<string, string> = {
  staging: "Reading the backup",
  comparing: "Comparing it with the live data",
  safety_backup: "Backing up what will be touched, so that it can be undone",
  applying: "Writing the changes, all or nothing",
  reviewing: "Checking the result",
};

export const phaseWords = (
  { status, phase }: Pick<Restore, "status" | "phase">,
) => status === "queued" ? "Waiting for its turn" : phases[phase ?? ""] ?? "Working";

/** What has to be accepted by hand, and what accepting it means. */
export const consents: Record<Consent, { title: string; accept: string }> = {
  accept_privilege_changes: {
    title: "Administrator rights change",
    accept: "I have seen who becomes or stops being an administrator, and it is right.",
  },
  accept_cascade: {
    title: "Tables that you did not choose are affected",
    accept: "I accept that records of other tables lose what they refer to.",
  },
  accept_foreign_source: {
    title: "This backup was made of another database",
    accept: "I know that this backup comes from another project, and it is the right one.",
  },
  skip_orphans: {
    title: "Some records refer to others that are gone",
    accept: "Leave those records out, and what depends on them.",
  },
};
