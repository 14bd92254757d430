import assert from "node:assert/strict";
import { readArchive } from "../../../functions/backups/archive.ts";
import { AppError } from "../../../functions/_shared/errors.ts";
import { sha256 } from "../../../functions/_shared/sha256.ts";
import type { Bucket } from "../../../functions/_shared/storage.ts";

/** Parts that are "encrypted" by turning every bit, in a bucket that counts what is held at once. */
async function archiveOf(
  parts: string[],
  change: { bytes?: Record<string, Uint8Array<ArrayBuffer>>; size?: number } = {},
) {
  const objects = new Map(parts.map((text, index) => [`x/${index}`, turned(new TextEncoder().encode(text))]));
  const described = await Promise.all([...objects].map(async ([path, bytes]) => ({
    name: path.slice(2),
    path,
    stored_bytes: bytes.length,
    stored_sha256: await sha256(bytes),
  })));
  for (const [path, bytes] of Object.entries(change.bytes ?? {})) objects.set(path, bytes);

  const fetched: string[] = [];
  const failures: unknown[] = [];
  const download = (path: string) => {
    fetched.push(path);
    const bytes = objects.get(path);
    if (!bytes || bytes.length === 0) return Promise.reject(new AppError("part_missing", "gone"));
    return Promise.resolve(bytes);
  };
  const archive = {
    backup_id: "x",
    filename: "x",
    size: change.size ?? parts.join("").length,
    parts: described,
  };
  return {
    fetched,
    failures,
    open: () =>
      readArchive(archive, {
        bucket: { download } as unknown as Bucket,
        decrypt: (bytes) => Promise.resolve(turned(bytes as Uint8Array<ArrayBuffer>)),
        onFailure: (error) => failures.push(error),
      }),
  };
}

function turned(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.map((byte) => byte ^ 0xff);
}

const text = (stream: ReadableStream<Uint8Array>) =>
  new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text();

Deno.test("archive: the parts in order, as one stream", async () => {
  const { open, failures } = await archiveOf(["one ", "two ", "three"]);
  assert.equal(await text(await open()), "one two three");
  assert.deepEqual(failures, []);
});

Deno.test("archive: nothing is fetched far ahead of a slow reader", async () => {
  const { open, fetched } = await archiveOf(["a", "b", "c", "d", "e"]);
  const reader = (await open()).getReader();
  assert.deepEqual(fetched, ["x/0"]);
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(fetched, ["x/0", "x/1"]);
  await reader.cancel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(fetched, ["x/0", "x/1"], "a reader who has gone costs no more");
});

Deno.test("archive: a first part that is wrong is an error before anything is sent", async () => {
  const missing = await archiveOf(["a", "b"], { bytes: { "x/0": new Uint8Array() } });
  await assert.rejects(missing.open(), { code: "part_missing" });
  const changed = await archiveOf(["a", "b"], { bytes: { "x/0": new Uint8Array([1]) } });
  await assert.rejects(changed.open(), { code: "part_corrupt" });
});

Deno.test("archive: a later part that is wrong breaks the stream", async () => {
  const { open, failures } = await archiveOf(["a", "b", "c"], { bytes: { "x/1": new Uint8Array([1]) } });
  await assert.rejects(text(await open()), { code: "part_corrupt" });
  assert.equal(failures.length, 1);
});

Deno.test("archive: another length than was promised breaks the stream", async () => {
  for (const size of [2, 4]) {
    const { open, failures } = await archiveOf(["a", "b", "c"], { size });
    await assert.rejects(text(await open()), { code: "part_corrupt" });
    assert.equal(failures.length, 1);
  }
});
