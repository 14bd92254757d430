import assert from "node:assert/strict";
import { sql } from "../_support/stack.ts";
import { withBackupOf } from "./_support/archives.ts";
import { apply, preview, type Restore } from "./_support/restores.ts";
import { testInSteps } from "./_support/steps.ts";

// What is said about a restore when it is done.

const id = "00000000-0000-4000-8000-0000000077ee";
const moments = { start: "2040-05-02 10:00+00", end: "2040-05-01 10:00+00", later: "2040-05-03 10:00+00" };

async function withWrongEvent(work: () => Promise<void>): Promise<void> {
  await sql`
    insert into public.events (id, title, description, start_date, end_date)
    values (${id}, 'Ends before it begins', 'For a test.', ${moments.start}, ${moments.end})`;
  try {
    await work();
  } finally {
    await sql`delete from public.events where id = ${id}`;
  }
}

testInSteps(
  "restore: errors that it brought back are reported",
  () =>
    withWrongEvent(() =>
      withBackupOf(["events"], async (backupId) => {
        await sql`update public.events set end_date = ${moments.later} where id = ${id}`;
        const { result } = await apply(await preview(backupId, { rows: { events: [id] } }));
        const [found] = result.validation.new_errors;
        assert.deepEqual([found.table, found.rule, found.before, found.after], [
          "public.events",
          "events_date_order",
          0,
          1,
        ]);
        assert.equal(result.validation.status, "failed");
        assert.ok(result.duration_ms >= result.locked_ms);
        const [row] = await sql`select end_date from public.events where id = ${id}`;
        assert.equal(row.end_date.getTime(), Date.parse(moments.end));
      })
    ),
);

testInSteps(
  "restore: audit log and notifications tell of it",
  () =>
    withWrongEvent(() =>
      withBackupOf(["events"], async (backupId) => {
        await sql`update public.events set title = 'changed' where id = ${id}`;
        const restored = await apply(await preview(backupId, { rows: { events: [id] } }));
        const audited = await sql`
        select action, outcome from backup.audit_log where target = ${restored.id} order by audit_log_id`;
        const actions = audited.map(({ action }) => action);
        for (const action of ["preview", "restore", "restore_completed"]) {
          assert.ok(actions.includes(action), action);
        }
        const told = await sql`
        select kind, details from backup.notifications where details ->> 'restore_id' = ${restored.id}`;
        assert.deepEqual(told.map(({ kind, details }: Restore) => [kind, details.totals.updated]), [[
          "restored",
          1,
        ]]);
      })
    ),
);
