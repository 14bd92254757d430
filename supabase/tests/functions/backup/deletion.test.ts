import assert from "node:assert/strict";
import { call, json, problem, secret } from "../_support/api.ts";
import { bucket, gone, removeBackup, withBackup, withRow } from "../_support/backups.ts";
import { sql, test } from "../_support/stack.ts";
import { pathsOf } from "./_support/archive.ts";
import { refusal, withFaultyStorage } from "./_support/faulty_storage.ts";
import { release, requestDeletion, runWorker, wakeStack, withWaitingBackup } from "./_support/own_worker.ts";
import { tinySlices, withSettings } from "./_support/settings.ts";

test("deletion: first the manifest, then the parts, then the row", async () => {
  await withSettings(tinySlices, () =>
    withWaitingBackup({ tables: ["profiles"] }, async (id) => {
      await runWorker(id);
      await requestDeletion(id);
      const left: string[][] = [];
      await withFaultyStorage(async (request) => {
        if (request.operation !== "remove") return;
        assert.equal(
          (await sql`select from public.backups where id = ${id}`).length,
          1,
          "the row is still there",
        );
        const response = await request.forward();
        left.push(await pathsOf(id));
        return response;
      }, (storageUrl) => runWorker(id, { storageUrl }));

      assert.ok(left[0].length > 5 && !left[0].some((path) => path.endsWith("manifest.json")));
      assert.deepEqual(left.at(-1), []);
      await gone(id);
      const audited = await sql`
        select action, outcome from backup.audit_log where target = ${id} and action like '%delete%' order by audit_log_id`;
      assert.deepEqual(audited.map(({ action, outcome }) => `${action} ${outcome}`), [
        "delete succeeded",
        "backup_deleted succeeded",
      ]);
    }));
});

test("deletion: the storage is down: the row stays, says deleting, and goes when the storage is back", async () => {
  await withWaitingBackup({ tables: ["roles"] }, async (id) => {
    await runWorker(id);
    await requestDeletion(id);
    await withFaultyStorage(
      (request) => request.operation === "remove" ? refusal(503, "Unavailable") : undefined,
      (storageUrl) => runWorker(id, { storageUrl }),
    );
    const [{ status }] = await sql`select status from public.backups where id = ${id}`;
    assert.equal(status, "deleting");
    assert.ok((await pathsOf(id)).length > 0);
    await problem(call("GET", `/backups/${id}/download`, { as: secret }), 409, "not_completed");

    await json(call("DELETE", `/backups/${id}`, { as: secret }), 202);
    const jobs = await sql`select from backup.jobs where backup_id = ${id} and kind = 'purge'`;
    assert.equal(jobs.length, 1, "asked twice, done once");
    await release(id);
    await wakeStack();
    await gone(id);
    assert.deepEqual(await pathsOf(id), []);
  });
});

test("deletion: a pinned backup stays", async () => {
  await withBackup(async ({ id }) => {
    await sql`update public.backups set is_pinned = true where id = ${id}`;
    await problem(call("DELETE", `/backups/${id}`, { as: secret }), 409, "backup_in_use");
    await sql`update public.backups set is_pinned = false where id = ${id}`;
    assert.ok((await pathsOf(id)).length > 0);
  }, { tables: ["roles"] });
});

test("deletion: while it is queued it cannot go", async () => {
  await withWaitingBackup({ tables: ["roles"] }, async (id) => {
    await problem(call("DELETE", `/backups/${id}`, { as: secret }), 409, "backup_in_use");
  });
});

test("deletion: more objects than the storage lists at once", async () => {
  await withRow({ status: "failed" }, async (id) => {
    const paths = Array.from(
      { length: 1003 },
      (_, n) => `${id}/${String(n).padStart(5, "0")}-of-a-long-table.sql.gz.age`,
    );
    const waiting = paths.values();
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (const path of waiting) await bucket.upload(path, new Uint8Array([1]));
    }));
    assert.equal((await pathsOf(id)).length, paths.length, "all of them are listed");
    await removeBackup(id);
    assert.deepEqual(await pathsOf(id), []);
  });
});
