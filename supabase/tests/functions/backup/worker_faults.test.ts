import assert from "node:assert/strict";
import { ended } from "../_support/backups.ts";
import { sql, test } from "../_support/stack.ts";
import { assertFailedClean, assertWhole, pathsOf } from "./_support/archive.ts";
import { type Fault, refusal, type StorageCall, withFaultyStorage } from "./_support/faulty_storage.ts";
import {
  expireLease,
  release,
  runWorker,
  takeOver,
  wakeStack,
  withWaitingBackup,
} from "./_support/own_worker.ts";
import { onlyOnce, tinySlices, withSettings } from "./_support/settings.ts";
import { endSnapshot, endSnapshotIfThere, endSnapshotInCopy, withTable } from "./_support/tables.ts";
import { eventually } from "./_support/waiting.ts";
import { withWorkerProcess } from "./_support/worker_process.ts";

const tables = ["profiles"];

// -- keys ------------------------------------------------------------------------------------------------

const badRecipients: Record<string, { ageRecipients: string; code: string; tells: RegExp }> = {
  "is missing": { ageRecipients: "", code: "recipients_missing", tells: /not set/ },
  "is no recipient": { ageRecipients: "age1nonsense", code: "recipients_invalid", tells: /Entry 1 of 1/ },
  "is the secret half": {
    ageRecipients: "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ",
    code: "recipients_invalid",
    tells: /identity/,
  },
};

for (const [name, { ageRecipients, code, tells }] of Object.entries(badRecipients)) {
  test(`worker: a recipient that ${name} is refused before anything is read`, async () => {
    await withWaitingBackup({ tables }, async (id) => {
      await runWorker(id, { env: { ageRecipients } });
      const { message } = await assertFailedClean(id, code);
      assert.match(message, /BACKUP_AGE_RECIPIENTS/);
      assert.match(message, tells);
      assert.doesNotMatch(message, /SECRET-KEY-1/);
      const [{ started_at }] = await sql`select started_at from public.backups where id = ${id}`;
      assert.equal(started_at, null, "nothing half done");
    });
  });
}

test("worker: of several recipients one is wrong: it says which", async () => {
  await withWaitingBackup({ tables }, async (id) => {
    const good = Deno.env.get("BACKUP_AGE_RECIPIENTS");
    await runWorker(id, { env: { ageRecipients: `${good}, age1wrong` } });
    const { message } = await assertFailedClean(id, "recipients_invalid");
    assert.match(message, /Entry 2 of 2/);
  });
});

// -- the connection of the snapshot ------------------------------------------------------------------------

// Later ones may be read already, and need it no more.
for (const count of [1, 2]) {
  test(`worker: its snapshot is ended while part ${count} is stored: failed, never a wrong archive`, async () => {
    await backupOver(async (call) => {
      if (call.operation === "upload" && call.count === count) await endSnapshot();
    }, (id) => assertFailedClean(id, "database_unavailable"));
  });
}

test("worker: its snapshot is ended in the middle of a COPY", async () => {
  await withTable(
    `create table public.test_long (body text);
     alter table public.test_long alter body set storage external;
     insert into public.test_long select repeat(md5(n::text), 3000) from generate_series(1, 800) as n`,
    "test_long",
    () =>
      withSettings(onlyOnce, () =>
        withWaitingBackup({ tables: ["test_long"] }, async (id) => {
          await Promise.all([runWorker(id), endSnapshotInCopy()]);
          await assertFailedClean(id, "database_unavailable");
        })),
  );
});

// -- a worker that dies ----------------------------------------------------------------------------------

test("worker: killed in the middle; when its lease has run out another one completes the backup", async () => {
  await withSettings(
    { ...tinySlices, job_lease_seconds: 4 },
    () =>
      withWaitingBackup({ tables }, async (id) => {
        await killedAtUpload(4, id);
        await eventually("it left something", async () => (await pathsOf(id)).length > 0);
        await wakeStack();
        assert.equal((await jobOf(id)).attempt_count, 1, "not before the lease has run out");
        // It waits for that by itself.
        await ended(id);
        assert.equal((await jobOf(id)).attempt_count, 2);
        await assertWhole(id);
      }),
  );
});

test("worker: killed each time; after the last one the backup fails and is cleared up", async () => {
  await withSettings(
    { ...tinySlices, job_max_attempts: 2 },
    () =>
      withWaitingBackup({ tables }, async (id) => {
        await killedAtUpload(3, id);
        await expireLease(id);
        await killedAtUpload(5, id);
        await expireLease(id);
        await wakeStack();
        const purge = async () => {
          const [job] = await sql`select status, run_after > now() as waits from backup.jobs
                                where backup_id = ${id} and kind = 'purge'`;
          return job;
        };
        await eventually("given up", async () => await purge() !== undefined);
        assert.equal((await purge()).waits, true, "until the silent worker must have noticed");
        await release(id);
        await wakeStack();
        await eventually("purged", async () => (await purge()).status === "succeeded");
        const { message, hint } = await assertFailedClean(id, "worker_lost");
        assert.match(message, /attempt 2/);
        assert.match(hint ?? "", /backup-worker/);
      }),
  );
});

// -- a worker that is slow, and was thought dead -----------------------------------------------------------

const slowness: Record<string, Parameters<typeof overtaken>[0]> = {
  "its upload arrives at last": (call) => call.forward(),
  "the storage refuses it at last": () => Promise.resolve(refusal(403, "Forbidden")),
  "its snapshot is gone when it goes on": async () => {
    await endSnapshotIfThere();
    return refusal(403, "Forbidden");
  },
};

for (const [name, late] of Object.entries(slowness)) {
  test(`worker: overtaken by another, it stops and spoils nothing: ${name}`, async () => {
    await overtaken(late);
  });
}

test("worker: overtaken while the other one still works: both write, one archive is whole", async () => {
  await withSettings(tinySlices, () =>
    withWaitingBackup({ tables }, async (id) => {
      const heldBack = Promise.withResolvers<void>();
      const isHeld = Promise.withResolvers<void>();
      const first: Fault = async (call) => {
        if (call.operation !== "upload" || call.count < 4) return;
        isHeld.resolve();
        await heldBack.promise;
        // It is stored, but what it meant to report is not wanted any more.
        return await call.forward();
      };
      await withFaultyStorage(first, async (storageUrl) => {
        const running = runWorker(id, { storageUrl, storageTimeoutMs: 30_000 });
        await isHeld.promise;
        const second: Fault = async (call) => {
          if (call.operation !== "upload" || call.count !== 6) return;
          heldBack.resolve();
          await running;
        };
        await withFaultyStorage(second, (url) => runWorker(id, { storageUrl: url, takesOver: true }));
      });
      await assertWhole(id);
    }));
});

test("worker: overtaken at the very manifest, it does not replace the one of the completed backup", async () => {
  await overtaken((call) => call.forward(), (call) => call.path.endsWith("/manifest.json"));
});

/** One worker hangs in an upload, another completes the backup, then the first one goes on. */
async function overtaken(
  late: (call: StorageCall) => Promise<Response>,
  isHeldBack = (call: StorageCall) => call.count >= 4,
): Promise<void> {
  await withSettings(tinySlices, () =>
    withWaitingBackup({ tables }, async (id) => {
      const goOn = Promise.withResolvers<void>();
      const isHeld = Promise.withResolvers<void>();
      const fault: Fault = async (call) => {
        if (call.operation !== "upload" || !isHeldBack(call)) return;
        isHeld.resolve();
        await goOn.promise;
        return await late(call);
      };
      await withFaultyStorage(fault, async (storageUrl) => {
        const slow = runWorker(id, { storageUrl, storageTimeoutMs: 30_000 });
        await isHeld.promise;
        await takeOver(id);
        assert.equal((await ended(id)).status, "completed");
        goOn.resolve();
        await slow;
      });
      // What arrived late lies beside the archive, and goes when that goes.
      await assertWhole(id, "maybe strays");
      const failures =
        await sql`select from backup.audit_log where target = ${id} and action = 'backup_failed'`;
      assert.equal(failures.length, 0);
    }));
}

function backupOver(fault: Fault, look: (id: string) => Promise<unknown>): Promise<void> {
  return withSettings(
    { ...tinySlices, ...onlyOnce },
    () =>
      withWaitingBackup({ tables }, (id) =>
        withFaultyStorage(fault, async (storageUrl) => {
          await runWorker(id, { storageUrl });
          await look(id);
        })),
  );
}

/** A worker of its own takes the job and is killed while this upload is under way. */
async function killedAtUpload(count: number, id: string): Promise<void> {
  const isThere = Promise.withResolvers<void>();
  const fault: Fault = async (call) => {
    if (call.operation !== "upload" || call.count < count) return;
    isThere.resolve();
    return await call.never();
  };
  await withFaultyStorage(fault, (storageUrl) =>
    withWorkerProcess(storageUrl, async (worker) => {
      await release(id);
      await worker.wake();
      await isThere.promise;
      await worker.kill();
    }));
}

async function jobOf(id: string) {
  const [job] = await sql`select * from backup.jobs where backup_id = ${id} and kind = 'backup'`;
  return job;
}
