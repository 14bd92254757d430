import assert from "node:assert/strict";
import { withWaitingDrill } from "../_support/drills.ts";
import { sql, stack, test } from "../_support/stack.ts";
import { release } from "../backup/_support/own_worker.ts";
import { eventually } from "../backup/_support/waiting.ts";
import { withWorkerProcess, type WorkerProcess } from "../backup/_support/worker_process.ts";
import { withBackupOf } from "./_support/archives.ts";
import { withHeldJobs } from "./_support/held_jobs.ts";
import { withObjects } from "./_support/objects.ts";
import { accepted, askForPreview, settled } from "./_support/restores.ts";

const rows = 250;

/** A backup with a part that is small in the bucket and huge in clear. */
async function withHugePart(work: (backupId: string) => Promise<void>): Promise<void> {
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
      await work(backupId);
    }));
}

async function assertSmall(worker: WorkerProcess): Promise<void> {
  const peak = await worker.peakMemory();
  assert.ok(peak < 200, `${Math.round(peak)} MB at most`);
}

test("staging: a part that is small in the bucket and huge in clear does not fill the memory", async () => {
  await withHugePart(async (backupId) => {
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
        await assertSmall(worker);
      }));
  });
});

test("drill: such a part, loaded and read back, does not fill it either", async () => {
  await withHugePart((backupId) =>
    withWorkerProcess(stack.apiUrl, async (worker) => {
      const { verification } = await withWaitingDrill(backupId, async (jobId) => {
        await release(jobId);
        await worker.wake();
        await eventually("the drill has ended", async () => {
          const [{ status }] = await sql`select status from backup.jobs where job_id = ${jobId}`;
          return status === "succeeded";
        }, 60);
      });
      assert.equal(verification.status, "passed", JSON.stringify(verification.differences));
      await assertSmall(worker);
    })
  );
});
