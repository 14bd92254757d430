import assert from "node:assert/strict";
import { validationResults } from "../../../functions/_shared/frontend_compat.ts";
import { reportToCsv } from "../../../functions/validate/report_csv.ts";

type Report = Parameters<typeof validationResults>[0];
type Rule = Report["tables"][number]["rules"][number];

function rule(id: string, change: Partial<Rule> = {}): Rule {
  return {
    id,
    title: `Title of ${id}`,
    severity: "error",
    status: "failed",
    violations: 1,
    sample: [],
    suggestion: null,
    ...change,
  };
}

function finding(record_id: string | null, message: string, change: Partial<Rule["sample"][number]> = {}) {
  return {
    record_id,
    label: record_id && `Label of ${record_id}`,
    column: "x",
    value: null,
    message,
    ...change,
  };
}

function report(table: string, rows: number, invalid_rows: number, rules: Rule[]): Report {
  const counted = { status: "failed", errors: 1, warnings: 0 } as const;
  return {
    ...counted,
    started_at: "2026-11-22T00:00:00.000Z",
    duration_ms: 1,
    tables: [{ ...counted, table, rows, invalid_rows, rules }],
  };
}

Deno.test("frontend compat: faults by record, under the name that the frontend asks with", () => {
  const results = validationResults(report("public.profiles", 10, 2, [
    rule("a", { violations: 2, sample: [finding("1", "no name"), finding("2", "no name")] }),
    rule("b", { severity: "warning", sample: [finding("1", "odd year")] }),
    rule("c", { status: "passed", violations: 0 }),
    rule("d", { status: "not_applicable", violations: 0 }),
  ]));
  assert.deepEqual(results, {
    profiles: {
      totalRecords: 10,
      validRecords: 8,
      invalidRecords: 2,
      errors: [
        { id: "1", name: "Label of 1", errors: ["no name", "odd year"] },
        { id: "2", name: "Label of 2", errors: ["no name"] },
      ],
    },
  });
});

Deno.test("frontend compat: counts stay true where samples end, and within the table", () => {
  const sample = Array.from({ length: 100 }, (_, index) => finding(String(index), "no owner"));
  const { "club.members": many } = validationResults(
    report("club.members", 5000, 0, [rule("a", { violations: 700, sample })]),
  );
  assert.equal(many.invalidRecords, 700);
  assert.equal(many.validRecords, 4300);
  const { x: few } = validationResults(
    report("public.x", 3, 0, [rule("a", { violations: 9, sample: [finding("1", "twice")] })]),
  );
  assert.deepEqual([few.invalidRecords, few.validRecords], [3, 0]);
});

Deno.test("frontend compat: what is wrong with a table, and rules that could not be evaluated, are listed too", () => {
  const { x } = validationResults(report("public.x", 3, 0, [
    rule("sequence", { sample: [finding(null, "the sequence is behind")] }),
    rule("broken", { violations: 0, reason: "It could not be evaluated: division by zero." }),
  ]));
  assert.equal(x.invalidRecords, 0);
  assert.deepEqual(x.errors, [
    { id: "", name: "Title of sequence", errors: ["the sequence is behind"] },
    { id: "", name: "Title of broken", errors: ["It could not be evaluated: division by zero."] },
  ]);
});

Deno.test("CSV: quotes, line breaks and formulas", () => {
  const values = [
    "=1+1",
    "+49 30",
    "-5",
    "@me",
    "\tx",
    "\rx",
    'say "hi", twice',
    "two\r\nlines",
    "plain",
    "＝１",
  ];
  const csv = reportToCsv(report("public.x", 1, 1, [
    rule("a", { sample: values.map((value) => finding("=cmd()", "m", { value })) }),
  ]));
  const cells = csv.split("\r\n")[1].split(",");
  assert.equal(cells[1], "'=cmd()");
  for (const value of ["'=1+1", "'+49 30", "'-5", "'@me", "'\tx"]) {
    assert.ok(csv.includes(`,${value},`), value);
  }
  assert.ok(csv.includes(',"say ""hi"", twice",'));
  assert.ok(csv.includes(',"two\r\nlines",'));
  assert.ok(!csv.includes(",\rx") && !csv.includes(",＝"));
  assert.ok(csv.endsWith("\r\n"));
});

Deno.test("CSV: no violations, only the header; a rule without samples, one line", () => {
  assert.equal(reportToCsv(report("public.x", 1, 0, [])).split("\r\n").length, 2);
  const csv = reportToCsv(report("public.x", 1, 0, [rule("a", { reason: "division by zero" })]));
  assert.match(csv.split("\r\n")[1], /^public\.x,,,,,division by zero,error,a,/);
});
