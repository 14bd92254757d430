import assert from "node:assert/strict";
import { withBackupOf } from "./_support/archives.ts";
import { assertSame, type Dump, dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { apply, preview, type Restore, undo, type Wish } from "./_support/restores.ts";
import { tableIn } from "./_support/round_trip.ts";
import { quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// What each mode does with rows that changed, that are gone, and that are new.

const tables = ["zoo_keyed", "zoo_bag", "zoo_untouched"];
const create = `
  create table public.zoo_keyed (id integer primary key, body text);
  insert into public.zoo_keyed select n, 'as it was' from generate_series(1, 10) as n;
  create table public.zoo_bag (body text);
  insert into public.zoo_bag values ('once'), ('twice'), ('twice');
  create table public.zoo_untouched (id integer primary key);
  insert into public.zoo_untouched values (1);`;
const edit = `
  update public.zoo_keyed set body = 'changed' where id in (1, 2);
  delete from public.zoo_keyed where id in (3, 4, 5);
  insert into public.zoo_keyed values (11, 'new'), (12, 'new'), (13, 'new'), (14, 'new');
  delete from public.zoo_bag where ctid = (select min(ctid) from public.zoo_bag where body = 'twice');
  insert into public.zoo_bag values ('once'), ('new');`;

/** A backup, edits, and a restore in this mode; then its undo. */
async function inMode(wish: Wish, look: (restore: Restore, dumps: Dumps) => void): Promise<void> {
  const names = tables.map(quoted);
  await withObjects([create], async () => {
    const before = await dump(names);
    await withBackupOf(tables, async (backupId) => {
      await run(edit);
      const edited = await dump(names);
      const applied = await apply(await preview(backupId, wish));
      look(applied, { before, edited, after: await dump(names) });
      await undo(applied);
      assert.deepEqual(await dump(names), edited, "undone");
    });
  });
}

interface Dumps {
  before: Dump;
  edited: Dump;
  after: Dump;
}

const counted = (restore: Restore, table: string) => {
  const found = tableIn(restore.preview, table);
  return [found.insert, found.update, found.delete, found.unchanged, found.kept];
};

const bodies = (dumped: Dump, table: string) => dumped[quoted(table)].map(({ text }) => text);

testInSteps(
  "restore, replace: the tables become what they were",
  () =>
    inMode({ mode: "replace" }, (restore, { before, after }) => {
      assert.deepEqual(counted(restore, "zoo_keyed"), [3, 2, 4, 5, 0]);
      assert.deepEqual(counted(restore, "zoo_bag"), [1, 0, 2, 2, 0]);
      assert.deepEqual(after, before);
      assert.deepEqual(restore.result.totals, { inserted: 4, updated: 2, deleted: 6, skipped: 0 });
    }),
);

testInSteps("restore, merge: nothing is deleted", () =>
  inMode({ mode: "merge" }, (restore, { after }) => {
    assert.deepEqual(counted(restore, "zoo_keyed"), [3, 2, 0, 5, 4]);
    assert.deepEqual(counted(restore, "zoo_bag"), [1, 0, 0, 2, 2]);
    assert.deepEqual(
      bodies(after, "zoo_keyed").sort(),
      [
        ...Array.from({ length: 10 }, (_, n) => `("as it was",${n + 1})`),
        ...[11, 12, 13, 14].map((id) => `(new,${id})`),
      ].sort(),
    );
    assert.deepEqual(bodies(after, "zoo_bag"), ["(new)", "(once)", "(once)", "(twice)", "(twice)"]);
  }));

testInSteps(
  "restore, undelete: what is there stays as it is",
  () =>
    inMode({ mode: "undelete" }, (restore, { after }) => {
      assert.deepEqual(counted(restore, "zoo_keyed"), [3, 0, 0, 5, 6]);
      assert.deepEqual(counted(restore, "zoo_bag"), [1, 0, 0, 2, 2]);
      assert.equal(bodies(after, "zoo_keyed").filter((text) => text.startsWith("(changed")).length, 2);
      assert.equal(bodies(after, "zoo_keyed").length, 14);
      assert.deepEqual(bodies(after, "zoo_bag"), ["(new)", "(once)", "(once)", "(twice)", "(twice)"]);
    }),
);

testInSteps(
  "restore, some tables: the others are not even looked at",
  () =>
    inMode({ tables: ["zoo_bag"] }, (restore, { before, edited, after }) => {
      assert.deepEqual(restore.tables, ["public.zoo_bag"]);
      assert.deepEqual(restore.preview.tables.map(({ table }: Restore) => table), ["public.zoo_bag"]);
      assertSame(after[quoted("zoo_bag")], before[quoted("zoo_bag")], "zoo_bag");
      assertSame(after[quoted("zoo_keyed")], edited[quoted("zoo_keyed")], "zoo_keyed");
    }),
);
