import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { call, problem, secret } from "./_support/api.ts";
import { auditOf, bucket, withBackup, withRow } from "./_support/backups.ts";
import { sql, test } from "./_support/stack.ts";

test("download: the clear archive, with its name and exact size", async () => {
  await withBackup(async ({ id, filename, clear_size }) => {
    const response = await call("GET", `/backups/${id}/download`, { as: secret });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/gzip");
    assert.equal(response.headers.get("content-length"), String(clear_size));
    assert.equal(response.headers.get("content-disposition"), `attachment; filename=${filename}`);
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.match(filename, /^alumni-backup-[\dTZ-]+\.sql\.gz$/);

    const script = gunzipSync(new Uint8Array(await response.arrayBuffer())).toString();
    const [{ count }] = await sql`select count(*)::int from public.profiles`;
    const rows = /copy public\.profiles [^\n]*\n([\s\S]*?\n)\\\.\n/.exec(script)![1];
    assert.equal(rows.split("\n").length - 1, count);
    assert.deepEqual(await auditOf(response), [{ action: "download", outcome: "succeeded", target: id }]);
  });
});

test("download: HEAD tells the same of it, and opens none", async () => {
  await withBackup(async ({ id, filename, clear_size }) => {
    const response = await call("HEAD", `/backups/${id}/download`, { as: secret });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-length"), String(clear_size));
    assert.equal(response.headers.get("content-disposition"), `attachment; filename=${filename}`);
    assert.deepEqual(await auditOf(response), []);
  }, { tables: ["roles"] });
});

test("download: as a Blob for those who ask for one", async () => {
  await withBackup(async ({ id }) => {
    const headers = { accept: "application/octet-stream" };
    const response = await call("GET", `/backups/${id}/download`, { as: secret, headers });
    await response.body?.cancel();
    assert.equal(response.headers.get("content-type"), "application/octet-stream");
  }, { tables: ["roles"] });
});

test("download: only what is completed", async () => {
  for (const status of ["failed", "blocked", "processing", "deleting"]) {
    await withRow({ status, kind: "safety" }, async (id) => {
      const response = await call("GET", `/backups/${id}/download`, { as: secret });
      await problem(response, 409, "not_completed");
      assert.deepEqual(await auditOf(response), [{ action: "download", outcome: "failed", target: id }]);
      assert.equal((await call("HEAD", `/backups/${id}/download`, { as: secret })).status, 409);
    });
  }
});

test("download: a first part that was changed in the bucket is an error", async () => {
  await withBackup(async ({ id }) => {
    const [first] = await parts(id);
    const bytes = await bucket.download(first);
    bytes[bytes.length - 1] ^= 1;
    await bucket.upload(first, bytes);
    const response = await call("GET", `/backups/${id}/download`, { as: secret });
    await problem(response, 500, "part_corrupt");
  }, { tables: ["roles"] });
});

test("download: a later part that was changed or is missing breaks the connection", async () => {
  await withBackup(async ({ id, clear_size }) => {
    const paths = await parts(id);
    assert.ok(paths.length >= 3);
    const last = paths[paths.length - 1];
    const bytes = await bucket.download(last);
    bytes[0] ^= 1;
    await bucket.upload(last, bytes);
    await expectBroken(id, clear_size);

    await bucket.remove([last]);
    await expectBroken(id, clear_size);
  }, { tables: ["roles"] });
});

test("download: a first part that is gone is an error", async () => {
  await withBackup(async ({ id }) => {
    await bucket.remove((await parts(id)).slice(0, 1));
    await problem(call("GET", `/backups/${id}/download`, { as: secret }), 500, "part_missing");
  }, { tables: ["roles"] });
});

/** The answer begins well; it must not end as if it were whole. */
async function expectBroken(id: string, size: number): Promise<void> {
  const response = await call("GET", `/backups/${id}/download`, { as: secret });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-length"), String(size));
  await assert.rejects(response.arrayBuffer());
  const deadline = Date.now() + 5_000;
  for (;;) {
    const entries = await auditOf(response);
    if (entries.some(({ outcome }) => outcome === "failed")) return;
    assert.ok(Date.now() < deadline, "the failure is audited");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function parts(id: string): Promise<string[]> {
  const rows =
    await sql`select object_path from backup.backup_parts where backup_id = ${id} order by ordinal`;
  return rows.map((row) => row.object_path);
}
