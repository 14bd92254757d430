import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { type Backup, withRow } from "./_support/backups.ts";
import { stack, test } from "./_support/stack.ts";
import { signIn } from "./_support/people.ts";

/** Five rows of a kind that no other test makes, the youngest first. */
async function withFive(work: (ids: string[]) => Promise<void>, ids: string[] = []): Promise<void> {
  if (ids.length === 5) return await work(ids);
  const created_at = new Date(Date.UTC(2040, 0, 10 - ids.length)).toISOString();
  await withRow({ kind: "imported", created_at }, (id) => withFive(work, [...ids, id]));
}

const idsOf = (list: { backups: Backup[] }) => list.backups.map((backup) => backup.id);

test("list: newest first, in the order of both ways to page", async () => {
  await withFive(async (ids) => {
    const all = await json(call("GET", "/backups?kind=imported", { as: secret }));
    assert.deepEqual(idsOf(all), ids);
    assert.equal(all.count, 5);
    assert.equal(all.next_cursor, null);

    const byPage = [];
    for (const page of [1, 2, 3, 4]) {
      const list = await json(call("GET", `/backups?kind=imported&limit=2&page=${page}`, { as: secret }));
      assert.equal(list.count, 5);
      byPage.push(idsOf(list));
    }
    assert.deepEqual(byPage, [ids.slice(0, 2), ids.slice(2, 4), ids.slice(4), []]);

    const byCursor = [];
    let cursor = "";
    do {
      const list = await json(call("GET", `/backups?kind=imported&limit=2${cursor}`, { as: secret }));
      byCursor.push(...idsOf(list));
      cursor = list.next_cursor ? `&cursor=${encodeURIComponent(list.next_cursor)}` : "";
    } while (cursor);
    assert.deepEqual(byCursor, ids);
  });
});

test("list: filters", async () => {
  await withRow({ status: "blocked", kind: "imported" }, async (id) => {
    assert.deepEqual(
      idsOf(await json(call("GET", "/backups?status=blocked&kind=imported", { as: secret }))),
      [id],
    );
    const weekly = await json(call("GET", "/backups?status=blocked&kind=weekly", { as: secret }));
    assert.deepEqual(weekly, { backups: [], count: 0, next_cursor: null });
  });
});

test("list: a row has the creator's name, and a validation result without its samples", async () => {
  const { id: created_by } = await signIn(stack.adminEmail);
  await withRow({ status: "blocked", kind: "imported", created_by }, async () => {
    const { backups: [row] } = await json(call("GET", "/backups?kind=imported&limit=1", { as: secret }));
    assert.equal(row.created_by, created_by);
    assert.ok(row.profiles.first_name);
    assert.deepEqual(row.validation_results, { status: "failed" });
  });
});

test("list: questions that make no sense", async () => {
  const bad: Record<string, string> = {
    limit: "0",
    page: "0",
    status: "done",
    kind: "hourly",
    sort: "asc",
  };
  for (
    const [name, value] of [...Object.entries(bad), ["limit", "101"], ["limit", "x"], ["limit", "1.5"], [
      "page",
      "",
    ]]
  ) {
    const { errors } = await problem(
      call("GET", `/backups?${name}=${value}`, { as: secret }),
      422,
      "invalid_request",
    );
    assert.equal(errors[0].path, name);
  }
  await problem(call("GET", "/backups?page=1&cursor=1_x", { as: secret }), 422, "invalid_request");
  await problem(call("GET", "/backups?limit=1&limit=2", { as: secret }), 422, "invalid_request");
  const { argument } = await problem(
    call("GET", "/backups?cursor=made-up", { as: secret }),
    422,
    "invalid_argument",
  );
  assert.equal(argument, "cursor");
});
