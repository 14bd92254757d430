import assert from "node:assert/strict";
import { problem } from "../_support/api.ts";
import { sql } from "../_support/stack.ts";
import { withBackupOf } from "./_support/archives.ts";
import { type Dump, dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import {
  accepted,
  apply,
  askForPreview,
  askToApply,
  preview,
  restoreAtOnce,
  settled,
  undo,
  type Wish,
} from "./_support/restores.ts";
import { quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// Single rows, with what hangs on them and what they hang on.

/** A small alumni database: people with what they do, what hangs on that, and what it all refers to. */
const create = `
  create table public.zoo_city (id integer primary key, name text);
  create table public.zoo_alumnus (
    id uuid primary key, name text, city_id integer references public.zoo_city (id),
    mentor_id uuid references public.zoo_alumnus (id) on delete set null);
  create table public.zoo_grant (
    alumnus_id uuid references public.zoo_alumnus (id) on delete cascade, role text, primary key (alumnus_id, role));
  create table public.zoo_post (
    id bigint generated always as identity primary key, author_id uuid not null references public.zoo_alumnus (id) on delete cascade,
    reply_to bigint references public.zoo_post (id) on delete cascade, body text);
  create table public.zoo_like (
    post_id bigint references public.zoo_post (id) on delete cascade,
    alumnus_id uuid references public.zoo_alumnus (id) on delete cascade, primary key (post_id, alumnus_id));
  create table public.zoo_reunion (year integer, place text, host_id uuid references public.zoo_alumnus (id) on delete cascade, primary key (year, place));
  create table public.zoo_registration (
    alumnus_id uuid references public.zoo_alumnus (id) on delete cascade, year integer, place text,
    foreign key (year, place) references public.zoo_reunion on delete cascade, primary key (alumnus_id, year, place));
  create table public.zoo_visit (alumnus_id uuid references public.zoo_alumnus (id) on delete cascade, at date);
  insert into public.zoo_city select n, 'city ' || n from generate_series(1, 5) as n;
  insert into public.zoo_alumnus
  select zoo.id(n), 'alumnus ' || n, 1 + n % 5, case when n > 1 then zoo.id(n / 2) end from generate_series(1, 20) as n;
  insert into public.zoo_grant select zoo.id(n), unnest('{member,editor}'::text[]) from generate_series(1, 20) as n;
  insert into public.zoo_post (author_id, reply_to, body)
  select zoo.id(1 + n % 20), case when n > 20 then n - 20 end, 'post ' || n from generate_series(1, 60) as n;
  insert into public.zoo_like select n, zoo.id(1 + n % 7) from generate_series(1, 60) as n;
  insert into public.zoo_reunion select 2000 + n, 'hall', zoo.id(n) from generate_series(1, 20) as n;
  insert into public.zoo_registration select zoo.id(n), 2000 + 1 + n % 5, 'hall' from generate_series(1, 20) as n;
  insert into public.zoo_visit select zoo.id(1 + n % 20), date '2020-01-01' + n / 40 from generate_series(1, 80) as n;`;

const ids = `create function zoo.id(n integer) returns uuid language sql immutable as $$
  select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid $$`;

const tables = ["city", "alumnus", "grant", "post", "like", "reunion", "registration", "visit"]
  .map((name) => `zoo_${name}`);
const names = tables.map(quoted);

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

async function withAlumni(work: (backupId: string, before: Dump) => Promise<void>): Promise<void> {
  await withObjects([ids, create], async () => {
    const before = await dump(names);
    await withBackupOf(tables, (backupId) => work(backupId, before));
  });
}

testInSteps(
  "restore rows: a deleted alumnus comes back with everything that hung on them, by one call",
  () =>
    withAlumni(async (backupId, before) => {
      await run(`delete from public.zoo_alumnus where id = zoo.id(3)`);
      const deleted = await dump(names);
      const wish = { mode: "undelete", rows: { "public.zoo_alumnus": [id(3)] }, with_children: true };
      const restored = await restoreAtOnce(backupId, wish);
      assert.equal(restored.status, "completed", JSON.stringify(restored.error));

      const after = await dump(names);
      for (const name of names.filter((name) => name !== quoted("zoo_alumnus"))) {
        assert.deepEqual(after[name], before[name], name);
      }
      const [person] = await sql`select * from public.zoo_alumnus where id = ${id(3)}`;
      assert.deepEqual([person.name, person.mentor_id], ["alumnus 3", id(1)]);
      await undo(restored);
      assert.deepEqual(await dump(names), deleted);
    }),
);

testInSteps(
  "restore rows: what referred to them is as it was in the backup, also rows that are still there",
  () =>
    withAlumni(async (backupId, before) => {
      // ON DELETE SET NULL took their mentor from the alumni 6 and 7.
      await run(`delete from public.zoo_alumnus where id = zoo.id(3)`);
      const wish = { mode: "merge", rows: { "public.zoo_alumnus": [id(3)] }, with_children: true };
      const previewed = await preview(backupId, wish);
      assert.equal(previewed.preview.totals.delete, 0);
      await apply(previewed);
      assert.deepEqual(await dump(names), before);
    }),
);

testInSteps(
  "restore rows: without their children, but with the parents that are missing",
  () =>
    withAlumni(async (backupId) => {
      await run(`delete from public.zoo_alumnus where id in (zoo.id(6), zoo.id(3));
      update public.zoo_alumnus set city_id = 1 where city_id = 2;
      delete from public.zoo_city where id = 2`);
      const applied = await apply(await preview(backupId, { rows: { "public.zoo_alumnus": [id(6)] } }));
      const [{ found }] = await sql`
      select json_agg(json_build_array(name, city_id, mentor_id) order by id) as found
      from public.zoo_alumnus where id in (${id(6)}, ${id(3)})`;
      assert.deepEqual(found, [["alumnus 3", 4, id(1)], ["alumnus 6", 2, id(3)]], "the mentor comes along");
      assert.equal((await sql`select from public.zoo_city where id = 2`).length, 1, "and the city");
      const hanging = await sql`select from public.zoo_grant where alumnus_id in (${id(6)}, ${id(3)})`;
      assert.equal(hanging.length, 0, "no children unless asked for");
      assert.deepEqual(applied.result.totals, { inserted: 3, updated: 0, deleted: 0, skipped: 0 });
    }),
);

testInSteps(
  "restore rows: several tables, composite keys as arrays and as objects, a changed row, an untouched one",
  () =>
    withAlumni(async (backupId, before) => {
      await run(`delete from public.zoo_reunion where year in (2001, 2002);
      update public.zoo_post set body = 'changed' where id in (1, 2)`);
      const rows = {
        "zoo_reunion": [[2001, "hall"], { place: "hall", year: 2002 }],
        "public.zoo_post": [1, "2", 50],
        "zoo_registration": [[id(5), "2001", "hall"]],
      };
      const applied = await apply(await preview(backupId, { rows }));
      assert.deepEqual(applied.result.totals, { inserted: 3, updated: 2, deleted: 0, skipped: 0 });
      const after = await dump(names);
      for (const table of ["zoo_reunion", "zoo_post"]) {
        assert.deepEqual(after[quoted(table)], before[quoted(table)], table);
      }
      assert.equal(after[quoted("zoo_registration")].length, before[quoted("zoo_registration")].length - 7);
    }),
);

testInSteps(
  "restore rows: nothing is ever deleted for a choice of rows",
  () =>
    withAlumni(async (backupId) => {
      await run(
        `insert into public.zoo_post (author_id, body) select zoo.id(3), 'since then' from generate_series(1, 4);
      update public.zoo_alumnus set name = 'changed' where id = zoo.id(3)`,
      );
      const wish = { mode: "replace", rows: { zoo_alumnus: [id(3)] }, with_children: true };
      const applied = await apply(await preview(backupId, wish));
      assert.equal(applied.result.totals.deleted, 0);
      assert.equal((await sql`select from public.zoo_post where body = 'since then'`).length, 4);
      const [{ name }] = await sql`select name from public.zoo_alumnus where id = ${id(3)}`;
      assert.equal(name, "alumnus 3");
    }),
);

testInSteps(
  "restore rows: a row that the backup does not have fails, and says which",
  () =>
    withAlumni(async (backupId) => {
      const wish: Wish = { rows: { "public.zoo_alumnus": [id(3), id(77)] } };
      const failed = await settled(await accepted(askForPreview(backupId, wish)));
      assert.equal(failed.status, "failed", JSON.stringify(failed.preview));
      assert.equal(failed.error.code, "rows_not_in_backup");
      assert.match(JSON.stringify(failed.error.details), new RegExp(id(77)));
      assert.doesNotMatch(JSON.stringify(failed.error.details), new RegExp(id(3)));
    }),
);

testInSteps("restore rows: names that need quotes", () =>
  withObjects([`
    create table public."zoo.dotted" ("Id ""x""" text primary key, "select" text);
    create table public."zoo Child" (n integer primary key, "up" text references public."zoo.dotted");
    insert into public."zoo.dotted" values ('a''b', '1'), ('"', '2'), ('\\', '3');
    insert into public."zoo Child" values (1, 'a''b'), (2, '"'), (3, '\\')`], async () => {
    const both = ["zoo.dotted", "zoo Child"];
    const before = await dump(both.map(quoted));
    await withBackupOf(both, async (backupId) => {
      await run(`truncate public."zoo.dotted" cascade`);
      const rows = { "public.zoo.dotted": ["a'b", { 'Id "x"': '"' }, ["\\"]] };
      const applied = await apply(await preview(backupId, { rows, with_children: true }));
      assert.deepEqual(applied.result.totals, { inserted: 6, updated: 0, deleted: 0, skipped: 0 });
      assert.deepEqual(await dump(both.map(quoted)), before);
    });
  }));

testInSteps(
  "restore rows: what belongs to somebody else by now is not taken away",
  () =>
    withObjects([
      `create table public.zoo_mailbox (id integer primary key, email text constraint zoo_mailbox_email unique);
    insert into public.zoo_mailbox values (1, 'ada@alumni.test'), (2, 'bob@alumni.test')`,
    ], () =>
      withBackupOf(["zoo_mailbox"], async (backupId) => {
        await run(
          `delete from public.zoo_mailbox where id = 1; insert into public.zoo_mailbox values (3, 'ada@alumni.test')`,
        );
        const previewed = await preview(backupId, { rows: { zoo_mailbox: [1] } });
        const [violation] = previewed.preview.violations;
        assert.deepEqual([violation.constraint, violation.kind, violation.is_blocking], [
          "zoo_mailbox_email",
          "unique",
          true,
        ]);
        await problem(askToApply(previewed), 409, "restore_blocked");
        assert.equal((await sql`select from public.zoo_mailbox where id = 1`).length, 0);
      })),
);
