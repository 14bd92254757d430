import assert from "node:assert/strict";
import { createLogger } from "../../../functions/_shared/logger.ts";
import { type Bucket, createBucket } from "../../../functions/_shared/storage.ts";

type Answer = Response | Error | "silence";

/** A bucket behind a storage that gives these answers, in turn. */
function bucketWith(answers: Answer[], options: { timeoutMs?: number } = {}) {
  const calls: string[] = [];
  const bucket = createBucket({
    env: {
      supabaseUrl: "https://x.test",
      publicUrl: "https://public.test",
      secretKeys: { default: "sb_secret_x" },
    },
    log: createLogger({ level: "silent" }),
    minPauseMs: 1,
    ...options,
    fetch: async (input, init) => {
      calls.push(`${init?.method ?? "GET"} ${new URL(String(input)).pathname}`);
      const answer = answers.shift();
      if (answer === "silence") {
        await new Promise((_, reject) =>
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason))
        );
      }
      if (answer instanceof Error) throw answer;
      return (answer as Response | undefined) ?? new Response("no answer was planned", { status: 418 });
    },
  });
  return { bucket, calls };
}

const failing = (status: number, body: unknown = { message: "no" }) => Response.json(body, { status });
const stored = () => Response.json({ Key: "backups/a", Id: "1" });
const bytes = new Uint8Array([1, 2, 3]);

Deno.test("storage: 500 twice, then 200", async () => {
  const { bucket, calls } = bucketWith([failing(500), failing(500), stored()]);
  await bucket.upload("a", bytes);
  assert.deepEqual(calls, Array(3).fill("POST /storage/v1/object/backups/a"));
});

Deno.test("storage: what may pass is tried again: no answer, too slow, 408, 429, 5xx", async () => {
  const passing: Answer[] = [
    new TypeError("connection refused"),
    "silence",
    failing(408),
    failing(429),
    failing(503),
  ];
  for (const first of passing) {
    const { bucket, calls } = bucketWith([first, stored()], { timeoutMs: 50 });
    await bucket.upload("a", bytes);
    assert.equal(calls.length, 2);
  }
});

Deno.test("storage: what cannot pass is not tried again", async () => {
  for (const status of [400, 401, 402, 403, 413, 507]) {
    const { bucket, calls } = bucketWith([failing(status)]);
    await assert.rejects(bucket.upload("a", bytes), { code: "storage_refused" });
    assert.equal(calls.length, 1, String(status));
  }
});

Deno.test("storage: the status that the hosted API writes into the body is the true one", async () => {
  const { bucket } = bucketWith([
    failing(400, { statusCode: "404", error: "not_found", message: "Object not found" }),
  ]);
  await assert.rejects(bucket.download("a"), { code: "part_missing" });
  const full = bucketWith([
    failing(400, { statusCode: "413", error: "Payload too large", message: "too large" }),
  ]);
  await assert.rejects(full.bucket.upload("a", bytes), { code: "storage_refused" });
});

Deno.test("storage: it gives up in the end, and says so", async () => {
  const { bucket, calls } = bucketWith(Array.from({ length: 9 }, () => failing(500)));
  await assert.rejects(bucket.upload("a", bytes), (error) => {
    const { code, members } = error as { code: string; members: unknown };
    assert.equal(code, "storage_unavailable");
    assert.deepEqual(members, { operation: "upload", storage_status: 500 });
    return true;
  });
  assert.equal(calls.length, 5);
});

Deno.test("storage: signed URLs of the hosted API", async () => {
  const { bucket, calls } = bucketWith([
    Response.json([
      { path: "x/a", signedURL: "/object/sign/backups/x/a?token=1", error: null },
      { path: "x/b", signedURL: "/object/sign/backups/x/b?token=2", error: null },
    ]),
  ]);
  assert.deepEqual(await bucket.signedUrls(["x/a", "x/b"], 60), [
    "https://public.test/storage/v1/object/sign/backups/x/a?token=1",
    "https://public.test/storage/v1/object/sign/backups/x/b?token=2",
  ]);
  assert.deepEqual(calls, ["POST /storage/v1/object/sign/backups"]);
});

Deno.test("storage: signed URLs of the local API, which cannot sign many", async () => {
  const signed = (name: string) =>
    Response.json({ signedUrl: `/storage/v1/object/sign/backups/x/${name}?token=${name}` });
  const { bucket } = bucketWith([failing(400, { statusCode: "404" }), signed("a"), signed("b")]);
  assert.deepEqual(await bucket.signedUrls(["x/a", "x/b"], 60), [
    "https://public.test/storage/v1/object/sign/backups/x/a?token=a",
    "https://public.test/storage/v1/object/sign/backups/x/b?token=b",
  ]);
});

Deno.test("storage: an object that cannot be signed is an error", async () => {
  const { bucket } = bucketWith([
    Response.json([{ path: "x/a", signedURL: null, error: "Either the object does not exist" }]),
  ]);
  await assert.rejects(bucket.signedUrls(["x/a"], 60), { code: "storage_refused" });
});

// -- the whole bucket --------------------------------------------------------------------------------------

const entry = (name: string, size: number) => ({ name, id: "1", metadata: { size } });
const folder = (name: string) => ({ name, id: null, metadata: null });

async function everythingOf(answers: Answer[]) {
  const { bucket, calls } = bucketWith(answers);
  const pages = [];
  for await (const page of bucket.everything()) pages.push(page);
  return { pages, calls };
}

Deno.test("storage: all of the bucket, as the hosted API lists it: folder by folder", async () => {
  const { pages, calls } = await everythingOf([
    Response.json([folder("a"), folder("b"), entry("stray.txt", 3), folder("")]),
    Response.json([entry("manifest.json", 7), folder("deep")]),
    Response.json([entry("x", 1)]),
    failing(503),
    Response.json([]),
  ]);
  assert.deepEqual(pages, [
    [{ path: "stray.txt", size: 3 }],
    [{ path: "b/manifest.json", size: 7 }],
    [{ path: "b/deep/x", size: 1 }],
  ]);
  assert.equal(calls.length, 5);
});

Deno.test("storage: all of the bucket, as the local API lists it: at once", async () => {
  const { pages } = await everythingOf([Response.json([entry("a/manifest.json", 7), entry("b/deep/x", 1)])]);
  assert.deepEqual(pages, [[{ path: "a/manifest.json", size: 7 }, { path: "b/deep/x", size: 1 }]]);
});

/** A folder of so many objects, and what becomes of it before each time that somebody looks. */
function longFolder(count: number, removedBefore: Record<number, (names: string[]) => string[]> = {}) {
  let names = Array.from({ length: count }, (_, index) => `x${String(index).padStart(5, "0")}`);
  let looks = 0;
  const bucket = createBucket({
    env: { supabaseUrl: "https://x.test", publicUrl: "", secretKeys: { default: "sb_secret_x" } },
    log: createLogger({ level: "silent" }),
    fetch: (_, init) => {
      names = removedBefore[++looks]?.(names) ?? names;
      const { offset, limit } = JSON.parse(String(init?.body));
      return Promise.resolve(
        Response.json(names.slice(offset, offset + limit).map((name) => entry(name, 1))),
      );
    },
  });
  return { bucket, left: () => names, looks: () => looks };
}

async function pathsOf(bucket: Bucket): Promise<string[]> {
  const paths = [];
  for await (const page of bucket.everything()) paths.push(...page.map(({ path }) => path));
  return paths;
}

Deno.test("storage: a long folder comes in pages, each object once", async () => {
  for (const count of [0, 1, 999, 1000, 1001, 1900, 1901, 4321]) {
    const { bucket, left } = longFolder(count);
    assert.deepEqual(await pathsOf(bucket), left(), String(count));
    assert.equal((await bucket.list("")).length, count);
  }
});

Deno.test("storage: nothing is overlooked because other objects are removed meanwhile", async () => {
  const first = (many: number) => (names: string[]) => names.slice(many);
  for (const many of [1, 7, 99, 100, 500, 950, 1500]) {
    const { bucket, left } = longFolder(4000, { 2: first(many), 3: first(many) });
    const paths = new Set(await pathsOf(bucket));
    assert.deepEqual(left().filter((name) => !paths.has(name)), [], `${many} are removed`);
  }
  const { bucket, left, looks } = longFolder(2000, { 2: (names) => names.slice(0, 3) });
  const paths = await pathsOf(bucket);
  assert.ok(left().every((name) => paths.includes(name)));
  assert.ok(looks() < 10);
});

Deno.test("storage: what must not be replaced is not, and a lost answer does not matter", async () => {
  const duplicate = { statusCode: "409", error: "Duplicate", message: "The resource already exists" };
  const { bucket, calls } = bucketWith([
    stored(),
    failing(409, duplicate),
    failing(400, duplicate),
    failing(500),
    failing(409, duplicate),
    failing(403),
  ]);
  const create = () => bucket.create("a", bytes, "application/json");
  for (let tries = 0; tries < 4; tries++) await create();
  assert.equal(calls.length, 5);
  await assert.rejects(create(), { code: "storage_refused" });
});

Deno.test("storage: whoever notices only now that it is too late sends nothing more", async () => {
  const reason = new Error("too late");
  let looks = 0;
  const ending = {
    get signal() {
      return ++looks > 3 ? AbortSignal.abort(reason) : new AbortController().signal;
    },
  };
  const { bucket, calls } = bucketWith(Array.from({ length: 9 }, () => failing(500)));
  await assert.rejects(bucket.until(ending).remove(["a"]), reason);
  assert.ok(calls.length <= 3, `${calls.length} calls`);
});

Deno.test("storage: whoever was called off asks nothing more, and hears why", async () => {
  const callingOff = new AbortController();
  const { bucket, calls } = bucketWith(["silence", failing(500)]);
  const reason = new Error("called off");
  const uploading = bucket.until(callingOff).upload("a", bytes);
  setTimeout(() => callingOff.abort(reason), 20);
  await assert.rejects(uploading, reason);
  await assert.rejects(bucket.until(callingOff).list("a"), reason);
  assert.equal(calls.length, 1);
});
