import assert from "node:assert/strict";
import { withBackupOf } from "./_support/archives.ts";
import { assertSame, dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { apply, preview, undo } from "./_support/restores.ts";
import { tableIn } from "./_support/round_trip.ts";
import { quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// Values that Postgres calls equal and that are not the same: as it was means as it was written.

interface Pair {
  type: string;
  was: string;
  is: string;
}

const pairs: Pair[] = [
  { type: "numeric", was: "1.00", is: "1.0" },
  { type: "numeric", was: "0", is: "0.000" },
  { type: "double precision", was: "-0", is: "0" },
  { type: "real", was: "0", is: "-0" },
  { type: "interval", was: "24:00:00", is: "1 day" },
  { type: "interval", was: "1 mon", is: "30 days" },
  { type: "extensions.citext", was: "MiXed", is: "mixed" },
  { type: "text collate zoo.folded", was: "Ada", is: "ADA" },
  { type: "jsonb", was: "1.0", is: "1.00" },
  { type: "json", was: '{"a":1}', is: '{"a": 1}' },
  { type: "xml", was: "<a/>", is: "<a></a>" },
  { type: "numeric[]", was: "{1.0}", is: "{1.00}" },
  { type: "zoo.price", was: "(1.0,)", is: "(1.00,)" },
  { type: "numrange", was: "[1.0,2)", is: "[1,2)" },
  { type: "nummultirange", was: "{[1.0,2)}", is: "{[1,2)}" },
  { type: "box", was: "(1,1),(0,-0)", is: "(1,1),(0,0)" },
  { type: "timetz", was: "12:00:00+00", is: "13:00:00+01" },
];

const tables = pairs.map((_, n) => `zoo_pair_${n}`);

testInSteps("restore: equal is not the same", async (t) => {
  const create = pairs.map(({ type, was }, n) => `
    create table public.${tables[n]} (id integer primary key, value ${type}, other text default 'other');
    insert into public.${tables[n]} values (1, '${was}'), (2, '${was}');
    create table public.${tables[n]}_bag (value ${type}, number integer);
    insert into public.${tables[n]}_bag values ('${was}', 1), ('${was}', 1), ('${was}', 2);`);
  const all = [...tables, ...tables.map((table) => `${table}_bag`)];
  const names = all.map(quoted);

  await withObjects([
    `create extension if not exists citext with schema extensions;
     create collation zoo.folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
     create type zoo.price as (amount numeric, note text);`,
    ...create,
  ], async () => {
    const before = await dump(names);
    await withBackupOf(all, async (backupId) => {
      for (const [n, { is }] of pairs.entries()) {
        await run(`update public.${tables[n]} set value = '${is}' where id = 1;
          update public.${tables[n]}_bag set value = '${is}' where number = 2`);
      }
      const edited = await dump(names);
      const previewed = await preview(backupId);

      for (const [n, { type, was, is }] of pairs.entries()) {
        await t.step(`${type}: ${is} is not ${was}`, () => {
          const keyed = tableIn(previewed.preview, tables[n]);
          assert.deepEqual([keyed.insert, keyed.update, keyed.delete, keyed.unchanged], [0, 1, 0, 1]);
          assert.deepEqual(keyed.columns, [{ column: "value", rows: 1 }]);
          const [change] = keyed.sample;
          assert.deepEqual(change.key, { id: "1" });
          assert.deepEqual([change.change, change.columns], ["update", ["value"]]);
          assert.notEqual(change.before.value, change.after.value, "a person sees the difference");
          const bag = tableIn(previewed.preview, `${tables[n]}_bag`);
          assert.deepEqual([bag.insert, bag.update, bag.delete, bag.unchanged], [1, 0, 1, 2]);
        });
      }

      const applied = await apply(previewed);
      const restored = await dump(names);
      await undo(applied);
      const undone = await dump(names);
      for (const [n, { type, was, is }] of pairs.entries()) {
        await t.step(`${type}: ${was} comes back, and ${is} with the undo`, () => {
          for (const table of [tables[n], `${tables[n]}_bag`].map(quoted)) {
            assertSame(restored[table], before[table], table);
            assertSame(undone[table], edited[table], table);
          }
        });
      }
    });
  });
});

testInSteps("restore: keys that are equal and not the same are the same row", async () => {
  const kinds = [
    { type: "numeric", was: "1.0", is: "1.000" },
    { type: "double precision", was: "-0", is: "0" },
    { type: "interval", was: "24:00:00", is: "1 day" },
    { type: "extensions.citext", was: "Ada", is: "ADA" },
  ];
  const all = kinds.map((_, n) => `zoo_key_pair_${n}`);
  const names = all.map(quoted);
  await withObjects([
    "create extension if not exists citext with schema extensions",
    ...kinds.map(({ type, was }, n) => `
      create table public.${all[n]} (key ${type} primary key, body text);
      insert into public.${all[n]} values ('${was}', 'as it was')`),
  ], async () => {
    const before = await dump(names);
    await withBackupOf(all, async (backupId) => {
      for (const [n, { is }] of kinds.entries()) await run(`update public.${all[n]} set key = '${is}'`);
      const edited = await dump(names);
      const previewed = await preview(backupId);
      for (const table of all) {
        const found = tableIn(previewed.preview, table);
        assert.deepEqual([found.insert, found.update, found.delete], [0, 1, 0], table);
        assert.deepEqual(found.columns, [{ column: "key", rows: 1 }]);
      }
      const applied = await apply(previewed);
      assert.deepEqual(await dump(names), before);
      await undo(applied);
      assert.deepEqual(await dump(names), edited);
    });
  });
});
