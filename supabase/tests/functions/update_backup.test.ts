import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, withRow } from "./_support/backups.ts";
import { test } from "./_support/stack.ts";

const patch = (id: string, body: unknown) => call("PATCH", `/backups/${id}`, { as: secret, body });

test("update: a pinned backup is not deleted, until it is unpinned", async () => {
  await withRow({}, async (id) => {
    const response = await patch(id, { is_pinned: true });
    assert.equal((await json(response)).backup.is_pinned, true);
    assert.deepEqual(await auditOf(response), [{ action: "update", outcome: "succeeded", target: id }]);
    const refused = await problem(call("DELETE", `/backups/${id}`, { as: secret }), 409, "backup_in_use");
    assert.equal(refused.is_pinned, true);
    assert.equal((await json(patch(id, { is_pinned: false }))).backup.is_pinned, false);
    assert.equal(
      (await json(call("DELETE", `/backups/${id}`, { as: secret }), 202)).backup.status,
      "deleting",
    );
  });
});

test("update: what is not named, or null, stays as it is", async () => {
  await withRow({}, async (id) => {
    const { backup } = await json(patch(id, { notes: "of the old server", is_pinned: true }));
    assert.equal(backup.notes, "of the old server");
    for (const body of [{}, { notes: null, is_pinned: null }, { is_pinned: true }]) {
      assert.deepEqual((await json(patch(id, body))).backup, backup);
    }
    const { table_details: _, ...read } = (await json(call("GET", `/backups/${id}`, { as: secret }))).backup;
    assert.deepEqual(read, backup);
    assert.equal((await json(patch(id, { notes: "" }))).backup.notes, "");
    await json(patch(id, { is_pinned: false }));
  });
});

test("update: bad values, unknown fields and unknown backups", async () => {
  await withRow({}, async (id) => {
    const bad: [Record<string, unknown>, string][] = [
      [{ is_pinned: "yes" }, "is_pinned"],
      [{ notes: 7 }, "notes"],
      [{ notes: "x".repeat(4001) }, "notes"],
      [{ notes: "a\0b" }, "notes"],
      [{ status: "completed" }, "status"],
      [{ pinned: true }, "pinned"],
    ];
    for (const [body, path] of bad) {
      const { errors } = await problem(patch(id, body), 422, "invalid_request");
      assert.deepEqual(errors.map((fault: { path: string }) => fault.path), [path]);
    }
  });
  const response = await patch("11111111-1111-4111-8111-111111111111", { is_pinned: true });
  await problem(response, 404, "backup_not_found");
  assert.equal((await auditOf(response))[0].outcome, "failed");
  await problem(patch("7", { is_pinned: true }), 422, "invalid_id");
});
