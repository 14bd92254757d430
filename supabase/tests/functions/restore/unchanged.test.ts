import assert from "node:assert/strict";
import postgres from "postgres";
import { sql, stack } from "../_support/stack.ts";
import { withBackupOf } from "./_support/archives.ts";
import { difference, dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { apply, discard, preview, undo } from "./_support/restores.ts";
import { tableIn } from "./_support/round_trip.ts";
import { quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// A table that provably has not changed is not fetched. These try to make it look unchanged when it is not.

interface Trick {
  name: string;
  /** After the backup; each in a transaction of its own. */
  statements: string[];
  /** Nothing that it did changes what a row says. */
  isHarmless?: true;
}

const rows = `select n, 'body ' || n from generate_series(1, 200) as n`;

const tricks: Record<string, Trick> = {
  zoo_same: { name: "nothing at all", statements: [], isHarmless: true },
  zoo_vacuumed: {
    name: "VACUUM FREEZE",
    statements: ["vacuum (freeze, analyze) public.zoo_vacuumed"],
    isHarmless: true,
  },
  zoo_reinserted: {
    name: "a row deleted and inserted again as it was",
    statements: [
      "delete from public.zoo_reinserted where id = 7",
      "insert into public.zoo_reinserted values (7, 'body 7')",
    ],
    isHarmless: true,
  },
  zoo_indexed: {
    name: "an index, a comment, a grant",
    statements: [
      "create index on public.zoo_indexed (body)",
      "comment on table public.zoo_indexed is 'new'; grant select on public.zoo_indexed to anon",
    ],
    isHarmless: true,
  },
  zoo_replaced: {
    name: "a row deleted and another one inserted",
    statements: [
      "delete from public.zoo_replaced where id = 7",
      "insert into public.zoo_replaced values (7, 'another')",
    ],
  },
  zoo_frozen: {
    name: "a change, and then VACUUM FREEZE",
    statements: [
      "update public.zoo_frozen set body = 'changed' where id = 7",
      "vacuum (freeze, full) public.zoo_frozen",
      "vacuum (freeze) public.zoo_frozen",
    ],
  },
  zoo_refilled: {
    name: "TRUNCATE, and the same number of rows",
    statements: [
      `truncate public.zoo_refilled; insert into public.zoo_refilled select n, 'Body ' || n from generate_series(1, 200) as n`,
    ],
  },
  zoo_emptied: { name: "TRUNCATE", statements: ["truncate public.zoo_emptied"] },
  zoo_deleted: { name: "rows that are gone", statements: ["delete from public.zoo_deleted where id > 190"] },
  zoo_readded: {
    name: "a column dropped and added again",
    statements: ["alter table public.zoo_readded drop column body, add column body text"],
  },
  zoo_renamed: {
    name: "two columns that exchange their names",
    statements: [
      `alter table public.zoo_renamed rename extra to third; alter table public.zoo_renamed rename body to extra;
       alter table public.zoo_renamed rename third to body`,
    ],
  },
  zoo_exchanged: {
    name: "another, older table under its name",
    statements: [
      "alter table public.zoo_exchanged rename to zoo_put_away; alter table public.zoo_older rename to zoo_exchanged",
    ],
  },
  zoo_parted: {
    name: "an older partition in place of one",
    statements: [
      `alter table public.zoo_parted detach partition public.zoo_parted_1;
       alter table public.zoo_parted attach partition public.zoo_parted_older for values from (minvalue) to (100)`,
    ],
  },
};

const created = Object.keys(tricks).filter((table) => table !== "zoo_parted").map((table) => `
  create table public.${table} (id integer primary key, body text${
  table === "zoo_renamed" ? ", extra text" : ""
});
  insert into public.${table} ${table === "zoo_renamed" ? rows.replace("n, ", "n, n::text, ") : rows};`);

const older = `
  create table public.zoo_older (id integer primary key, body text);
  insert into public.zoo_older select n, 'older ' || n from generate_series(1, 200) as n;
  create table public.zoo_parted (id integer primary key, body text) partition by range (id);
  create table public.zoo_parted_1 partition of public.zoo_parted for values from (minvalue) to (100);
  create table public.zoo_parted_2 partition of public.zoo_parted for values from (100) to (maxvalue);
  create table public.zoo_parted_older (like public.zoo_parted_1 including all);
  insert into public.zoo_parted ${rows};
  insert into public.zoo_parted_older select id, 'older' from public.zoo_parted_1;`;

testInSteps("restore: what changed is found, however it is hidden", async (t) => {
  const tables = Object.keys(tricks);
  const names = tables.map(quoted);
  await withObjects([...created, older], async () => {
    const before = await dump(names);
    await withBackupOf(tables, async (backupId) => {
      for (const { statements } of Object.values(tricks)) {
        for (const statement of statements) await run(statement);
      }
      const edited = await dump(names);
      const previewed = await preview(backupId);
      for (const [table, { name, isHarmless }] of Object.entries(tricks)) {
        await t.step(name, () => {
          const found = tableIn(previewed.preview, table);
          const expected = difference(before[quoted(table)], edited[quoted(table)]);
          assert.equal(expected.insert + expected.update + expected.delete === 0, isHarmless ?? false);
          assert.deepEqual(
            [found.insert, found.update, found.delete, found.unchanged],
            [expected.insert, expected.update, expected.delete, expected.unchanged],
          );
          if (!isHarmless) assert.deepEqual([found.is_unchanged, found.is_fetched], [false, true]);
        });
      }
      await t.step("an untouched table is not fetched", () => {
        for (const table of ["zoo_same", "zoo_vacuumed"]) {
          const { is_unchanged, is_fetched } = tableIn(previewed.preview, table);
          assert.deepEqual([is_unchanged, is_fetched], [true, false], table);
        }
      });
      await t.step("all of it comes back", async () => {
        await apply(previewed);
        assert.deepEqual(await dump(names), before);
      });
    });
  });
});

testInSteps("restore: a transaction that was under way at the snapshot counts as later", async () => {
  const create = ["zoo_late", "zoo_late_bag"].map((table) => `
    create table public.${table} (id integer${table === "zoo_late" ? " primary key" : ""}, body text);
    insert into public.${table} ${rows}`);
  const names = ["zoo_late", "zoo_late_bag"].map(quoted);
  const other = postgres(stack.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await withObjects(create, async () => {
      const before = await dump(names);
      const isBackedUp = Promise.withResolvers<void>();
      const isWritten = Promise.withResolvers<void>();
      const writing = other.begin(async (transaction) => {
        await transaction`update public.zoo_late set body = 'late' where id = 7`;
        await transaction.savepoint((nested) =>
          nested`update public.zoo_late_bag set body = 'late' where id = 7`
        );
        isWritten.resolve();
        await isBackedUp.promise;
      });
      await isWritten.promise;
      await withBackupOf(["zoo_late", "zoo_late_bag"], async (backupId) => {
        isBackedUp.resolve();
        await writing;
        const previewed = await preview(backupId);
        assert.deepEqual(previewed.preview.totals, {
          insert: 1,
          update: 1,
          delete: 1,
          unchanged: 398,
          kept: 0,
        });
        await apply(previewed);
        assert.deepEqual(await dump(names), before);
      }).finally(() => isBackedUp.resolve());
    });
  } finally {
    await other.end({ timeout: 1 });
  }
});

testInSteps("restore: after a restore and after its undo, what changed is found again", async () => {
  await withObjects([`create table public.zoo_again (id integer primary key, body text);
    insert into public.zoo_again ${rows}`], async () => {
    const name = quoted("zoo_again");
    const before = await dump([name]);
    await withBackupOf(["zoo_again"], async (backupId) => {
      await run("update public.zoo_again set body = 'changed' where id <= 3");
      const edited = await dump([name]);
      const applied = await apply(await preview(backupId));

      const nothing = await preview(backupId);
      assert.deepEqual([nothing.preview.totals.update, nothing.preview.totals.unchanged], [0, 200]);
      await discard(nothing);

      await undo(applied);
      assert.deepEqual(await dump([name]), edited);
      const again = await preview(backupId);
      assert.equal(again.preview.totals.update, 3);
      await apply(again);
      assert.deepEqual(await dump([name]), before);
    });
  });
});

testInSteps("restore: a backup of another cluster is fetched, and says where it is from", async () => {
  await withObjects([`create table public.zoo_foreign (id integer primary key, body text);
    insert into public.zoo_foreign ${rows}`], async () => {
    await withBackupOf(["zoo_foreign"], async (backupId) => {
      await sql`update public.backups set snapshot = snapshot || '{"system_identifier": "1"}' where id = ${backupId}`;
      const { preview: found } = await preview(backupId);
      const { is_unchanged, is_fetched, unchanged } = tableIn(found, "zoo_foreign");
      assert.deepEqual([is_unchanged, is_fetched, unchanged], [false, true, 200]);
      assert.deepEqual([found.source.is_foreign, found.source.system_identifier], [true, "1"]);
      assert.deepEqual(found.needs, ["accept_foreign_source"]);
    });
  });
});
