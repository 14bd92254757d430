import assert from "node:assert/strict";
import { StoredReport } from "../../functions/_shared/schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf } from "./_support/backups.ts";
import { sql, test } from "./_support/stack.ts";

/** An event that ends before it starts, under a title that a spreadsheet would run. */
async function withBadEvent(work: (id: string) => Promise<void>): Promise<void> {
  const [{ id }] = await sql`
    insert into public.events (title, description, start_date, end_date, capacity)
    values ('=HYPERLINK("http://evil.test","x")', 'Line one, "quoted"', '2026-05-02', '2026-05-01', -5) returning id`;
  try {
    await work(id);
  } finally {
    await sql`delete from public.events where id = ${id}`;
  }
}

/** Without what is only there for the alumni frontend. */
function withoutCompat({ validationResults: _, ...report }: Record<string, unknown>) {
  return report;
}

test("validate: a report of every table, and its run is stored", async () => {
  const runs = () => sql`select count(*)::int as runs from backup.validation_runs`.then(([row]) => row.runs);
  const before = await runs();
  const response = await call("GET", "/validate", { as: secret });
  const report = await json(response);
  assert.ok(["passed", "warnings", "failed"].includes(report.status), report.status);
  assert.ok(report.duration_ms >= 0);
  assert.match(report.started_at, /Z$/);
  const tables = report.tables.map(({ table }: { table: string }) => table);
  for (const name of ["events", "jobs", "profiles", "roles", "user_roles"]) {
    assert.ok(tables.includes(`public.${name}`));
  }
  for (const { rows, rules } of report.tables) {
    assert.ok(rows >= 0);
    for (const rule of rules) {
      assert.ok(rule.id && rule.title);
      assert.ok(["error", "warning"].includes(rule.severity));
      assert.ok(["passed", "failed", "not_applicable"].includes(rule.status));
      assert.equal(rule.status === "failed", rule.violations > 0);
    }
  }
  assert.equal(await runs(), before + 1);
  const [{ action, outcome, target }] = await auditOf(response);
  assert.deepEqual([action, outcome], ["validate", "succeeded"]);
  assert.equal((await sql`select from backup.validation_runs where id::text = ${target}`).length, 1);
});

test("validate: what the run before found, in the same tables", async () => {
  const before = await json(call("GET", "/validate?tables=events,roles", { as: secret }));
  await json(call("GET", "/validate?tables=events", { as: secret }));
  await withBadEvent(async () => {
    const report = await json(call("GET", "/validate?tables=roles&tables=events", { as: secret }));
    assert.deepEqual(StoredReport.parse(report), withoutCompat(report));
    assert.equal(report.previous.run_id, before.run_id);
    assert.equal(report.previous.started_at, before.started_at);
    const ours = ({ table, id }: { table: string; id: string }) =>
      table === "public.events" && id === "events_date_order";
    const was = report.previous.rules.find(ours);
    const [events] = report.tables.filter(({ table }: { table: string }) => table === "public.events");
    const is = events.rules.find(({ id }: { id: string }) => id === "events_date_order");
    assert.equal(is.violations, was.violations + 1);
  });
});

test("validate: the newest report, without running anything", async () => {
  const report = await json(call("GET", "/validate", { as: secret }));
  await json(call("GET", "/validate?tables=roles", { as: secret }));
  const response = await call("GET", "/validate/last", { as: secret });
  const last = await json(response);
  assert.deepEqual(last, { report: withoutCompat(report) });
  assert.deepEqual(await auditOf(response), [], "a look is not audited");
  const again = await json(call("GET", "/validate/last", { as: secret }));
  assert.deepEqual(again, last, "and stores nothing");
  await problem(call("GET", "/validate/last?tables=roles", { as: secret }), 422, "invalid_request");
});

test("validate: a fault is found, named and counted", async () => {
  await withBadEvent(async (id) => {
    const report = await json(call("GET", "/validate?tables=events", { as: secret }));
    assert.equal(report.status, "failed");
    const [events, ...more] = report.tables;
    assert.equal(more.length, 0);
    const faults = events.rules.flatMap(({ sample }: { sample: { record_id: string }[] }) => sample)
      .filter(({ record_id }: { record_id: string }) => record_id.includes(id));
    assert.equal(faults.length, 2, "the dates, and the capacity");
    for (const fault of faults) assert.ok(fault.message && fault.column);
  });
});

test("validate: a choice of tables, by commas or repeated", async () => {
  for (
    const query of ["tables=roles,public.events", "tables=roles&tables=events", "tables= roles , events"]
  ) {
    const { tables } = await json(call("GET", `/validate?${query}`, { as: secret }));
    assert.deepEqual(tables.map(({ table }: { table: string }) => table).sort(), [
      "public.events",
      "public.roles",
    ]);
  }
});

test("validate: questions that make no sense", async () => {
  const bad = await problem(
    call("GET", "/validate?tables=roles,no_such_table", { as: secret }),
    422,
    "invalid_tables",
  );
  assert.deepEqual(bad.tables.map(({ table }: { table: string }) => table), ["no_such_table"]);
  assert.match(bad.error, /no_such_table/);
  for (const query of ["tables=", "tables=roles,,events", "format=xml", "tabels=roles"]) {
    await problem(call("GET", `/validate?${query}`, { as: secret }), 422, "invalid_request");
  }
});

test("validate: CSV for a spreadsheet, in which nothing runs", async () => {
  await withBadEvent(async (id) => {
    const response = await call("GET", "/validate?tables=events&format=csv", { as: secret });
    const text = await response.text();
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type") ?? "", /^text\/csv; charset=utf-8/);
    assert.match(
      response.headers.get("content-disposition") ?? "",
      /^attachment; filename="validation-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const lines = text.split("\r\n");
    assert.equal(
      lines[0],
      "table,record_id,label,column,value,message,severity,rule,title,violations,suggestion",
    );
    assert.equal(lines.at(-1), "", "the last line ends like the others");
    const ours = lines.filter((line) => line.includes(id));
    assert.equal(ours.length, 2);
    assert.ok(ours.some((line) => line.includes(",'-5,")), "-5 is a text, not a formula");
    assert.ok(!/(^|,)"?[=+\-@\t]/m.test(text), "no cell begins like a formula");
  });
});
