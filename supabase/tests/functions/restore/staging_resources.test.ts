/** What a restore takes while it stages: memory that does not grow with the data, and progress that can be seen. */
import assert from "node:assert/strict";
import { sql, stack, test } from "../_support/stack.ts";
import { partsOf } from "../backup/_support/archive.ts";
import { withFaultyStorage } from "../backup/_support/faulty_storage.ts";
import { release, runWorker } from "../backup/_support/own_worker.ts";
import { pause } from "../backup/_support/waiting.ts";
import { withWorkerProcess } from "../backup/_support/worker_process.ts";
import { withBackupOf } from "./_support/archives.ts";
import { withHeldJobs } from "./_support/held_jobs.ts";
import { withObjects } from "./_support/objects.ts";
import { withChangedReaders } from "./_support/readers.ts";
import { accepted, askForPreview, getRestore, type Restore, settled } from "./_support/restores.ts";

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
      assert.ok((await partsOf(backupId)).length > 0);
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

test("staging: everybody can see how far it is", async () => {
  await withChangedReaders((backupId) =>
    withHeldJobs("stage", async () => {
      const id = await accepted(askForPreview(backupId));
      const total = (await partsOf(backupId)).filter(({ table }) => table !== null).length;
      await withFaultyStorage(async ({ operation }) => {
        if (operation === "download") await pause(150);
      }, async (storageUrl) => {
        const seen: Restore[] = [];
        const running = runWorker(id, { storageUrl });
        let isOver = false;
        running.finally(() => isOver = true);
        while (!isOver) {
          seen.push(await getRestore(id));
          await pause(100);
        }
        await running;
        const staging = seen.filter(({ phase }) => phase === "staging");
        const done = staging.map(({ progress }) => progress.parts_done ?? 0);
        assert.ok(new Set(done).size >= 4, `seen ${done}`);
        assert.deepEqual(done, done.toSorted((a, b) => a - b));
        for (const { progress } of staging.filter(({ progress }) => progress.parts_done > 0)) {
          assert.equal(progress.parts_total, total);
          assert.ok(progress.percent >= 0 && progress.percent < 100);
          assert.ok(progress.rows > 0 && progress.raw_bytes > 0);
        }
      });
      assert.equal((await settled(id)).status, "previewed");
    })
  );
});
