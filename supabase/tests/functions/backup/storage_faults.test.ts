import assert from "node:assert/strict";
import { bucket } from "../_support/backups.ts";
import { sql, test } from "../_support/stack.ts";
import { assertFailed, assertFailedClean, assertWhole, pathsOf } from "./_support/archive.ts";
import {
  brokenOff,
  type Fault,
  refusal,
  type StorageCall,
  withFaultyStorage,
} from "./_support/faulty_storage.ts";
import { release, runWorker, wakeStack, withWaitingBackup } from "./_support/own_worker.ts";
import { onlyOnce, tinySlices, withSettings } from "./_support/settings.ts";
import { eventually } from "./_support/waiting.ts";

const tables = ["profiles"];

/** A backup of many parts, made over this storage at the first attempt or not at all. */
function backupOver(fault: Fault, look: (id: string, storageUrl: string) => Promise<void>): Promise<void> {
  return withSettings(
    { ...tinySlices, ...onlyOnce },
    () =>
      withWaitingBackup({ tables }, (id) =>
        withFaultyStorage(fault, async (storageUrl) => {
          await runWorker(id, { storageUrl });
          await look(id, storageUrl);
        })),
  );
}

const isUpload = (call: StorageCall, ...counts: number[]) =>
  call.operation === "upload" && counts.includes(call.count);

const passing: Record<string, Fault> = {
  "answers 500 twice, then 200": (call) => isUpload(call, 1, 2) ? refusal(500, "Internal") : undefined,
  "answers 502 with a page of HTML": (call) =>
    isUpload(call, 3) ? new Response("<h1>Bad gateway</h1>", { status: 502 }) : undefined,
  "asks to slow down (429)": (call) =>
    isUpload(call, 2, 3) ? refusal(429, "Too many requests", { "retry-after": "1" }) : undefined,
  "hangs": (call) => isUpload(call, 2) ? call.never() : undefined,
  "breaks off in the middle of its answer": (call) => isUpload(call, 2) ? brokenOff() : undefined,
  "stores, and its answer gets lost": async (call) => {
    if (!isUpload(call, 3)) return;
    await (await call.forward()).body?.cancel();
    return brokenOff();
  },
  "stores half of it and breaks off": async (call) => {
    if (!isUpload(call, 3)) return;
    await (await call.forward(call.body.slice(0, call.body.length / 2))).body?.cancel();
    return brokenOff();
  },
  "does not answer when asked what it has": (call) =>
    call.operation === "list" && call.count === 1 ? refusal(503, "Unavailable") : undefined,
  "stores the manifest, and its answer gets lost": (() => {
    let tries = 0;
    return async (call: StorageCall) => {
      if (!call.path.endsWith("/manifest.json") || call.operation !== "upload" || ++tries > 1) return;
      await (await call.forward()).body?.cancel();
      return brokenOff();
    };
  })(),
  "does not take the manifest at first": (() => {
    let tries = 0;
    return (call: StorageCall) =>
      call.path.endsWith("/manifest.json") && ++tries < 3 ? refusal(500, "Internal") : undefined;
  })(),
};

for (const [name, fault] of Object.entries(passing)) {
  test(`storage ${name}: the backup is completed and whole`, async () => {
    await backupOver(fault, (id) => assertWhole(id));
  });
}

const refusing: Record<string, { fault: Fault; code: string; tells: RegExp }> = {
  "is full (507)": {
    fault: (call) =>
      call.operation === "upload" && call.count > 3 ? refusal(507, "Insufficient storage") : undefined,
    code: "storage_refused",
    tells: /space/,
  },
  "takes no object of this size (413)": {
    fault: (call) =>
      isUpload(call, 2) ? refusal(413, "The object exceeded the maximum allowed size") : undefined,
    code: "storage_refused",
    tells: /size/,
  },
  "takes no manifest": {
    fault: (call) => call.path.endsWith("/manifest.json") ? refusal(403, "Forbidden") : undefined,
    code: "storage_refused",
    tells: /bucket/,
  },
  "answers every upload with 500": {
    fault: (call) => call.operation === "upload" && call.count > 2 ? refusal(500, "Internal") : undefined,
    code: "storage_unavailable",
    tells: /again/,
  },
  "says 200 and keeps nothing": {
    fault: (call) => isUpload(call, 3) ? Response.json({ Key: call.path }) : undefined,
    code: "part_missing",
    tells: /storage/,
  },
  "says 200 and keeps half": {
    fault: (call) => isUpload(call, 3) ? call.forward(call.body.slice(0, call.body.length / 2)) : undefined,
    code: "part_missing",
    tells: /storage/,
  },
  "loses an object after a while": {
    fault: async (call) => {
      if (isUpload(call, 6)) await bucket.remove([await partPath(call.path, 1)]);
    },
    code: "part_missing",
    tells: /storage/,
  },
};

for (const [name, { fault, code, tells }] of Object.entries(refusing)) {
  test(`storage ${name}: the backup fails, says why, and leaves no object`, async () => {
    await backupOver(fault, async (id) => {
      const { message, hint } = await assertFailedClean(id, code);
      assert.match(`${message} ${hint}`, tells);
    });
  });
}

test("storage is full: it is told once, not asked again and again", async () => {
  let refused = 0;
  await backupOver((call) => {
    if (call.operation !== "upload") return;
    refused++;
    return refusal(507, "Insufficient storage");
  }, async (id) => {
    await assertFailedClean(id, "storage_refused");
    assert.ok(refused <= 4, `at most the parts that were in flight, not ${refused}`);
  });
});

test("storage is down: the backup fails; a purge waits until the storage is back", async () => {
  await withSettings(onlyOnce, () =>
    withWaitingBackup({ tables }, async (id) => {
      const storageUrl = "http://127.0.0.1:9";
      await runWorker(id, { storageUrl });
      await assertFailed(id, "storage_unavailable");
      await purgedOnceWell(id, storageUrl);
    }));
});

test("storage is down at first: the backup waits, is tried again, and is whole", async () => {
  await withWaitingBackup({ tables }, async (id) => {
    await runWorker(id, { storageUrl: "http://127.0.0.1:9" });
    const [waiting] = await sql`
      select backup.status, backup.error ->> 'code' as code, job.status as job, job.attempt_count as attempts,
             extract(epoch from job.run_after - clock_timestamp())::int as pause
      from public.backups as backup join backup.jobs as job on job.backup_id = backup.id where backup.id = ${id}`;
    assert.deepEqual([waiting.status, waiting.code], ["queued", "storage_unavailable"]);
    assert.deepEqual([waiting.job, waiting.attempts], ["queued", 1]);
    assert.ok(waiting.pause > 5 && waiting.pause <= 10, `in ${waiting.pause} s`);

    await runWorker(id);
    await assertWhole(id);
    const attempts = await sql`
      select tried.error ->> 'code' as code, tried.ended_at is not null as ended
      from backup.job_attempts as tried join backup.jobs as job using (job_id)
      where job.backup_id = ${id} order by tried.attempt`;
    assert.deepEqual(attempts.map(({ code, ended }) => [code, ended]), [["storage_unavailable", true], [
      null,
      true,
    ]]);
  });
});

test("storage goes down half-way: what it holds is purged when it is back", async () => {
  const fault: Fault = (call) => {
    const isDown = call.count > 3 || call.operation !== "upload";
    return isDown ? refusal(503, "Service unavailable") : undefined;
  };
  await backupOver(fault, async (id, storageUrl) => {
    await assertFailed(id, "storage_unavailable");
    assert.ok((await pathsOf(id)).length > 0, "it could not clear up");
    await purgedOnceWell(id, storageUrl);
    assert.deepEqual(await pathsOf(id), []);
    const [{ status }] = await sql`select status from public.backups where id = ${id}`;
    assert.equal(status, "failed", "the row stays, and says why");
  });
});

test("storage says it removed what it kept: the purge does not believe it", async () => {
  const fault: Fault = (call) => {
    if (call.operation === "remove") return Response.json([]);
    if (isUpload(call, 4)) return refusal(403, "Forbidden");
  };
  await backupOver(fault, async (id, storageUrl) => {
    await assertFailed(id, "storage_refused");
    await purgedOnceWell(id, storageUrl);
    assert.deepEqual(await pathsOf(id), []);
  });
});

/** The purge is tried with the storage as it is, and goes on waiting; later the stack's worker finds it well. */
async function purgedOnceWell(id: string, storageUrl: string): Promise<void> {
  const purge = async () => {
    const [job] = await sql`
      select status, error from backup.jobs where backup_id = ${id} and kind = 'purge'`;
    return job;
  };
  assert.equal((await purge())?.status, "queued");
  await runWorker(id, { storageUrl });
  const { status, error } = await purge();
  assert.deepEqual([status, error.code], ["queued", "storage_unavailable"]);
  await release(id);
  await wakeStack();
  await eventually("purged", async () => (await purge()).status === "succeeded");
}

/** The path of another part of the same archive. */
async function partPath(path: string, ordinal: number): Promise<string> {
  const id = path.slice(0, path.indexOf("/"));
  const [part] =
    await sql`select object_path from backup.backup_parts where backup_id = ${id} and ordinal = ${ordinal}`;
  return part.object_path;
}
