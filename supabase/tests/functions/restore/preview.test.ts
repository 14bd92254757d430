import assert from "node:assert/strict";
import { sql } from "../_support/stack.ts";
import { stagedTables, withBackupOf } from "./_support/archives.ts";
import { dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { discard, preview, type Restore } from "./_support/restores.ts";
import { tableIn } from "./_support/round_trip.ts";
import { quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// What a person is shown before anything happens.

const create = `
  create table public.zoo_shown (id integer, part text, body text, amount numeric, at timestamptz, folded text generated always as (lower(body)) stored, primary key (part, id));
  insert into public.zoo_shown (id, part, body, amount, at) select n, 'a', 'Body ' || n, n, '2020-01-01 00:00+00' from generate_series(1, 200) as n;
  create table public.zoo_shown_bag (body text, n integer);
  insert into public.zoo_shown_bag select 'row', 1 from generate_series(1, 5);`;

testInSteps(
  "preview: rows with their key, before, after, and the columns that differ",
  () =>
    withObjects([create], async () => {
      const names = ["zoo_shown", "zoo_shown_bag"].map(quoted);
      await withBackupOf(["zoo_shown", "zoo_shown_bag"], async (backupId) => {
        await run(`update public.zoo_shown set body = null, amount = 7 where id = 1;
        delete from public.zoo_shown where id = 2;
        insert into public.zoo_shown (id, part, body) values (3, 'b', repeat('long ', 1000));
        update public.zoo_shown_bag set n = 2 where ctid = (select min(ctid) from public.zoo_shown_bag)`);
        const edited = await dump(names);
        const previewed = await preview(backupId);
        const { key, sample, columns } = tableIn(previewed.preview, "zoo_shown");
        assert.deepEqual(key, ["part", "id"]);
        assert.deepEqual(columns, [{ column: "body", rows: 1 }, { column: "amount", rows: 1 }]);
        const [updated, inserted, deleted] = ["update", "insert", "delete"].map((kind) =>
          sample.filter(({ change }: Restore) => change === kind)
        );
        assert.deepEqual([updated.length, inserted.length, deleted.length], [1, 1, 1]);

        assert.deepEqual(updated[0].key, { part: "a", id: "1" });
        assert.deepEqual(updated[0].columns, ["body", "amount"]);
        assert.deepEqual([updated[0].before.body, updated[0].before.amount], [null, "7"]);
        assert.deepEqual([updated[0].after.body, updated[0].after.amount], ["Body 1", "1"]);
        assert.deepEqual([inserted[0].before, inserted[0].after.body], [null, "Body 2"]);
        assert.deepEqual([deleted[0].after, deleted[0].key], [null, { part: "b", id: "3" }]);
        assert.equal(deleted[0].before.body.length, 500, "long texts are cut");

        const bag = tableIn(previewed.preview, "zoo_shown_bag");
        assert.deepEqual([bag.key, bag.insert, bag.delete, bag.update], [null, 1, 1, 0]);
        assert.deepEqual(
          bag.sample.map(({ change, before, after }: Restore) => [change, (before ?? after).n]).sort(),
          [["delete", "2"], ["insert", "1"]],
        );
        assert.deepEqual(await dump(names), edited, "a preview touches nothing");
      });
    }),
);

testInSteps(
  "preview: of many changes at most fifty rows are shown, of each kind some",
  () =>
    withObjects([create], () =>
      withBackupOf(["zoo_shown"], async (backupId) => {
        await run(`update public.zoo_shown set amount = -1 where id <= 90;
        delete from public.zoo_shown where id > 150;
        insert into public.zoo_shown (id, part) select n, 'new' from generate_series(1, 60) as n`);
        const { sample, insert, update, delete: gone, unchanged } = tableIn(
          (await preview(backupId)).preview,
          "zoo_shown",
        );
        assert.deepEqual([insert, update, gone, unchanged], [50, 90, 60, 60]);
        assert.equal(sample.length, 50);
        assert.deepEqual([...new Set(sample.map(({ change }: Restore) => change))].sort(), [
          "delete",
          "insert",
          "update",
        ]);
      })),
);

testInSteps(
  "preview: discarded, its staging goes, and nothing else",
  () =>
    withObjects([create], async () => {
      const names = ["zoo_shown", "zoo_shown_bag"].map(quoted);
      await withBackupOf(["zoo_shown", "zoo_shown_bag"], async (backupId) => {
        await run("delete from public.zoo_shown where id < 100");
        const edited = await dump(names);
        const previewed = await preview(backupId);
        assert.ok((await stagedTables()).length > 0);
        await discard(previewed);
        assert.deepEqual(await stagedTables(), []);
        assert.deepEqual(await dump(names), edited);
        const safety = await sql`select from public.backups where kind = 'safety'`;
        assert.equal(safety.length, 0, "no safety backup for what was only looked at");
      });
    }),
);
