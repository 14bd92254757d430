import assert from "node:assert/strict";
import { Restore as RestoreSchema, RestoreList } from "../../functions/_shared/restore_schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { withRow } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { sql, test } from "./_support/stack.ts";
import { withHeldJobs } from "./restore/_support/held_jobs.ts";
import { readerChanges, withChangedReaders } from "./restore/_support/readers.ts";
import {
  accepted,
  apply,
  askForPreview,
  discard,
  preview,
  type Restore,
  settled,
  undo,
} from "./restore/_support/restores.ts";

const list = (query: string) => json(call("GET", `/backups/restores${query}`, { as: secret }));
const idsOf = (page: { restores: Restore[] }) => page.restores.map(({ id }) => id);

test("list of restores: newest first, in the order of both ways to page, by backup and by status", async () => {
  await withChangedReaders(async (backupId) => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.unshift((await preview(backupId)).id);

    const all = await list(`?backup_id=${backupId}`);
    assert.deepEqual(idsOf(all), ids);
    assert.equal(all.count, 3);
    assert.equal(all.next_cursor, null);

    assert.deepEqual(idsOf(await list(`?backup_id=${backupId}&limit=2&page=1`)), ids.slice(0, 2));
    assert.deepEqual(idsOf(await list(`?backup_id=${backupId}&limit=2&page=2`)), ids.slice(2));
    const first = await list(`?backup_id=${backupId}&limit=2`);
    const second = await list(
      `?backup_id=${backupId}&limit=2&cursor=${encodeURIComponent(first.next_cursor)}`,
    );
    assert.deepEqual([...idsOf(first), ...idsOf(second)], ids);
    assert.equal(second.next_cursor, null);

    await discard({ id: ids[0] });
    assert.deepEqual(idsOf(await list(`?backup_id=${backupId}&status=discarded`)), [ids[0]]);
    assert.deepEqual(idsOf(await list(`?backup_id=${backupId}&status=previewed`)), ids.slice(1));
    assert.deepEqual(await list(`?backup_id=${backupId}&status=failed`), {
      restores: [],
      count: 0,
      next_cursor: null,
    });
  });
});

test("list of restores: the preview in numbers; one restore has it table by table", async () => {
  await withChangedReaders(async (backupId) => {
    const { id, preview: { tables, ...rest } } = await preview(backupId);
    assert.equal(tables.length, 1);
    assert.ok(tables[0].sample.length > 0 && tables[0].sample.length <= 50);
    const { restores: [row] } = await list(`?backup_id=${backupId}`);
    assert.equal(row.id, id);
    assert.deepEqual(row.preview, rest);
    assert.deepEqual(row.preview.totals, readerChanges);
  });
});

test("restores: the answers are what the description of the API says, no more and no less", async () => {
  await withChangedReaders(async (backupId) => {
    const previewed = await preview(backupId);
    const completed = await apply(previewed);
    const undone = await undo(completed);
    for (const restore of [previewed, completed, undone]) {
      assert.deepEqual(RestoreSchema.parse(restore), restore, restore.status);
    }
    const all = await list(`?backup_id=${backupId}`);
    assert.equal(all.count, 2);
    assert.deepEqual(RestoreList.parse(all), all);
  });
});

test("list of restores: who asked, as the list of backups says it", async () => {
  await withChangedReaders((backupId) =>
    withPerson("admin", async ({ id: person, credential }) => {
      const id = await accepted(call("POST", `/backups/${backupId}/preview`, { as: credential, body: {} }));
      await settled(id);
      const { restores: [row] } = await list(`?backup_id=${backupId}`);
      assert.equal(row.created_by, person);
      assert.deepEqual(row.profiles, { first_name: "Test", last_name: "Person" });
      for (const field of ["created_at", "previewed_at", "expires_at"]) assert.match(row[field], /Z$/, field);
      assert.equal(row.applied_at, null);
      await discard(row);
      await sql`delete from backup.restores where restore_id = ${id}`;
    })
  );
});

test("list of restores: questions that make no sense", async () => {
  const bad: Record<string, string> = { limit: "0", page: "0", status: "done", backup_id: "7", sort: "asc" };
  for (const [name, value] of Object.entries(bad)) {
    const answer = call("GET", `/backups/restores?${name}=${value}`, { as: secret });
    const { errors } = await problem(answer, 422, "invalid_request");
    assert.equal(errors[0].path, name);
  }
  const both = call("GET", "/backups/restores?page=1&cursor=1_x", { as: secret });
  await problem(both, 422, "invalid_request");
  const madeUp = call("GET", "/backups/restores?cursor=made-up", { as: secret });
  assert.equal((await problem(madeUp, 422, "invalid_argument")).argument, "cursor");
});

test("restore: each step only in its state, and the problem says which it is in", async () => {
  await withChangedReaders(async (backupId) => {
    const restore = await preview(backupId);
    const at = `/backups/${backupId}/restore`;
    const applyAgain = () => call("POST", at, { as: secret, body: { restore_id: restore.id } });
    const askForUndo = () => call("POST", `/backups/restores/${restore.id}/undo`, { as: secret, body: {} });
    const drop = () => call("DELETE", `/backups/restores/${restore.id}`, { as: secret });

    await problem(askForUndo(), 409, "undo_not_possible");
    await withRow({ kind: "imported" }, async (other) => {
      const elsewhere = call("POST", `/backups/${other}/restore`, {
        as: secret,
        body: { restore_id: restore.id },
      });
      await problem(elsewhere, 404, "restore_not_found");
    });

    await apply(restore);
    assert.equal((await problem(applyAgain(), 409, "restore_not_ready")).status, 409);
    await problem(drop(), 409, "restore_not_ready");

    const dropped = await preview(backupId);
    await discard(dropped);
    const late = call("POST", at, { as: secret, body: { restore_id: dropped.id } });
    assert.match((await problem(late, 409, "restore_not_ready")).detail, /discarded/);
    await discard(dropped); // once more is no fault

    const old = await preview(backupId);
    await sql`update backup.restores set expires_at = now() - interval '1 second' where restore_id = ${old.id}`;
    const expired = call("POST", at, { as: secret, body: { restore_id: old.id } });
    assert.match((await problem(expired, 409, "restore_not_ready")).detail, /too old/);
  });
});

test("restore: two people apply one preview: exactly one does", async () => {
  await withChangedReaders(async (backupId) => {
    const restore = await preview(backupId);
    const body = { restore_id: restore.id };
    const answers = await Promise.all(
      [1, 2, 3].map(() => call("POST", `/backups/${backupId}/restore`, { as: secret, body })),
    );
    await Promise.all(answers.map((answer) => answer.body?.cancel()));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409, 409]);
    assert.equal((await settled(restore.id)).status, "completed");
  });
});

test("restore: a preview that is still being made cannot be applied", async () => {
  await withChangedReaders((backupId) =>
    withHeldJobs("stage", async () => {
      const restore_id = await accepted(askForPreview(backupId));
      const early = call("POST", `/backups/${backupId}/restore`, { as: secret, body: { restore_id } });
      assert.match((await problem(early, 409, "restore_not_ready")).hint, /previewed/);
    })
  );
});
