import assert from "node:assert/strict";
import { problem } from "../_support/api.ts";
import { sql } from "../_support/stack.ts";
import { withBackupOf } from "./_support/archives.ts";
import { type Dump, dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { accepted, apply, askForUndo, preview, type Restore, settled, undo } from "./_support/restores.ts";
import { quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// An undo puts back what the restore took away, and nothing else.

const create = `
  create table public.zoo_up (id integer primary key);
  create table public.zoo_down (id integer primary key, up_id integer references public.zoo_up (id), body text);
  create table public.zoo_loose (body text, n integer);
  insert into public.zoo_up select n from generate_series(1, 10) as n;
  insert into public.zoo_down select n, n, 'as it was' from generate_series(1, 10) as n;
  insert into public.zoo_loose select 'row', n % 3 from generate_series(1, 30) as n;`;
const edit = `
  update public.zoo_down set body = 'changed' where id <= 3;
  delete from public.zoo_down where id = 4;
  insert into public.zoo_down values (11, 1, 'new'), (12, 10, 'new');
  update public.zoo_loose set n = 7 where n = 1;`;
const tables = ["zoo_down", "zoo_loose"];
const names = tables.map(quoted);

/** A restore of edited tables, done; the dump is of before it. */
async function withRestored(work: (restored: Restore, edited: Dump) => Promise<void>): Promise<void> {
  await withObjects([create], () =>
    withBackupOf(tables, async (backupId) => {
      await run(edit);
      const edited = await dump(names);
      await work(await apply(await preview(backupId)), edited);
    }));
}

async function failingUndo(restored: Restore, code: string): Promise<Restore> {
  const now = await dump(names);
  const failed = await settled(await accepted(askForUndo(restored)));
  assert.deepEqual([failed.status, failed.error?.code], ["failed", code], JSON.stringify(failed.error));
  assert.deepEqual(await dump(names), now);
  return failed;
}

testInSteps(
  "undo: rows that the restore did not write stay as they have become since",
  () =>
    withRestored(async (restored, edited) => {
      await run(`update public.zoo_down set body = 'since then' where id = 9;
      insert into public.zoo_down values (20, 2, 'since then')`);
      await undo(restored);
      const [now] = [(await dump(names))[quoted("zoo_down")].map(({ text }) => text)];
      const expected = edited[quoted("zoo_down")].map(({ text }) =>
        text.replace(/^\("as it was",9,/, '("since then",9,')
      );
      assert.deepEqual(now.sort(), [...expected, '("since then",20,2)'].sort());
    }),
);

testInSteps(
  "undo: the tables may have been rewritten and have grown columns",
  () =>
    withRestored(async (restored, edited) => {
      await run("alter table public.zoo_down add column fresh text default 'fresh'");
      await run("vacuum full public.zoo_down");
      await run("vacuum (freeze) public.zoo_loose");
      await undo(restored);
      const fresh = await sql`select distinct fresh from public.zoo_down`;
      assert.deepEqual(fresh.map((row) => row.fresh), ["fresh"]);
      await run("alter table public.zoo_down drop column fresh");
      assert.deepEqual(await dump(names), edited);
    }),
);

testInSteps("undo: not when a column is gone", () =>
  withRestored(async (restored) => {
    await run("alter table public.zoo_down drop column body");
    await failingUndo(restored, "undo_not_possible");
  }));

testInSteps("undo: once, and then the undo itself", () =>
  withRestored(async (restored, edited) => {
    const undone = await undo(restored);
    assert.deepEqual([undone.mode, undone.undo_of], ["undo", restored.id]);
    assert.deepEqual(await dump(names), edited);
    await problem(askForUndo(restored), 409, "undo_not_possible");
    const again = await undo(undone);
    await problem(askForUndo(undone), 409, "undo_not_possible");
    await undo(again);
    assert.deepEqual(await dump(names), edited);
  }));

testInSteps(
  "undo: refused when rows without a key have changed since",
  () =>
    withRestored(async (restored) => {
      await run("delete from public.zoo_loose where n = 1");
      const { error } = await failingUndo(restored, "undo_conflict");
      assert.equal(error.details.table, "public.zoo_loose");
    }),
);

testInSteps(
  "undo: a row that would have no parent any more is not put back",
  () =>
    withRestored(async (restored) => {
      await run(
        "update public.zoo_down set up_id = null where up_id = 10; delete from public.zoo_up where id = 10",
      );
      // Row 12 hung on 10, and row 10 has changed since.
      const now = await dump(names);
      const failed = await settled(await accepted(askForUndo(restored)));
      assert.equal(failed.status, "failed");
      assert.deepEqual(await dump(names), now);
    }),
);

testInSteps(
  "undo: rows that came to hang on what the restore brought back are not orphaned",
  () =>
    withRestored(async (restored) => {
      await run(
        `create table public.zoo_hanging (id integer primary key, down_id integer references public.zoo_down (id) on delete cascade);
      insert into public.zoo_hanging values (1, 4)`,
      );
      await failingUndo(restored, "cascade_not_accepted");
      const accepting = await undo(restored, { accept_cascade: true });
      assert.equal((await sql`select from public.zoo_hanging`).length, 0);
      await undo(accepting);
      assert.equal((await sql`select from public.zoo_hanging`).length, 1);
    }),
);

testInSteps(
  "undo: the safety backup takes a restore back as well",
  () =>
    withRestored(async (restored, edited) => {
      await run("update public.zoo_down set body = 'since then' where id = 3");
      await failingUndo(restored, "undo_conflict");
      await apply(await preview(restored.safety_backup_id));
      assert.deepEqual(await dump(names), edited);
    }),
);
