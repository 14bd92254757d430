import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { call, secret } from "./_support/api.ts";
import { type Backup, bucket, withBackup } from "./_support/backups.ts";
import { stack, test } from "./_support/stack.ts";

const program = fileURLToPath(new URL("../../../scripts/archives.ts", import.meta.url));

/** The command as a person types it, against the running stack. */
async function archives(args: string[], key: string | undefined = stack.secretKey, url = stack.apiUrl) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program, ...args, "--url", url],
    env: { NO_COLOR: "1", BACKUP_SECRET_KEY: key ?? "" },
  }).output();
  return { code, said: [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("") };
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A small archive, and a folder to copy it to. */
function withArchive(work: (backup: Backup, folder: string) => Promise<void>): Promise<void> {
  return withBackup((backup) => withFolder((folder) => work(backup, folder)), { tables: ["roles"] });
}

async function objects(id: string) {
  const found = await bucket.list(id);
  return found.sort((one, other) => one.path < other.path ? -1 : 1);
}

async function empty(id: string): Promise<void> {
  await bucket.remove((await objects(id)).map(({ path }) => path));
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

/** Other bytes of the same length. */
const flipped = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 1);

test("archives: out of the bucket, and back into one that lost it", async () => {
  await withArchive(async ({ id }, folder) => {
    const before = await objects(id);
    const pulled = await archives(["pull", folder, id]);
    assert.equal(pulled.code, 0, pulled.said);
    assert.deepEqual(names(`${folder}/${id}`), before.map(({ path }) => path.split("/")[1]));

    await empty(id);
    const pushed = await archives(["push", folder, id]);
    assert.equal(pushed.code, 0, pushed.said);
    assert.deepEqual(await objects(id), before);
    const download = await call("GET", `/backups/${id}/download`, { as: secret });
    assert.equal(download.status, 200);
    assert.ok((await download.bytes()).length > 0);

    const again = await archives(["push", folder]);
    assert.equal(again.code, 0, again.said);
    assert.match(again.said, /there already/);
  });
});

test("archives: what is there is not copied again; what is damaged or missing is", async () => {
  await withArchive(async ({ id, part_count }, folder) => {
    await archives(["pull", folder, id]);
    const [first, second] = names(`${folder}/${id}`).map((name) => `${folder}/${id}/${name}`);
    const bytes = await Deno.readFile(first);
    await Deno.writeFile(first, flipped(bytes));
    await Deno.remove(second);

    // Without ids: every archive of the bucket.
    const { code, said } = await archives(["pull", folder]);
    assert.equal(code, 0, said);
    assert.match(said, new RegExp(`${id} .*${part_count} parts.*2 copied, the others there`));
    assert.deepEqual(await Deno.readFile(first), bytes);
    assert.match((await archives(["pull", folder, id])).said, /there already/);
  });
});

test("archives: a push that was cut off is finished by the next one", async () => {
  await withArchive(async ({ id, part_count }, folder) => {
    await archives(["pull", folder, id]);
    const before = await objects(id);
    const [whole, spoilt] = await Promise.all(before.map(({ path }) => bucket.download(path)));
    await empty(id);
    await bucket.upload(before[0].path, whole);
    await bucket.upload(before[1].path, flipped(spoilt));

    const { code, said } = await archives(["push", folder, id]);
    assert.equal(code, 0, said);
    assert.match(said, new RegExp(`${part_count - 1} copied, the others there`));
    assert.deepEqual(await objects(id), before);
    assert.deepEqual(await bucket.download(before[1].path), spoilt);
  });
});

test("archives: nothing is sent of a copy that is damaged or not whole", async () => {
  await withArchive(async ({ id }, folder) => {
    await archives(["pull", folder, id]);
    await empty(id);
    const part = `${folder}/${id}/${names(`${folder}/${id}`)[1]}`;
    const bytes = await Deno.readFile(part);
    const fails = async (expected: RegExp) => {
      const { code, said } = await archives(["push", folder, id]);
      assert.equal(code, 1, said);
      assert.match(said, expected);
      assert.deepEqual(await objects(id), []);
    };

    await Deno.writeFile(part, flipped(bytes));
    await fails(/is damaged: its sha256 is not the manifest's/);
    await Deno.remove(part);
    await fails(/is missing/);
    await Deno.writeFile(part, bytes);
    await Deno.remove(`${folder}/${id}/manifest.json`);
    await fails(/There is no .*manifest\.json/);
  });
});

test("archives: objects that somebody has changed are not taken for an archive", async () => {
  await withArchive(async ({ id }, folder) => {
    const parts = await objects(id);
    const [part, manifest] = [parts[1].path, `${id}/manifest.json`];
    const [partBytes, manifestBytes] = [await bucket.download(part), await bucket.download(manifest)];

    await bucket.upload(part, flipped(partBytes));
    const forged = await archives(["pull", folder, id]);
    assert.equal(forged.code, 1, forged.said);
    assert.match(forged.said, /is not what was stored: its sha256 differs/);
    assert.ok(!names(`${folder}/${id}`).includes("manifest.json"));

    await bucket.remove([part]);
    const missing = await archives(["pull", folder, id]);
    assert.equal(missing.code, 1);
    assert.match(missing.said, /is not in the bucket any more/);

    await bucket.upload(part, partBytes);
    await bucket.upload(manifest, flipped(manifestBytes));
    const other = await archives(["pull", folder, id]);
    assert.equal(other.code, 1);
    assert.match(other.said, /not the one that the catalogue knows/);
  });
});

test("archives: the storage alone is enough, and it is said that nobody else was asked", async () => {
  // All that is left of the project: its functions are gone.
  const remains = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname, search } = new URL(request.url);
    if (!pathname.startsWith("/storage/")) return new Response("Service Unavailable", { status: 503 });
    return fetch(`${stack.apiUrl}${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      body: request.body,
    });
  });
  try {
    await withArchive(async ({ id }, folder) => {
      const url = `http://127.0.0.1:${remains.addr.port}`;
      const { code, said } = await archives(["pull", folder, id], stack.secretKey, url);
      assert.equal(code, 0, said);
      assert.match(said, /the catalogue says nothing of 1 archive/);
      assert.ok(names(`${folder}/${id}`).includes("manifest.json"));
    });
  } finally {
    await remains.shutdown();
  }
});

test("archives: a copy that is kept is never replaced by another archive", async () => {
  await withArchive(async ({ id }, folder) => {
    await archives(["pull", folder, id]);
    const file = `${folder}/${id}/manifest.json`;
    const other = new TextEncoder().encode("another");
    await Deno.writeFile(file, other);

    const { code, said } = await archives(["pull", folder, id]);
    assert.equal(code, 1, said);
    assert.match(said, /Another archive is kept under this id; it was left alone/);
    assert.deepEqual(await Deno.readFile(file), other);
  });
});

test("archives: a manifest cannot make a copy write elsewhere", async () => {
  const id = crypto.randomUUID();
  const manifest = (path: string) =>
    new TextEncoder().encode(JSON.stringify({
      format: 1,
      id,
      created_at: "2026-11-22T20:00:00.000Z",
      parts: [{ path, stored_bytes: 1, stored_sha256: "0".repeat(64) }],
    }));
  await withFolder(async (folder) => {
    try {
      for (
        const path of [
          "../x.age",
          `${id}/../x.age`,
          `${id}/..`,
          `${id}/a/b.age`,
          `${id}/manifest.json`,
          "/etc/x",
        ]
      ) {
        await bucket.upload(`${id}/manifest.json`, manifest(path), "application/json");
        const { code, said } = await archives(["pull", folder, id]);
        assert.equal(code, 1, path);
        assert.match(said, /is no path of a part/);
      }
      assert.deepEqual(names(folder), []);
    } finally {
      await empty(id);
    }
  });
});

test("archives: says what is wrong with the question", async () => {
  await withFolder(async (folder) => {
    const cases: [string[], string | undefined, RegExp][] = [
      [["pull", folder], "", /BACKUP_SECRET_KEY has to hold a secret key/],
      [["pull", folder], "sb_secret_wrong", /The storage refuses the key/],
      [["pull", folder, "42"], stack.secretKey, /42 is no id of a backup/],
      [["pull"], stack.secretKey, /Usage: deno task archives/],
      [["pull", folder, "--key", "x"], stack.secretKey, /--key/],
      [["push", folder], stack.secretKey, /There is no archive in/],
      [["push", `${folder}/none`], stack.secretKey, /There is no folder/],
      [["pull", folder, crypto.randomUUID()], stack.secretKey, /is not in the bucket/],
    ];
    for (const [args, key, expected] of cases) {
      const { code, said } = await archives(args, key);
      assert.equal(code, 1, said);
      assert.match(said, expected);
    }
    assert.deepEqual(names(folder), []);
  });
});
