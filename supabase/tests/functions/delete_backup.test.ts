import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, bucket, gone, withRow } from "./_support/backups.ts";
import { test } from "./_support/stack.ts";
import { ended } from "./_support/backups.ts";

test("delete: objects, then the row; asking twice is asking once", async () => {
  const { backupId: id } = await json(
    call("POST", "/backups", { as: secret, body: { tables: ["roles"] } }),
    202,
  );
  await ended(id);
  assert.ok((await bucket.list(id)).length >= 2);

  const response = await call("DELETE", `/backups/${id}`, { as: secret });
  assert.equal((await json(response, 202)).backup.status, "deleting");
  assert.deepEqual(await auditOf(response), [{ action: "delete", outcome: "succeeded", target: id }]);
  const again = await call("DELETE", `/backups/${id}`, { as: secret });
  await again.body?.cancel();
  assert.ok([202, 404].includes(again.status));

  await gone(id);
  assert.deepEqual(await bucket.list(id), []);
});

test("delete: one that failed goes too", async () => {
  await withRow({ status: "failed" }, async (id) => {
    await json(call("DELETE", `/backups/${id}`, { as: secret }), 202);
    await gone(id);
  });
});

test("delete: not while it is queued, running or pinned", async () => {
  const states = [{ status: "processing" }, { status: "queued" }, { status: "failed", is_pinned: true }];
  for (const state of states) {
    await withRow({ kind: "safety", ...state }, async (id) => {
      const response = await call("DELETE", `/backups/${id}`, { as: secret });
      const { status, is_pinned, backup_id } = await problemOf(response);
      assert.equal(backup_id, id);
      assert.equal(status, 409);
      assert.equal(is_pinned, state.is_pinned ?? false);
      assert.deepEqual(await auditOf(response), [{ action: "delete", outcome: "failed", target: id }]);
    });
  }
});

function problemOf(response: Response) {
  return problem(response, 409, "backup_in_use");
}
