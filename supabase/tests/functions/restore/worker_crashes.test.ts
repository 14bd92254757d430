/** A worker that dies or loses its job, at any moment: live data is all before or all after, and nothing is left lying. */
import assert from "node:assert/strict";
import { json } from "../_support/api.ts";
import { sql, stack, test } from "../_support/stack.ts";
import { type Fault, withFaultyStorage } from "../backup/_support/faulty_storage.ts";
import { expireLease, release, runWorker, takeOver, wakeStack } from "../backup/_support/own_worker.ts";
import { onlyOnce, withSettings } from "../backup/_support/settings.ts";
import { eventually } from "../backup/_support/waiting.ts";
import { withWorkerProcess } from "../backup/_support/worker_process.ts";
import { stagedTables } from "./_support/archives.ts";
import { readerChanges, readers, readersOfBackup } from "./_support/readers.ts";
import {
  accepted,
  askToApply,
  askToDiscard,
  getRestore,
  type Restore,
  settled,
} from "./_support/restores.ts";
import { slowRows, whileApplying, whileStaging } from "./_support/waiting_restores.ts";

// -- while staging -----------------------------------------------------------------------------------------

test("crash: killed while staging; another worker starts anew, and counts no row twice", async () => {
  await whileStaging(async (id) => {
    await killedAtDownload(5, id);
    assert.ok((await getRestore(id)).progress.parts_done >= 1, "it had begun");
    await expireLease(id);
    await wakeStack();
    const restore = await settled(id);
    assert.equal(restore.status, "previewed", JSON.stringify(restore.error));
    assert.deepEqual(restore.preview.totals, readerChanges);
    await applied(restore);
  });
});

test("crash: killed each time; after the last one the restore has failed, and nothing stays behind", async () => {
  await withSettings({ job_max_attempts: 2 }, () =>
    whileStaging(async (id) => {
      const before = await readers();
      await killedAtDownload(4, id);
      await expireLease(id);
      await killedAtDownload(6, id);
      await expireLease(id);
      await wakeStack();
      const restore = await settled(id);
      assert.equal(restore.status, "failed");
      assert.equal(restore.error.code, "worker_lost");
      await noneStaged();
      assert.equal(await readers(), before);
    }));
});

test("crash: overtaken while staging, it stops and spoils nothing", async () => {
  await whileStaging(async (id) => {
    const goOn = Promise.withResolvers<void>();
    const isHeld = Promise.withResolvers<void>();
    const fault: Fault = async ({ operation, count }) => {
      if (operation !== "download" || count < 5) return;
      isHeld.resolve();
      await goOn.promise;
    };
    await withFaultyStorage(fault, async (storageUrl) => {
      const slow = runWorker(id, { storageUrl, storageTimeoutMs: 30_000 });
      await isHeld.promise;
      await eventually("what it has is staged", async () => (await getRestore(id)).progress.parts_done === 3);
      await expireLease(id);
      await wakeStack();
      const restore = await settled(id);
      goOn.resolve();
      await slow;
      assert.deepEqual(restore.preview.totals, readerChanges);
      assert.equal((await getRestore(id)).status, "previewed", "the late one reports no failure");
      await applied(restore);
    });
  });
});

test("crash: its connection is ended while it stages, and while it compares", async () => {
  for (const purpose of ["staging", "compare restore"]) {
    await withSettings(onlyOnce, () =>
      whileStaging(async (id) => {
        const before = await readers();
        const running = runWorker(id, purpose === "staging" ? {} : { storageTimeoutMs: 10_000 });
        await Promise.all([running, endConnection(purpose)]);
        const restore = await settled(id);
        assert.equal(restore.status, "failed");
        assert.equal(restore.error.code, "database_unavailable", JSON.stringify(restore.error));
        assert.equal(await readers(), before);
        await noneStaged();
      }));
  }
});

test("crash: discarded while it is being staged, the worker stops and nothing stays behind", async () => {
  await whileStaging(async (id) => {
    const isHeld = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const fault: Fault = async ({ operation, count }) => {
      if (operation !== "download" || count < 5) return;
      isHeld.resolve();
      await goOn.promise;
    };
    await withFaultyStorage(fault, async (storageUrl) => {
      const running = runWorker(id, { storageUrl, storageTimeoutMs: 30_000 });
      await isHeld.promise;
      const { restore } = await json(askToDiscard({ id }), 202);
      assert.equal(restore.status, "discarded");
      goOn.resolve();
      await running;
    });
    assert.equal((await getRestore(id)).status, "discarded");
    await sql`select backup.sweep_restores()`;
    await noneStaged();
  });
});

// -- while applying ----------------------------------------------------------------------------------------

test("crash: killed while applying: all as before; then another worker does all of it", async () => {
  await whileApplying(async (restore) => {
    const before = await readers();
    await withWorkerProcess(stack.apiUrl, async (worker) => {
      await release(restore.id);
      await worker.wake();
      await isWriting();
      await worker.kill();
    });
    await eventually("the server has noticed", async () => !await isApplying());
    assert.equal(await readers(), before);
    assert.equal((await getRestore(restore.id)).status, "applying");

    await expireLease(restore.id);
    await wakeStack();
    await assertApplied(restore.id);
  }, slowRows);
});

test("crash: the connection is ended while applying, for the last time: it has failed, all as before", async () => {
  await withSettings(onlyOnce, () =>
    whileApplying(async (restore) => {
      const before = await readers();
      const running = runWorker(restore.id);
      await isWriting();
      await endConnection("apply restore");
      await running;
      const failed = await settled(restore.id);
      assert.equal(failed.status, "failed");
      assert.equal(failed.error.code, "database_unavailable", JSON.stringify(failed.error));
      assert.equal(await readers(), before);
      await noneStaged();
    }, slowRows));
});

test("crash: the connection is ended while applying: it is tried again, and done once", async () => {
  await whileApplying(async (restore) => {
    const before = await readers();
    const running = runWorker(restore.id);
    await isWriting();
    await endConnection("apply restore");
    await running;
    assert.equal(await readers(), before);
    assert.equal((await getRestore(restore.id)).status, "applying");
    await release(restore.id);
    await wakeStack();
    await assertApplied(restore.id);
  }, slowRows);
});

test("crash: killed between the restore and the report of it: done once, and said once", async () => {
  await whileApplying(async (restore) => {
    await sql.begin(async (transaction) => {
      await transaction`lock table backup.notifications in exclusive mode`;
      await withWorkerProcess(stack.apiUrl, async (worker) => {
        await release(restore.id);
        await worker.wake();
        await isIn("conclude restore", "Lock");
        await worker.kill();
      });
      assert.equal(await readers(), await readersOfBackup(), "it is applied");
      assert.equal((await getRestore(restore.id)).status, "applying", "and not yet concluded");
    });
    await expireLease(restore.id);
    await wakeStack();
    await assertApplied(restore.id);
    const audited = await sql`
      select from backup.audit_log where target = ${restore.id} and action = 'restore_completed'`;
    assert.equal(audited.length, 1);
  });
});

test("crash: its connection is ended while it concludes: the restore has not failed", async () => {
  await whileApplying(async (restore) => {
    await Promise.all([runWorker(restore.id), endConnection("conclude restore")]);
    await release(restore.id);
    await wakeStack();
    await assertApplied(restore.id);
  });
});

test("crash: overtaken while applying, only one of the two restores", async () => {
  await whileApplying(async (restore) => {
    const slow = runWorker(restore.id);
    await isWriting();
    await takeOver(restore.id);
    await slow;
    await assertApplied(restore.id);
  }, slowRows);
});

test("crash: somebody holds the table: it fails in time, and says what to do", async () => {
  await withSettings({ lock_timeout_seconds: 1 }, () =>
    whileApplying(async (restore) => {
      const before = await readers();
      await sql.begin(async (transaction) => {
        await transaction`lock table public.readers in row exclusive mode`;
        await release(restore.id);
        await wakeStack();
        const failed = await settled(restore.id);
        assert.equal(failed.status, "failed");
        assert.equal(failed.error.code, "restore_lock_timeout", JSON.stringify(failed.error));
        assert.match(failed.error.hint, /Nothing was changed/);
      });
      assert.equal(await readers(), before);
      await noneStaged();
    }));
});

// -- helpers -----------------------------------------------------------------------------------------------

async function applied(restore: Restore): Promise<void> {
  await accepted(askToApply(restore));
  await assertApplied(restore.id);
}

async function assertApplied(id: string): Promise<void> {
  const restore = await settled(id);
  assert.equal(restore.status, "completed", JSON.stringify(restore.error));
  assert.equal(await readers(), await readersOfBackup());
  await noneStaged();
}

async function noneStaged(): Promise<void> {
  await eventually("nothing is staged", async () => (await stagedTables()).length === 0);
}

/** A worker of its own takes the job and is killed while this download is under way. */
async function killedAtDownload(count: number, id: string): Promise<void> {
  const isThere = Promise.withResolvers<void>();
  const fault: Fault = async (call) => {
    if (call.operation !== "download" || call.count < count) return;
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

async function isApplying(): Promise<boolean> {
  const sessions = await sql`
    select from pg_stat_activity
    where datname = current_database() and application_name = 'backup-worker apply restore' and state = 'active'`;
  return sessions.length > 0;
}

/** Until the restore is in the midst of writing rows. */
function isWriting(): Promise<void> {
  return isIn("apply restore", "Timeout");
}

async function isIn(purpose: string, wait: "Lock" | "Timeout"): Promise<void> {
  await eventually(`${purpose} waits (${wait})`, async () => {
    const sessions = await sql`
      select from pg_stat_activity
      where datname = current_database() and application_name = ${`backup-worker ${purpose}`}
        and wait_event_type = ${wait}`;
    return sessions.length > 0;
  });
}

/** The server looks every millisecond: some sessions are short. */
async function endConnection(purpose: string): Promise<void> {
  await sql.unsafe(`do $do$
    begin
      for look in 1 .. 20000 loop
        perform pg_stat_clear_snapshot();
        perform pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'backup-worker ${purpose}' and state = 'active';
        if found then
          return;
        end if;
        perform pg_sleep(0.001);
      end loop;
      raise exception 'there was no such session';
    end $do$`);
}
