import assert from "node:assert/strict";
import { call, json, problem, secret } from "../_support/api.ts";
import { auditOf, bucket, withBackup } from "../_support/backups.ts";
import { withPerson } from "../_support/people.ts";
import { sql, test } from "../_support/stack.ts";
import { partsOf } from "./_support/archive.ts";
import { tinySlices, withSettings } from "./_support/settings.ts";
import { eventually } from "./_support/waiting.ts";

/** The paths of the archive's parts, in order. */
type Damage = (paths: string[]) => Promise<void>;

const damages: Record<string, Damage> = {
  "two parts are swapped": async (paths) => {
    const [a, b] = await Promise.all([bucket.download(paths[3]), bucket.download(paths[4])]);
    await bucket.upload(paths[3], b);
    await bucket.upload(paths[4], a);
  },
  "its header is damaged": async (paths) => {
    const bytes = await bucket.download(paths[3]);
    bytes[40] ^= 1;
    await bucket.upload(paths[3], bytes);
  },
  "one bit in the middle of a part is another": async (paths) => {
    const bytes = await bucket.download(paths[5]);
    bytes[bytes.length >> 1] ^= 4;
    await bucket.upload(paths[5], bytes);
  },
  "a part is cut short": async (paths) => {
    const bytes = await bucket.download(paths[5]);
    await bucket.upload(paths[5], bytes.slice(0, -100));
  },
  "a part is empty": (paths) => bucket.upload(paths[5], new Uint8Array()),
  "a part is missing": (paths) => bucket.remove([paths[5]]),
  "the last part is missing": (paths) => bucket.remove(paths.slice(-1)),
};

test("damage: whatever happened to an archive, a download breaks instead of ending early", async () => {
  await withSettings(tinySlices, () =>
    withBackup(async ({ id, clear_size }) => {
      const paths = (await partsOf(id)).map(({ path }) => path);
      assert.ok(paths.length >= 7, `${paths.length} parts`);
      const whole = await Promise.all(paths.map((path) => bucket.download(path)));

      for (const [name, damage] of Object.entries(damages)) {
        await damage(paths);
        const response = await call("GET", `/backups/${id}/download`, { as: secret });
        assert.equal(response.status, 200, name);
        assert.equal(response.headers.get("content-length"), String(clear_size));
        await assert.rejects(response.arrayBuffer(), Error, name);
        await eventually(`audited: ${name}`, async () =>
          (await auditOf(response)).some(({ action, outcome }) =>
            action === "download" && outcome === "failed"
          ));
        await Promise.all(paths.map((path, index) =>
          bucket.upload(path, whole[index])
        ));
      }

      const repaired = await call("GET", `/backups/${id}/download`, { as: secret });
      assert.equal((await repaired.arrayBuffer()).byteLength, clear_size);
    }, { tables: ["profiles"] }));
});

test("damage: through a one-time link too", async () => {
  await withBackup(async ({ id }) => {
    await withPerson("admin", async ({ credential }) => {
      const { downloadUrl } = await json(call("GET", `/backups/${id}`, { as: credential }));
      const last = (await partsOf(id)).at(-1)!;
      await bucket.remove([last.path]);
      const response = await fetch(downloadUrl);
      assert.equal(response.status, 200);
      await assert.rejects(response.arrayBuffer());
    });
  }, { tables: ["roles"] });
});

test("damage: the catalogue and the bucket disagree about the length", async () => {
  await withBackup(async ({ id }) => {
    await sql`update public.backups set clear_size = clear_size + 1 where id = ${id}`;
    const response = await call("GET", `/backups/${id}/download`, { as: secret });
    await assert.rejects(response.arrayBuffer());
    await sql`update public.backups set clear_size = clear_size - 2 where id = ${id}`;
    const other = await call("GET", `/backups/${id}/download`, { as: secret });
    await assert.rejects(other.arrayBuffer());
  }, { tables: ["roles"] });
});

test("damage: all of it is gone: an error, not an empty file", async () => {
  await withBackup(async ({ id }) => {
    await bucket.remove((await bucket.list(id)).map(({ path }) => path));
    await problem(call("GET", `/backups/${id}/download`, { as: secret }), 500, "part_missing");
  }, { tables: ["roles"] });
});
