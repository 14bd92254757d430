import assert from "node:assert/strict";
import { problem } from "../_support/api.ts";
import { sql } from "../_support/stack.ts";
import { withBackupOf } from "./_support/archives.ts";
import { dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { apply, askToApply, preview, type Restore, restoreAtOnce, undo } from "./_support/restores.ts";
import { label, quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// Archives of another project, and rows whose parent lies outside the backup and is gone.

testInSteps(
  "restore: the archive of another project is applied only when that is accepted",
  () =>
    withObjects([
      `create table public.zoo_foreign (id integer primary key); insert into public.zoo_foreign values (1), (2)`,
    ], () =>
      withBackupOf(["zoo_foreign"], async (backupId) => {
        await sql`update public.backups set snapshot = snapshot || '{"system_identifier": "1"}' where id = ${backupId}`;
        await run("delete from public.zoo_foreign");
        const previewed = await preview(backupId);
        await problem(askToApply(previewed), 409, "foreign_source_not_accepted");
        await apply(previewed, { accept_foreign_source: true });
        assert.equal((await sql`select from public.zoo_foreign`).length, 2);
      })),
);

const family = `
  create table public.zoo_account (id integer primary key);
  create table public.zoo_person (id integer primary key, account_id integer constraint zoo_person_account references public.zoo_account (id) on delete cascade, name text);
  create table public.zoo_note (id integer primary key, person_id integer references public.zoo_person (id) on delete cascade);
  create table public.zoo_reply (id integer primary key, note_id integer references public.zoo_note (id) on delete cascade);
  insert into public.zoo_account select n from generate_series(1, 10) as n;
  insert into public.zoo_person select n, n, 'person ' || n from generate_series(1, 10) as n;
  insert into public.zoo_note select n, 1 + n % 10 from generate_series(1, 30) as n;
  insert into public.zoo_reply select n, n from generate_series(1, 30) as n;`;
const tables = ["zoo_person", "zoo_note", "zoo_reply"];
const names = tables.map(quoted);

testInSteps(
  "restore: orphans are named, and left out with what depends on them",
  () =>
    withObjects([family], async () => {
      const before = await dump(names);
      await withBackupOf(tables, async (backupId) => {
        // 3 is gone with its account; 4 came back without it, and stands in nobody's way; 5 was only deleted.
        await run(`delete from public.zoo_account where id in (3, 4);
        insert into public.zoo_person values (4, null, 'person 4');
        delete from public.zoo_person where id = 5;
        update public.zoo_note set person_id = 1 where id = 8`);
        const edited = await dump(names);
        const previewed = await preview(backupId);
        assert.deepEqual(previewed.preview.needs, ["skip_orphans"]);
        const [orphans] = previewed.preview.orphans.filter(({ table }: Restore) =>
          table === label("zoo_person")
        );
        assert.deepEqual([orphans.constraint, orphans.references, orphans.rows], [
          "zoo_person_account",
          label("zoo_account"),
          2,
        ]);
        assert.deepEqual(orphans.sample.map(({ id }: Restore) => id).sort(), ["3", "4"]);
        const refused = await problem(askToApply(previewed), 409, "orphans_not_accepted");
        assert.ok(refused.orphans.length > 0);
        assert.deepEqual(await dump(names), edited);

        const applied = await apply(previewed, { skip_orphans: true });
        const after = await dump(names);
        const people =
          await sql`select id, account_id from public.zoo_person where id in (3, 4, 5) order by id`;
        assert.deepEqual(people.map(({ id, account_id }) => [id, account_id]), [[4, null], [5, 5]]);
        // Notes of person 3 have no parent; those of 4 and 5 have, and so have their replies.
        assert.equal(after[quoted("zoo_note")].length, before[quoted("zoo_note")].length - 3);
        assert.equal(after[quoted("zoo_reply")].length, before[quoted("zoo_reply")].length - 3);
        assert.equal(applied.result.totals.skipped, 1 + 1 + 3 + 3);
        await undo(applied);
        assert.deepEqual(await dump(names), edited);
      });
    }),
);

testInSteps(
  "restore: without a preview, orphans make it fail unless they are to be left out",
  () =>
    withObjects([family], () =>
      withBackupOf(tables, async (backupId) => {
        await run("delete from public.zoo_account where id = 3");
        const edited = await dump(names);
        const refused = await restoreAtOnce(backupId);
        assert.deepEqual([refused.status, refused.error?.code], ["failed", "orphans_not_accepted"]);
        assert.deepEqual(await dump(names), edited);
        const applied = await restoreAtOnce(backupId, { skip_orphans: true });
        assert.equal(applied.status, "completed", JSON.stringify(applied.error));
        assert.deepEqual(await dump(names), edited);
      })),
);
