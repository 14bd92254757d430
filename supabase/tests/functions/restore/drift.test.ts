import assert from "node:assert/strict";
import { problem } from "../_support/api.ts";
import { sql } from "../_support/stack.ts";
import { withBackupOf } from "./_support/archives.ts";
import { dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { apply, askToApply, preview, type Restore, undo } from "./_support/restores.ts";
import { tableIn } from "./_support/round_trip.ts";
import { label, quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// The schema went on since the backup.

interface Drift {
  columns?: string;
  values: string;
  change: string;
  /** As the preview names it. */
  kind: string;
  column: string | null;
  /** Of what is in the way: the keys of the first rows. */
  rows?: string[];
  /** The drift is a note; what it makes of the rows is a violation of this kind. */
  violation?: string;
}

const passing: Record<string, Drift> = {
  zoo_column_gone: {
    columns: "old text",
    values: "'old ' || n",
    change: "alter table public.zoo_column_gone drop column old",
    kind: "column_gone",
    column: "old",
  },
  zoo_column_new: {
    columns: "body text",
    values: "'body'",
    change:
      "alter table public.zoo_column_new add column fresh text not null default 'fresh'; update public.zoo_column_new set fresh = 'written since'",
    kind: "column_new",
    column: "fresh",
  },
  zoo_widened: {
    columns: "number integer",
    values: "n",
    change: "alter table public.zoo_widened alter number type bigint",
    kind: "type_changed",
    column: "number",
  },
  zoo_to_text: {
    columns: "at date",
    values: "date '2020-01-01' + n",
    change: "alter table public.zoo_to_text alter at type text",
    kind: "type_changed",
    column: "at",
  },
  zoo_not_null: {
    columns: "body text",
    values: "'body'",
    change: "alter table public.zoo_not_null alter body set not null",
    kind: "not_null_added",
    column: "body",
  },
};

/** Types that hold the old values in another way: converted, they are what is there. */
const retyped: Record<string, [from: string, to: string, values: string]> = {
  zoo_char: ["char(3)", "varchar(10)", "'a' || n"],
  zoo_whole: ["numeric(10,2)", "integer", "n"],
  zoo_scale: ["numeric(10,2)", "numeric(12,4)", "n * 1.5"],
  zoo_json: ["json", "jsonb", `'{"b": 1,  "a": [1.0, null], "b": 2}'::json`],
  zoo_moment: ["timestamp", "timestamptz", "timestamp '2020-01-01 10:00' + make_interval(days => n)"],
  zoo_array: ["integer[]", "text[]", "array[n, null]"],
  zoo_domain_text: ["text", "zoo.short", "'x' || n"],
};
for (const [table, [from, to, values]] of Object.entries(retyped)) {
  passing[table] = {
    columns: `value ${from}`,
    values,
    change: `alter table public.${table} alter value type ${to}`,
    kind: "type_changed",
    column: "value",
  };
}
passing.zoo_key_widened = {
  values: "",
  change: "alter table public.zoo_key_widened alter id type bigint",
  kind: "type_changed",
  column: "id",
};

const blocking: Record<string, Drift> = {
  zoo_narrowed: {
    columns: "number text",
    values: "case when n = 3 then 'many' else n::text end",
    change:
      "update public.zoo_narrowed set number = '0' where id = 3; alter table public.zoo_narrowed alter number type integer using number::integer",
    kind: "value_does_not_fit",
    column: "number",
    rows: ["3"],
  },
  zoo_domain: {
    columns: "number zoo.anything",
    values: "n - 3",
    change:
      "update public.zoo_domain set number = 1; alter domain zoo.anything add constraint positive check (value > -2)",
    kind: "value_does_not_fit",
    column: "number",
    rows: ["1"],
  },
  zoo_enum: {
    columns: "colour zoo.colour",
    values: "case when n = 2 then 'red' else 'blue' end::zoo.colour",
    change: "alter type zoo.colour rename value 'red' to 'crimson'",
    kind: "value_does_not_fit",
    column: "colour",
    rows: ["2"],
  },
  zoo_nulls: {
    columns: "body text",
    values: "case when n > 1 then 'body' end",
    change:
      "update public.zoo_nulls set body = 'filled' where body is null; alter table public.zoo_nulls alter body set not null",
    kind: "not_null_added",
    column: "body",
    rows: ["1"],
    violation: "not_null",
  },
  zoo_no_default: {
    values: "",
    change:
      "delete from public.zoo_no_default where id = 2; alter table public.zoo_no_default add column wanted text; update public.zoo_no_default set wanted = 'x'; alter table public.zoo_no_default alter wanted set not null",
    kind: "not_null_column_new",
    column: "wanted",
    rows: ["2"],
    violation: "not_null",
  },
  zoo_table_gone: {
    values: "",
    change: "drop table public.zoo_table_gone",
    kind: "table_gone",
    column: null,
  },
};

const creation = (drifts: Record<string, Drift>) =>
  Object.entries(drifts).map(([table, { columns, values }]) => `
    create table public.${table} (id integer primary key${columns ? `, ${columns}` : ""});
    insert into public.${table} select n${values ? `, ${values}` : ""} from generate_series(1, 5) as n;`);
const types = `create domain zoo.anything as integer; create type zoo.colour as enum ('red', 'blue');
  create domain zoo.short as text check (length(value) < 9);`;

testInSteps("restore: drift that can be lived with is a note", async (t) => {
  const tables = Object.keys(passing);
  await withObjects([types, ...creation(passing)], () =>
    withBackupOf(tables, async (backupId) => {
      for (const { change } of Object.values(passing)) {
        await run(`set timezone = 'UTC'; ${change}; reset timezone`);
      }
      for (const table of tables) await run(`delete from public.${table} where id = 2`);
      await run("create table public.zoo_table_new (id integer)");
      const edited = await dump(tables.map(quoted));
      const previewed = await preview(backupId);
      for (const [table, { kind, column }] of Object.entries(passing)) {
        await t.step(`${kind} (${table})`, () => {
          const drift = tableIn(previewed.preview, table).drift;
          const found = drift.find((entry: Restore) => entry.kind === kind && entry.column === column);
          assert.ok(found, JSON.stringify(drift));
          assert.equal(found.is_blocking, false);
          assert.ok(found.message.includes(column!), found.message);
          const { insert, update, delete: gone } = tableIn(previewed.preview, table);
          assert.deepEqual([insert, update, gone], [1, 0, 0], "what is only held otherwise has not changed");
        });
      }
      await t.step("tables that the backup does not have", () => {
        assert.ok(previewed.preview.new_tables.includes(label("zoo_table_new")));
      });
      const applied = await apply(previewed);
      await t.step("a column that is gone is left out", async () => {
        assert.equal((await sql`select from public.zoo_column_gone`).length, 5);
      });
      await t.step("a new column keeps its values, and has its default on rows that come back", async () => {
        const rows = await sql`select id, fresh, body from public.zoo_column_new order by id`;
        assert.deepEqual(rows.map(({ fresh }) => fresh), [
          "written since",
          "fresh",
          ...Array(3).fill("written since"),
        ]);
        assert.equal(rows[1].body, "body");
      });
      await t.step("values of another type are converted", async () => {
        const [{ number }] = await sql`select number::text as number from public.zoo_widened where id = 2`;
        const [{ at }] = await sql`select at from public.zoo_to_text where id = 2`;
        assert.deepEqual([number, at], ["2", "2020-01-03"]);
      });
      await undo(applied);
      assert.deepEqual(await dump(tables.map(quoted)), edited);
    }));
});

testInSteps("restore: drift that cannot be lived with blocks, and names column and rows", async (t) => {
  const tables = Object.keys(blocking);
  await withObjects([types, ...creation(blocking)], () =>
    withBackupOf(tables, async (backupId) => {
      for (const { change } of Object.values(blocking)) await run(change);
      const names = tables.filter((table) => table !== "zoo_table_gone").map(quoted);
      const edited = await dump(names);
      const previewed = await preview(backupId, { tables });
      for (const [table, { kind, column, rows, violation }] of Object.entries(blocking)) {
        await t.step(`${kind} (${table})`, () => {
          const drift = tableIn(previewed.preview, table).drift;
          const noted = drift.find((entry: Restore) => entry.kind === kind && entry.column === column);
          assert.ok(noted, JSON.stringify(drift));
          const found = violation === undefined ? noted : previewed.preview.violations
            .find((entry: Restore) => entry.table === label(table) && entry.kind === violation);
          assert.equal(found?.is_blocking, true, JSON.stringify(previewed.preview.violations));
          if (rows) assert.deepEqual(found.sample.map((row: Restore) => row.key?.id ?? row.id), rows);
        });
      }
      await problem(askToApply(previewed), 409, "restore_blocked");
      assert.deepEqual(await dump(names), edited);
    }));
});

testInSteps(
  "restore: a key that has changed since is a note, and rows are matched by the new one",
  () =>
    withObjects(
      [`create table public.zoo_rekeyed (id integer primary key, code text not null, body text);
    insert into public.zoo_rekeyed select n, 'code ' || n, 'body' from generate_series(1, 5) as n`],
      async () => {
        const before = await dump([quoted("zoo_rekeyed")]);
        await withBackupOf(["zoo_rekeyed"], async (backupId) => {
          await run(`alter table public.zoo_rekeyed drop constraint zoo_rekeyed_pkey, add primary key (code);
        update public.zoo_rekeyed set id = id + 10; delete from public.zoo_rekeyed where code = 'code 3'`);
          const previewed = await preview(backupId);
          const found = tableIn(previewed.preview, "zoo_rekeyed");
          assert.ok(
            found.drift.some(({ kind, is_blocking }: Restore) => kind === "key_changed" && !is_blocking),
          );
          assert.deepEqual([found.insert, found.update, found.delete], [1, 4, 0]);
          await apply(previewed);
          const after = await dump([quoted("zoo_rekeyed")]);
          const texts = (rows: { text: string }[]) => rows.map(({ text }) => text).sort();
          assert.deepEqual(texts(after[quoted("zoo_rekeyed")]), texts(before[quoted("zoo_rekeyed")]));
        });
      },
    ),
);

testInSteps(
  "restore: rows land in the right partition, however the table is partitioned now",
  () =>
    withObjects([
      `
    create table public.zoo_repartitioned (id integer primary key, body text) partition by range (id);
    create table public.zoo_repartitioned_1 partition of public.zoo_repartitioned for values from (0) to (50);
    create table public.zoo_repartitioned_2 partition of public.zoo_repartitioned for values from (50) to (100);
    insert into public.zoo_repartitioned select n, 'row' from generate_series(0, 99) as n;
    create table public.zoo_flattened (id integer primary key, body text) partition by list (body);
    `.replace(
        "id integer primary key, body text) partition by list",
        "id integer, body text) partition by list",
      ) + `
    create table public.zoo_flattened_1 partition of public.zoo_flattened default;
    insert into public.zoo_flattened select n, 'row' from generate_series(1, 10) as n`,
    ], async () => {
      const names = ["zoo_repartitioned", "zoo_flattened"].map(quoted);
      const before = await dump(names);
      await withBackupOf(["zoo_repartitioned", "zoo_flattened"], async (backupId) => {
        await run(`
        alter table public.zoo_repartitioned detach partition public.zoo_repartitioned_1;
        drop table public.zoo_repartitioned_2;
        create table public.zoo_repartitioned_a partition of public.zoo_repartitioned for values from (0) to (20);
        create table public.zoo_repartitioned_b partition of public.zoo_repartitioned for values from (20) to (1000);
        insert into public.zoo_repartitioned values (5, 'other'), (500, 'new');
        drop table public.zoo_flattened;
        create table public.zoo_flattened (id integer, body text);
        insert into public.zoo_flattened values (3, 'row'), (4, 'new')`);
        const edited = await dump(names);
        const previewed = await preview(backupId);
        const found = tableIn(previewed.preview, "zoo_repartitioned");
        assert.deepEqual([found.insert, found.update, found.delete], [99, 1, 1]);
        const applied = await apply(previewed);
        assert.deepEqual(await dump(names), before);
        assert.equal((await sql`select from public.zoo_repartitioned_a`).length, 20);
        await undo(applied);
        assert.deepEqual(await dump(names), edited);
      });
    }),
);
