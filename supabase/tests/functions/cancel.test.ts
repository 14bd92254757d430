/** Calling off: a backup or a drill stops at once, leaves nothing, and is in nobody's way. */
import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { ended, withBackup, withRow } from "./_support/backups.ts";
import { scratchTables, withWaitingDrill } from "./_support/drills.ts";
import { sql, test } from "./_support/stack.ts";
import { assertFailedClean, pathsOf } from "./backup/_support/archive.ts";
import { type Fault, withFaultyStorage } from "./backup/_support/faulty_storage.ts";
import { release, runWorker, wakeStack, withWaitingBackup } from "./backup/_support/own_worker.ts";
import { tinySlices, withSettings } from "./backup/_support/settings.ts";
import { eventually } from "./backup/_support/waiting.ts";
import { withOpenTransaction } from "./restore/_support/obstacles.ts";

const tables = ["profiles"];

/** A worker hears of it at its next beat, which comes every second. */
const quickBeats = { ...tinySlices, job_lease_seconds: 3 };

const cancel = (id: string) => call("POST", `/backups/${id}/cancel`, { as: secret });

async function assertCancelled(id: string): Promise<void> {
  const { backup } = await json(cancel(id), 202);
  assert.equal(backup.status, "failed");
  assert.equal(backup.error.code, "cancelled");
}

/** Whatever the worker had stored is purged when it must have noticed. */
async function assertPurged(id: string): Promise<void> {
  await release(id);
  await wakeStack();
  await eventually("its objects are removed", async () => (await pathsOf(id)).length === 0);
  await assertFailedClean(id, "cancelled");
}

async function jobsOf(id: string): Promise<Record<string, string>> {
  const jobs = await sql`select kind, status from backup.jobs where backup_id = ${id}`;
  return Object.fromEntries(jobs.map(({ kind, status }) => [kind, status]));
}

/** Until the work on it has begun, then never again an answer to an upload. */
function hungUpload(): { fault: Fault; isThere: Promise<void>; uploads: () => number } {
  const isThere = Promise.withResolvers<void>();
  let uploads = 0;
  return {
    isThere: isThere.promise,
    uploads: () => uploads,
    fault: async ({ operation, count, never }) => {
      if (operation !== "upload") return;
      uploads++;
      if (count < 4) return;
      isThere.resolve();
      return await never();
    },
  };
}

test("cancel: a backup that waits", async () => {
  await withWaitingBackup({ tables }, async (id) => {
    await assertCancelled(id);
    await assertFailedClean(id, "cancelled");
    assert.deepEqual(await jobsOf(id), { backup: "cancelled" }, "there is nothing to purge");
    await problem(cancel(id), 409, "not_cancellable");
    await runWorker(id);
    assert.deepEqual(await jobsOf(id), { backup: "cancelled" });
  });
});

test("cancel: a backup that is being stored: its worker stops, though the storage never answers", async () => {
  await withSettings(quickBeats, () =>
    withWaitingBackup({ tables }, async (id) => {
      const { fault, isThere, uploads } = hungUpload();
      await withFaultyStorage(fault, async (storageUrl) => {
        const running = runWorker(id, { storageUrl, storageTimeoutMs: 600_000, takesOthers: false });
        await isThere;
        await assertCancelled(id);
        assert.equal((await jobsOf(id)).backup, "cancelled");
        // Another one need not wait for this one's end.
        await withBackup(async () => {}, { tables: ["roles"] });
        await running;
        assert.ok(uploads() <= 5, `${uploads()} uploads`);
      });
      await problem(cancel(id), 409, "not_cancellable");
      await assertPurged(id);
    }));
});

test("cancel: a backup in the midst of a statement, which ends with it", async () => {
  const sessions = () =>
    sql`select from pg_stat_activity
        where datname = current_database() and application_name = 'backup-worker snapshot' and wait_event_type = 'Lock'`;
  await withSettings(
    { ...quickBeats, lock_timeout_seconds: 600 },
    () =>
      withWaitingBackup(
        { tables },
        (id) =>
          withOpenTransaction("lock table public.profiles in access exclusive mode", async () => {
            const running = runWorker(id);
            await eventually("it waits for its lock", async () => (await sessions()).length > 0);
            await assertCancelled(id);
            await running;
            await eventually("nobody waits any more", async () => (await sessions()).length === 0);
            await assertPurged(id);
          }),
      ),
  );
});

test("cancel: a drill; the backup stays as good as it was", async () => {
  await withSettings(quickBeats, () =>
    withBackup(async ({ id }) => {
      const isThere = Promise.withResolvers<void>();
      const fault: Fault = async ({ operation, count, never }) => {
        if (operation !== "download" || count < 4) return;
        isThere.resolve();
        return await never();
      };
      await withFaultyStorage(fault, async (storageUrl) => {
        const { verification, verified_at, job } = await withWaitingDrill(id, async (jobId) => {
          const running = runWorker(jobId, { storageUrl, storageTimeoutMs: 600_000 });
          await isThere.promise;
          const { backup } = await json(cancel(id), 202);
          assert.equal(backup.status, "completed");
          await running;
        });
        assert.equal(job.status, "cancelled");
        assert.deepEqual([verification, verified_at], [null, null]);
      });
      // What the worker held while it was called off is the sweep's.
      await sql`select backup.sweep_drills()`;
      assert.deepEqual(await scratchTables(), []);
      assert.equal((await ended(id)).status, "completed");
      await problem(cancel(id), 409, "not_cancellable");
    }, { tables }));
});

test("cancel: what has ended, or never was", async () => {
  await withBackup(async ({ id }) => {
    const { status } = await problem(cancel(id), 409, "not_cancellable");
    assert.equal(status, 409);
  }, { tables: ["roles"] });
  await withRow({ status: "failed" }, async (id) => {
    await problem(cancel(id), 409, "not_cancellable");
  });
  await problem(cancel(crypto.randomUUID()), 404, "backup_not_found");
});
