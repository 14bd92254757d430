import assert from "node:assert/strict";
import { sql, stack, test } from "../_support/stack.ts";
import { release } from "../backup/_support/own_worker.ts";
import { withWorkerProcess } from "../backup/_support/worker_process.ts";
import { withBackupOf } from "./_support/archives.ts";
import { withHeldJobs } from "./_support/held_jobs.ts";
import { withObjects } from "./_support/objects.ts";
import { accepted, askForPreview, settled } from "./_support/restores.ts";

test("staging: a part that is small in the bucket and huge in clear does not fill the memory", async () => {
  const rows = 250;
  await withObjects([
    `create table public.long_texts (id integer primary key, body text);
     insert into public.long_texts select n, repeat(n::text || ' ', 400000) from generate_series(1, ${rows}) as n`,
  ], () =>
    withBackupOf(["long_texts"], async (backupId) => {
      const [largest] = await sql`
        select max(raw_bytes)::float8 / 1e6 as mb, max(stored_bytes)::float8 / 1e6 as stored
        from backup.backup_parts where backup_id = ${backupId}`;
      assert.ok(largest.mb > 200, `one part of ${largest.mb} MB in clear`);
      assert.ok(largest.stored < 20);
      await sql`delete from public.long_texts where id = 7`;

      await withHeldJobs("stage", () =>
        withWorkerProcess(stack.apiUrl, async (worker) => {
          const id = await accepted(askForPreview(backupId));
          await release(id);
          await worker.wake();
          const { status, preview, error } = await settled(id);
          assert.equal(status, "previewed", JSON.stringify(error));
          assert.equal(preview.totals.insert, 1);
          assert.equal(preview.totals.unchanged, rows - 1);
          const peak = await worker.peakMemory();
          assert.ok(peak < 200, `${Math.round(peak)} MB at most`);
        }));
    }));
});
