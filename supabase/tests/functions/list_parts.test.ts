import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { createDecrypt } from "../../functions/_shared/age.ts";
import { sha256 } from "../../functions/_shared/sha256.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, withBackup, withRow } from "./_support/backups.ts";
import { test, variable } from "./_support/stack.ts";

test("parts: signed addresses, in order, of what the manifest describes", async () => {
  await withBackup(async ({ id, clear_size }) => {
    const response = await call("GET", `/backups/${id}/parts`, { as: secret });
    const { manifest, parts } = await json(response);
    assert.equal(manifest.id, id);
    assert.equal(manifest.parts.length, parts.length);
    assert.deepEqual(await auditOf(response), [{ action: "parts", outcome: "succeeded", target: id }]);

    const decrypt = createDecrypt(variable("BACKUP_AGE_IDENTITY"))!;
    const clear: Uint8Array[] = [];
    for (const part of parts) {
      // Without a credential: the address is enough.
      const stored = new Uint8Array(await (await fetch(part.url)).arrayBuffer());
      assert.equal(stored.length, part.bytes);
      assert.equal(await sha256(stored), part.sha256);
      clear.push(await decrypt(stored));
    }
    const joined = await new Blob(clear as Uint8Array<ArrayBuffer>[]).bytes();
    assert.equal(joined.length, clear_size);
    assert.match(gunzipSync(joined).toString(), /copy public\.roles/);
  }, { tables: ["roles"] });
});

test("parts: only of what is completed", async () => {
  await withRow({ status: "failed" }, async (id) => {
    const response = await call("GET", `/backups/${id}/parts`, { as: secret });
    await problem(response, 409, "not_completed");
    assert.deepEqual(await auditOf(response), [{ action: "parts", outcome: "failed", target: id }]);
  });
});
