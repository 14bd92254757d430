/** Two lanes: what somebody waits for does not stand behind a long backup. */
import assert from "node:assert/strict";
import { sql, test } from "./_support/stack.ts";
import { type Fault, withFaultyStorage } from "./backup/_support/faulty_storage.ts";
import { type OwnWorker, withOwnWorker, withWaitingBackup } from "./backup/_support/own_worker.ts";
import { assertWhole } from "./backup/_support/archive.ts";
import { tinySlices, withSettings } from "./backup/_support/settings.ts";
import { queued, withHeldJobs } from "./restore/_support/held_jobs.ts";
import { readerChanges, withChangedReaders } from "./restore/_support/readers.ts";
import { accepted, askForPreview, settled } from "./restore/_support/restores.ts";

test("lanes: a preview is made while the same worker makes a long backup", async () => {
  const during = async (backupId: string, longId: string) => {
    const goOn = Promise.withResolvers<void>();
    const isThere = Promise.withResolvers<void>();
    const fault: Fault = async ({ operation, count }) => {
      if (operation !== "upload" || count < 4) return;
      isThere.resolve();
      await goOn.promise;
    };
    const work = async (worker: OwnWorker) => {
      const running = worker.run(longId);
      await isThere.promise;

      const restoreId = await accepted(askForPreview(backupId));
      await queued(restoreId, "stage");
      worker.run(restoreId);
      const restore = await settled(restoreId);
      assert.equal(restore.status, "previewed", JSON.stringify(restore.error));
      assert.deepEqual(restore.preview.totals, readerChanges);
      assert.equal((await statusOf(longId)).status, "processing");
      assert.equal(await workersOf(longId, restoreId), 1, "one worker did both");

      goOn.resolve();
      await running;
      await assertWhole(longId);
    };
    await withFaultyStorage(fault, (storageUrl) => {
      return withOwnWorker({ storageUrl, storageTimeoutMs: 60_000 }, work);
    });
  };
  await withChangedReaders((backupId) =>
    withSettings(tinySlices, () =>
      withHeldJobs("stage", () => {
        return withWaitingBackup({ tables: ["profiles"] }, (longId) => during(backupId, longId));
      }))
  );
});

async function statusOf(id: string) {
  const [backup] = await sql`select status from public.backups where id = ${id}`;
  return backup;
}

async function workersOf(backupId: string, restoreId: string): Promise<number> {
  const [{ workers }] = await sql`
    select count(distinct split_part(tried.worker_id, '/', 1))::int as workers
    from backup.job_attempts as tried join backup.jobs as job using (job_id)
    where ${backupId} = job.backup_id or ${restoreId} = job.restore_id`;
  return workers;
}
