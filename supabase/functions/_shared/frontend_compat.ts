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
  // Samples end at 100 per rule, counts do not: at least as many records are at
  // fault as the most violated rule says, and as the samples name.
  const named = errors.filter((record) => record.id !== "").length;
  const invalidRecords = Math.min(
    table.rows,
    Math.max(named, ...failed.filter(isAboutRecords).map((rule) => rule.violations)),
  );
  return { totalRecords: table.rows, validRecords: table.rows - invalidRecords, invalidRecords, errors };
}

function faultsByRecord(rules: z.infer<typeof RuleResult>[]): CompatRecord[] {
  const records = new Map<string, CompatRecord>();
  for (const rule of rules) {
    for (const fault of rule.sample) {
      const id = fault.record_id ?? "";
      const record = records.get(id) ?? { id, name: id || rule.title, errors: [] };
      record.errors.push(fault.message);
      records.set(id, record);
    }
  }
  return [...records.values()];
}

/** A sequence or a missing key is a fault of the table, not of a record. */
function isAboutRecords(rule: z.infer<typeof RuleResult>): boolean {
  return rule.sample.some((fault) => fault.record_id !== null);
}
