import assert from "node:assert/strict";
import { sql } from "../_support/stack.ts";
import { withBackupOf } from "./_support/archives.ts";
import { run, tryOut, withObjects } from "./_support/objects.ts";
import { apply, preview, type Restore } from "./_support/restores.ts";
import { roundTrip } from "./_support/round_trip.ts";
import { testInSteps } from "./_support/steps.ts";
import { sequences } from "./zoo/sequences.ts";

testInSteps("restore: after it, and after its undo, the first insert works", (t) => roundTrip(t, sequences));

testInSteps(
  "restore: a sequence that another table shares goes beyond the values of both",
  () =>
    withObjects([`
    create sequence public.zoo_shared;
    create table public.zoo_first (id integer primary key default nextval('public.zoo_shared'));
    create table public.zoo_second (id integer primary key default nextval('public.zoo_shared'));
    insert into public.zoo_first select from generate_series(1, 10);
    insert into public.zoo_second select from generate_series(1, 10)`], () =>
      withBackupOf(["zoo_first"], async (backupId) => {
        await run("truncate public.zoo_first; insert into public.zoo_second values (35)");
        const previewed = await preview(backupId);
        assert.deepEqual(previewed.preview.sequences, [], "it stands beyond the values that come back");
        await apply(previewed);
        await tryOut(
          "insert into public.zoo_first default values; insert into public.zoo_second default values",
        );
      })),
);

testInSteps(
  "restore: a sequence that moves is in preview and result, and never goes back",
  () =>
    withObjects([`
    create table public.zoo_moved (id integer generated always as identity primary key);
    insert into public.zoo_moved select from generate_series(1, 10)`], () =>
      withBackupOf(["zoo_moved"], async (backupId) => {
        await run("truncate public.zoo_moved restart identity");
        const restored = await apply(await preview(backupId));
        for (const { sequences } of [restored.preview, restored.result]) {
          const [{ from, to, column }] = sequences.filter((move: Restore) =>
            move.table === "public.zoo_moved"
          );
          assert.deepEqual([from, to, column], [1, 11, "id"]);
        }
        await run(
          "alter sequence public.zoo_moved_id_seq restart with 500; delete from public.zoo_moved where id = 3",
        );
        await apply(await preview(backupId));
        const [{ next }] = await sql`select nextval('public.zoo_moved_id_seq')::int as next`;
        assert.equal(next, 500);
      })),
);
