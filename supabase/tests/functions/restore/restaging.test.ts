/** Values that do not fit their live column are met in the midst of a COPY, in many parts at once. */
import assert from "node:assert/strict";
import { sql, test } from "../_support/stack.ts";
import { tinySlices, withSettings } from "../backup/_support/settings.ts";
import { withBackupOf } from "./_support/archives.ts";
import { withObjects } from "./_support/objects.ts";
import { preview } from "./_support/restores.ts";

const objects = [
  "create domain zoo.grade as integer",
  `create table public.exams (id integer primary key, grade zoo.grade, note text);
   insert into public.exams select n, n % 7, md5(n::text) from generate_series(1, 1500) as n;
   create table public.rooms (id integer primary key, note text);
   insert into public.rooms select n, md5(n::text) from generate_series(1, 1500) as n`,
];

test("restaging: a domain has become narrower; every part is staged again, and other tables are not disturbed", async () => {
  await withObjects(
    objects,
    () =>
      withSettings(tinySlices, () =>
        withBackupOf(["exams", "rooms"], async (backupId) => {
          await sql.unsafe(`
          delete from public.exams where id > 100;
          delete from public.rooms where id > 100;
          alter domain zoo.grade add constraint grade_is_low check (value < 6) not valid`);
          const { preview: { tables, blocking, totals } } = await preview(backupId);
          const [exams, rooms] = ["public.exams", "public.rooms"].map((name) =>
            tables.find(({ table }: { table: string }) => table === name)
          );
          assert.equal(exams.backup_rows, 1500);
          const [note] = exams.drift.filter(({ kind }: { kind: string }) => kind === "value_does_not_fit");
          assert.equal(note.column, "grade");
          assert.equal(note.is_blocking, true);
          assert.ok(note.sample.length > 0 && note.sample.length <= 10);
          assert.deepEqual(blocking.map(({ table }: { table: string }) => table), ["public.exams"]);
          assert.equal(rooms.insert, 1400);
          assert.equal(rooms.unchanged, 100);
          assert.ok(totals.insert >= 1400);
        })),
  );
});
