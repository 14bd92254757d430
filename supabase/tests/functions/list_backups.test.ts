import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { type Backup, withRow } from "./_support/backups.ts";
import { sql, stack, test } from "./_support/stack.ts";
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

test("list: other orders have pages, and no cursors", async () => {
  await withFive(async (ids) => {
    const sizes = [30, 10, null, 20, 10];
    for (const [index, id] of ids.entries()) {
      await sql`update public.backups set file_size = ${
        sizes[index]
      }, notes = ${`note ${index}`} where id = ${id}`;
    }
    const listed = async (query: string) =>
      await json(call("GET", `/backups?kind=imported&${query}`, { as: secret }));
    const sizesOf = (list: { backups: Backup[] }) => list.backups.map(({ file_size }) => file_size);
    assert.deepEqual(sizesOf(await listed("sort=file_size")), [30, 20, 10, 10, null]);
    assert.deepEqual(sizesOf(await listed("sort=file_size&order=asc")), [10, 10, 20, 30, null]);
    assert.deepEqual(idsOf(await listed("sort=created_at&order=asc")), ids.toReversed());
    for (const sort of ["row_count", "duration_ms"]) {
      assert.equal((await listed(`sort=${sort}`)).backups.length, 5);
    }

    const pages = [await listed("sort=file_size&limit=3"), await listed("sort=file_size&limit=3&page=2")];
    assert.deepEqual(pages.flatMap(sizesOf), [30, 20, 10, 10, null]);
    assert.equal(new Set(pages.flatMap(idsOf)).size, 5);
    assert.deepEqual(pages.map(({ count, next_cursor }) => [count, next_cursor]), [[5, null], [5, null]]);
  });
});

test("list: search in notes, file name and id", async () => {
  await withFive(async (ids) => {
    await sql`update public.backups set notes = 'Before the 100% IMPORT' where id = ${ids[1]}`;
    await sql`update public.backups set filename = 'special_name.sql.gz' where id = ${ids[2]}`;
    const found = async (search: string) =>
      idsOf(
        await json(
          call("GET", `/backups?kind=imported&search=${encodeURIComponent(search)}`, { as: secret }),
        ),
      );
    assert.deepEqual(await found("100% import"), [ids[1]]);
    assert.deepEqual(await found("SPECIAL_"), [ids[2]]);
    assert.deepEqual(await found(ids[3].slice(0, 13)), [ids[3]]);
    assert.deepEqual(await found(""), ids);
    assert.deepEqual(await found("%"), [ids[1]]);
  });
});

test("list: filters", async () => {
  await withRow({ status: "blocked", kind: "imported" }, async (id) => {
    assert.deepEqual(
      idsOf(await json(call("GET", "/backups?status=blocked&kind=imported", { as: secret }))),
      [id],
    );
    const weekly = await json(call("GET", "/backups?status=blocked&kind=weekly", { as: secret }));
    const several = await json(
      call("GET", "/backups?status=failed,blocked,%20queued&kind=imported", { as: secret }),
    );
    assert.deepEqual(idsOf(several), [id]);
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
    order: "up",
    search: "a\0b",
  };
  for (
    const [name, value] of [
      ...Object.entries(bad),
      ["status", "failed,done"],
      ["status", ""],
      ["limit", "101"],
      ["limit", "x"],
      ["limit", "1.5"],
      [
        "page",
        "",
      ],
    ]
  ) {
    const { errors } = await problem(
      call("GET", `/backups?${name}=${encodeURIComponent(value)}`, { as: secret }),
      422,
      "invalid_request",
    );
    assert.equal(errors[0].path, name);
  }
  await problem(call("GET", "/backups?page=1&cursor=1_x", { as: secret }), 422, "invalid_request");
  await problem(call("GET", "/backups?limit=1&limit=2", { as: secret }), 422, "invalid_request");
  for (const sorted of ["sort=file_size", "order=asc"]) {
    const answer = call("GET", `/backups?${sorted}&cursor=1_x`, { as: secret });
    const { errors } = await problem(answer, 422, "invalid_request");
    assert.equal(errors[0].path, "cursor");
  }
  const { argument } = await problem(
    call("GET", "/backups?cursor=made-up", { as: secret }),
    422,
    "invalid_argument",
  );
  assert.equal(argument, "cursor");
});
