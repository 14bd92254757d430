/** Rescans: the catalogue comes back from the bucket alone, and what the two disagree about is told. */
import assert from "node:assert/strict";
import { call, json, secret } from "./_support/api.ts";
import { type Backup, bucket, withBackup } from "./_support/backups.ts";
import { drill } from "./_support/drills.ts";
import { sql, test } from "./_support/stack.ts";
import { partsOf } from "./backup/_support/archive.ts";
import { decode } from "./backup/_support/forgery.ts";
import { withTable } from "./backup/_support/tables.ts";
import { eventually } from "./backup/_support/waiting.ts";
import { discard, preview } from "./restore/_support/restores.ts";

// deno-lint-ignore no-explicit-any -- as SQL answers it; the tests assert what they need of it
type Result = any;

/** A rescan as an administrator asks for it, which takes unknown archives into the catalogue. */
async function rescan(): Promise<Result> {
  const { job } = await json(call("POST", "/backups/rescan", { as: secret, body: {} }), 202);
  return await resultOf(job.id);
}

/** The daily one, which only looks. */
async function inventory(): Promise<Result> {
  const [{ id }] = await sql`select backup.enqueue_rescan(false) as id`;
  await sql`select backup.wake_worker()`;
  return await resultOf(id);
}

async function resultOf(jobId: string): Promise<Result> {
  let job: Result;
  await eventually("the rescan has ended", async () => {
    [job] = await sql`select status, result, error from backup.jobs where job_id = ${jobId}`;
    return !["queued", "running"].includes(job.status);
  }, 60);
  assert.equal(job.status, "succeeded", JSON.stringify(job.error));
  const left = await sql`select from backup.found_objects where job_id = ${jobId}`;
  assert.equal(left.length, 0, "what it saw is forgotten");
  return job.result;
}

/** As if the database had been lost, but not the bucket. */
async function forget({ id }: Backup): Promise<void> {
  await sql`delete from public.backups where id = ${id}`;
}

async function rowOf({ id }: Backup) {
  const [row] = await sql`
    select status, kind, filename, notes, created_at, completed_at, tables, record_counts, row_count, file_size,
           clear_size, part_count, manifest_sha256, verified_at
    from public.backups where id = ${id}`;
  return row;
}

/** Objects that are gone again after the work. */
async function withObjectsInBucket(
  objects: Record<string, string | Uint8Array<ArrayBuffer>>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    for (const [path, content] of Object.entries(objects)) {
      await bucket.upload(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
    }
    await work();
  } finally {
    await bucket.remove(Object.keys(objects));
  }
}

// -- import ----------------------------------------------------------------------------------------------------

test("rescan: the catalogue comes back from the bucket, and what it says can be proved and restored", async () => {
  await withBackup(async (backup) => {
    const before = await rowOf(backup);
    const parts = await partsOf(backup.id);
    await forget(backup);
    const { imported, orphans, missing } = await rescan();
    assert.deepEqual(imported, [backup.id]);
    assert.deepEqual([about(orphans, backup), about(missing, backup)], [[], []]);

    const { kind, completed_at, ...after } = await rowOf(backup);
    assert.equal(kind, "imported");
    assert.ok(completed_at <= before.completed_at);
    assert.deepEqual({ ...after, kind: before.kind, completed_at: before.completed_at }, { ...before });
    assert.deepEqual(await partsOf(backup.id), parts);

    const { verification } = await drill(backup.id);
    assert.equal(verification.status, "passed", JSON.stringify(verification.differences));
    assert.equal(verification.rows, Number(before.row_count));
    await discard(await preview(backup.id));
    const downloaded = await call("GET", `/backups/${backup.id}/download`, { as: secret });
    assert.equal((await downloaded.arrayBuffer()).byteLength, backup.clear_size);
  }, { notes: "to be forgotten" });
});

test("rescan: several at once, and again: what is known stays as it is", async () => {
  await withBackup(async (first) => {
    await withBackup(async (second) => {
      await forget(first);
      await forget(second);
      const { imported } = await rescan();
      assert.deepEqual(imported.sort(), [first.id, second.id].sort());
      assert.deepEqual((await rescan()).imported, []);
    }, { tables: ["roles"] });
  }, { tables: ["roles"] });
});

test("rescan: the daily one takes nothing into the catalogue, and says what is there", async () => {
  await withBackup(async (backup) => {
    const { objects } = await inventory();
    assert.ok(objects > 1);
    await forget(backup);
    const { imported, orphans } = await inventory();
    assert.deepEqual(imported, []);
    const [orphan] = about(orphans, backup);
    assert.equal(orphan.has_manifest, true);
    assert.ok(orphan.objects > 1 && orphan.bytes > 0);
    assert.deepEqual((await rescan()).imported, [backup.id]);
  }, { tables: ["roles"] });
});

// -- differences -----------------------------------------------------------------------------------------------

test("rescan: what is missing, and what is not of its size", async () => {
  await withBackup(async (backup) => {
    const [first, second] = await partsOf(backup.id);
    const whole = await bucket.download(second.path);
    await bucket.remove([first.path, `${backup.id}/manifest.json`]);
    await bucket.upload(second.path, whole.slice(0, 10));
    const missing = about((await inventory()).missing, backup);
    assert.deepEqual(
      missing.map(({ path, found_bytes }: Result) => [path, found_bytes]),
      [[first.path, null], [second.path, 10], [`${backup.id}/manifest.json`, null]].sort(),
    );
    assert.equal(missing.find(({ path }: Result) => path === second.path).expected_bytes, whole.length);
  }, { tables: ["profiles"] });
});

test("rescan: what belongs to nobody", async () => {
  const stranger = crypto.randomUUID();
  await withBackup(async (backup) => {
    await withObjectsInBucket({
      [`${stranger}/00000.sql.gz.age`]: "left behind",
      [`${stranger}/deep/down`]: "and more",
      [`${backup.id}/stray.txt`]: "beside an archive",
      "at-the-top.txt": "in no folder",
    }, async () => {
      const { orphans, broken } = await rescan();
      const of = (folder: string) => orphans.find((orphan: Result) => orphan.folder === folder);
      assert.deepEqual(of(stranger), { folder: stranger, objects: 2, bytes: 19, has_manifest: false });
      assert.deepEqual(of(backup.id), { folder: backup.id, objects: 1, bytes: 17, has_manifest: false });
      assert.equal(of("at-the-top.txt").objects, 1);
      assert.deepEqual(broken.filter(({ folder }: Result) => folder === stranger), []);
    });
  }, { tables: ["roles"] });
});

test("rescan: a difference is told once, not every day", async () => {
  const told = async () => (await sql`select from backup.notifications where kind = 'bucket_differs'`).length;
  await inventory();
  const before = await told();
  await withObjectsInBucket({ [`${crypto.randomUUID()}/x`]: "left behind" }, async () => {
    await inventory();
    assert.equal(await told(), before + 1);
    await inventory();
    assert.equal(await told(), before + 1);
  });
});

// -- broken manifests ------------------------------------------------------------------------------------------

type Manifest = Result;

/** What somebody may have done to a manifest; the text as it is, or a change of it. */
const breakages: Record<string, string | Uint8Array<ArrayBuffer> | ((manifest: Manifest) => void)> = {
  "is empty": "",
  "is no JSON": "not a manifest",
  "is cut short": '{"format": 1, "tables": [',
  "is a list": "[]",
  "is null": "null",
  "is a number": "1e1000000",
  "holds a NUL": "{\0}",
  "holds an escaped NUL": '{"format": 1, "id": "\\u0000"}',
  "holds half a character": '{"format": 1, "id": "\\ud800"}',
  "is not UTF-8": new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
  "nests too deep": "[".repeat(100_000),
  "is far too large": `[${" ".repeat(17 * 1024 * 1024)}]`,
  "is of another format": (manifest) => manifest.format = 2,
  "is of a format that is text": (manifest) => manifest.format = "1",
  "is of another backup": (manifest) => manifest.id = crypto.randomUUID(),
  "has an id that is none": (manifest) => manifest.id = "x",
  "has no parts": (manifest) => manifest.parts = [],
  "has parts that are no list": (manifest) => manifest.parts = { 0: manifest.parts[0] },
  "has parts that are nothing": (manifest) => manifest.parts = [null],
  "has no tables": (manifest) => delete manifest.tables,
  "has tables without columns": (manifest) => manifest.tables[0].columns = "all",
  "lacks a part": (manifest) => manifest.parts.splice(1, 1),
  "has a part twice": (manifest) => manifest.parts.push({ ...manifest.parts[1] }),
  "has a part of negative size": (manifest) => manifest.parts[1].stored_bytes = -1,
  "has a part of another size": (manifest) => manifest.parts[1].stored_bytes += 1,
  "has a part of more bytes than there are": (manifest) => manifest.parts[1].stored_bytes = 1e300,
  "has a part that is not there": (manifest) => manifest.parts[1].path = `${manifest.id}/elsewhere`,
  "has a part without a sum": (manifest) => manifest.parts[1].stored_sha256 = "abc",
  "counts other rows": (manifest) => manifest.tables[0].rows += 1,
  "has a part of a table that it does not name": (manifest) => manifest.parts[1].table = 99,
  "has times that are none": (manifest) => manifest.created_at = "yesterday, perhaps",
  "has a table twice": (manifest) => manifest.tables.push(manifest.tables[0]),
};

test("rescan: whatever a manifest is like, it is told, and the others are taken", async () => {
  await withBackup(async (good) => {
    const folders = new Map<string, string>();
    const objects: Record<string, string | Uint8Array<ArrayBuffer>> = {};
    for (const [name, breakage] of Object.entries(breakages)) {
      const folder = crypto.randomUUID();
      folders.set(folder, name);
      const manifest = await copyOf(good, folder, objects);
      if (typeof breakage === "function") breakage(manifest);
      objects[`${folder}/manifest.json`] = typeof breakage === "function"
        ? JSON.stringify(manifest)
        : breakage;
    }
    objects["no-uuid/manifest.json"] = JSON.stringify(await copyOf(good, "no-uuid", objects));
    folders.set("no-uuid", "lies in a folder that is no id");
    await forget(good);

    await withObjectsInBucket(objects, async () => {
      const { imported, broken } = await rescan();
      assert.deepEqual(imported, [good.id]);
      const told = new Map(broken.map(({ folder, reason }: Result) => [folder, reason]));
      for (const [folder, name] of folders) {
        assert.ok(String(told.get(folder) ?? "").length > 5, `one that ${name} is told`);
      }
      const known = await sql`select id from public.backups where id::text in ${sql([...folders.keys()])}`;
      assert.equal(known.length, 0);
    });
  }, { tables: ["roles"] });
});

const evil = '"); drop table public.test_victim; --';

/** Names and types that end up in SQL. */
const attacks: Record<string, (manifest: Manifest) => void> = {
  "a table's name": (manifest) => manifest.tables[0].name = evil,
  "a schema's name": (manifest) => manifest.tables[0].schema = evil,
  "a column's name": (manifest) => manifest.tables[0].columns[1].name = evil,
  "a column's type": (manifest) => manifest.tables[0].columns[1].type = `text); ${evil}`,
  "a column's collation": (manifest) => manifest.tables[0].columns[1].collation = evil,
  "a part's name": (manifest) => manifest.parts[1].name = evil,
};

test("rescan: nothing that a manifest says is ever run", async () => {
  await withTable("create table public.test_victim ()", "test_victim", () =>
    withBackup(async (backup) => {
      const path = `${backup.id}/manifest.json`;
      const good = await bucket.download(path);
      for (const [name, attack] of Object.entries(attacks)) {
        await forget(backup);
        const manifest = JSON.parse(decode(good));
        attack(manifest);
        await bucket.upload(path, new TextEncoder().encode(JSON.stringify(manifest)));
        const { imported, broken } = await rescan();
        if (imported.includes(backup.id)) await drill(backup.id);
        else assert.equal(about(broken, backup).length, 1, name);
        const [{ victim }] = await sql`select to_regclass('public.test_victim') as victim`;
        assert.equal(victim, "test_victim", name);
      }
      await forget(backup);
      await bucket.upload(path, good);
      assert.deepEqual((await rescan()).imported, [backup.id]);
    }, { tables: ["roles"] }));
});

/** A whole archive in another folder; its manifest is not stored yet. */
async function copyOf(
  { id }: Backup,
  folder: string,
  objects: Record<string, string | Uint8Array<ArrayBuffer>>,
): Promise<Manifest> {
  const text = decode(await bucket.download(`${id}/manifest.json`)).replaceAll(id, folder);
  const manifest = JSON.parse(text);
  for (const { path } of await partsOf(id)) {
    objects[path.replace(id, folder)] = await bucket.download(path);
  }
  return manifest;
}

/** Of what a rescan found, that of one backup. */
function about(found: Result[], { id }: Backup): Result[] {
  return found.filter(({ folder, backup_id }) => folder === id || backup_id === id);
}
