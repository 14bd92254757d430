import type { z } from "@hono/zod-openapi";
import type { Backup, RuleResult, TableReport, ValidationReport } from "./schemas.ts";

/**
 * What the existing alumni frontend reads beyond our own answers: extra members
 * in its names, all made here and nowhere else.
 */

/** Every error: it shows `error` of the body. */
export function withErrorText<P extends { detail: string }>(problem: P): P & { error: string } {
  return { ...problem, error: problem.detail };
}

/** A new backup: it reads `backupId`. */
export function createdAnswer<B extends { id: string }>(backup: B) {
  return { backup, backupId: backup.id };
}

/** A restore that was asked for: it reads `restoreId`. */
export function restoreAnswer<R extends { id: string }>(restore: R) {
  return { restore, restoreId: restore.id };
}

/** One backup: it opens `downloadUrl` in a new tab, without headers. */
export function backupAnswer<B extends z.infer<typeof Backup>>(backup: B, downloadUrl: string | null) {
  return downloadUrl === null ? { backup } : { backup, downloadUrl };
}

/** A table's result as its validation page shows it: faults by record. */
export interface CompatTable {
  totalRecords: number;
  validRecords: number;
  invalidRecords: number;
  errors: CompatRecord[];
}

export interface CompatRecord {
  id: string;
  name: string;
  errors: string[];
}

/**
 * By table, under the name that the frontend asks with (`profiles`, not
 * `public.profiles`). It knows no warnings: what is worth a look is listed,
 * whatever its severity.
 */
export function validationResults(report: z.infer<typeof ValidationReport>): Record<string, CompatTable> {
  return Object.fromEntries(
    report.tables.map((table) => [table.table.replace(/^public\./, ""), compatTable(table)]),
  );
}

function compatTable(table: z.infer<typeof TableReport>): CompatTable {
  const failed = table.rules.filter((rule) => rule.status === "failed");
  const errors = faultsByRecord(failed);
  // The exact number is known of the rules about single rows only. Of the others (references, duplicates), whose
  // samples end at 100, at least as many are at fault as the most violated one counts, and as are named.
  const invalidRecords = Math.min(
    table.rows,
    Math.max(
      table.invalid_rows,
      errors.filter(({ id }) => id !== "").length,
      ...failed.filter(isAboutRecords).map((rule) => rule.violations),
    ),
  );
  return { totalRecords: table.rows, validRecords: table.rows - invalidRecords, invalidRecords, errors };
}

function faultsByRecord(rules: z.infer<typeof RuleResult>[]): CompatRecord[] {
  const records = new Map<string, CompatRecord>();
  const add = (id: string, name: string, text: string) => {
    const key = id || name;
    const record = records.get(key) ?? { id, name, errors: [] };
    records.set(key, { ...record, errors: [...record.errors, text] });
  };
  for (const rule of rules) {
    for (const { record_id, label, message } of rule.sample) {
      add(record_id ?? "", label || record_id || rule.title, message);
    }
    if (rule.sample.length === 0) add("", rule.title, rule.reason ?? rule.title);
  }
  return [...records.values()];
}

/** A sequence or a missing key is a fault of the table, not of a record. */
function isAboutRecords(rule: z.infer<typeof RuleResult>): boolean {
  return rule.sample.some((fault) => fault.record_id !== null);
}
