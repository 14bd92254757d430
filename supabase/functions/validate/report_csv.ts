import type { z } from "@hono/zod-openapi";
import { stringify } from "csv-stringify/sync";
import type { ValidationReport } from "../_shared/schemas.ts";

/**
 * A report for a spreadsheet: RFC 4180, one line per shown violation, and one
 * for a rule that failed without any. Cells come from people's profiles: what a
 * spreadsheet would take for a formula gets a quote in front.
 */
export function reportToCsv(report: z.infer<typeof ValidationReport>): string {
  const lines = report.tables.flatMap((table) =>
    table.rules.filter((rule) => rule.status === "failed").flatMap((rule) => {
      const about = {
        table: table.table,
        rule: rule.id,
        title: rule.title,
        severity: rule.severity,
        violations: rule.violations,
        suggestion: rule.suggestion,
      };
      if (rule.sample.length === 0) return [{ ...about, message: rule.reason }];
      return rule.sample.map((fault) => ({ ...about, ...fault }));
    })
  );
  return stringify(lines, {
    header: true,
    columns: [
      "table",
      "record_id",
      "label",
      "column",
      "value",
      "message",
      "severity",
      "rule",
      "title",
      "violations",
      "suggestion",
    ],
    record_delimiter: "windows",
    escape_formulas: true,
  });
}
