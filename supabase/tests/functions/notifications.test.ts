import assert from "node:assert/strict";
import { NewNotification, NotificationList } from "../../functions/_shared/notification_schemas.ts";
import { call, type Credential, json, problem, secret } from "./_support/api.ts";
import { auditOf } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { sql, test } from "./_support/stack.ts";

const path = "/backups/notifications";
const list = (query = "", as: Credential = secret) => json(call("GET", `${path}${query}`, { as }));
const read = (body: unknown, as: Credential = secret) => call("POST", `${path}/read`, { as, body });
const idsOf = (page: { notifications: { id: number }[] }) => page.notifications.map(({ id }) => id);

/** Somebody new, who has read everything but so many notifications; those are gone after the work. */
async function withUnread(
  count: number,
  work: (as: Credential, ids: number[]) => Promise<void>,
): Promise<void> {
  await withPerson("admin", async ({ id, credential }) => {
    await json(read({}, credential));
    const rows = await sql`
      insert into backup.notifications (kind, severity, message)
      select 'test', 'info', 'Number ' || n from generate_series(1, ${count}) as n returning notification_id`;
    const ids = rows.map(({ notification_id }) => Number(notification_id)).reverse();
    try {
      await work(credential, ids);
    } finally {
      await sql`delete from backup.notifications where notification_id in ${sql(ids)}`;
      await sql`delete from backup.notification_reads where reader_id = ${id}`;
    }
  });
}

test("notifications: newest first, page by page, as the description of the API says", async () => {
  await withUnread(3, async (as, ids) => {
    const all = await list("?limit=100", as);
    assert.deepEqual(NotificationList.parse(all), all);
    assert.deepEqual(idsOf(all).slice(0, 3), ids);
    const first = await list("?limit=2", as);
    assert.deepEqual(idsOf(first), ids.slice(0, 2));
    const second = await list(`?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`, as);
    assert.deepEqual(idsOf(second), ids.slice(2));
  });
});

test("notifications: some are read, then all, by each person alone", async () => {
  await withUnread(3, async (as, ids) => {
    const unread = await list("?unread=true", as);
    assert.deepEqual(idsOf(unread), ids);
    assert.equal(unread.unread_count, 3);
    assert.deepEqual(await json(read({ ids: [ids[1]] }, as)), { unread_count: 2 });
    assert.deepEqual(idsOf(await list("?unread=true", as)), [ids[0], ids[2]]);
    assert.deepEqual(idsOf(await list("?unread=false&limit=3", as)), ids);

    const { notifications } = await list("?limit=3", as);
    assert.deepEqual(
      notifications.map(({ read_at }: { read_at: string | null }) => read_at === null),
      [true, false, true],
    );
    // Once more, and one that there is not, are no faults.
    assert.deepEqual(await json(read({ ids: [ids[1], 2_000_000_000] }, as)), { unread_count: 2 });

    const other = await list("?unread=true&limit=100");
    for (const id of ids) assert.ok(idsOf(other).includes(id), "somebody else has read none of them");
    assert.deepEqual(await json(read({}, as)), { unread_count: 0 });
    assert.deepEqual(idsOf(await list("?unread=true", as)), []);
  });
});

test("notifications: one for a test", async () => {
  const response = await call("POST", `${path}/test`, { as: secret });
  const { notification } = await json(response, 202);
  try {
    assert.equal(notification.kind, "test");
    assert.deepEqual(NewNotification.parse(notification), notification);
    assert.deepEqual(await auditOf(response), [
      { action: "notify_test", outcome: "succeeded", target: String(notification.id) },
    ]);
    assert.ok(idsOf(await list("?unread=true&limit=100")).includes(notification.id));
    const jobs = await sql`select kind from backup.jobs where notification_id = ${notification.id}`;
    assert.deepEqual(jobs.map(({ kind }) => kind), ["deliver"]);
  } finally {
    await sql`delete from backup.notifications where notification_id = ${notification.id}`;
  }
});

test("notifications: questions that make no sense", async () => {
  const queries: Record<string, string> = { unread: "yes", limit: "101", page: "1", kind: "test" };
  for (const [name, value] of Object.entries(queries)) {
    const answer = call("GET", `${path}?${name}=${value}`, { as: secret });
    const { errors } = await problem(answer, 422, "invalid_request");
    assert.equal(errors[0].path, name);
  }
  const madeUp = call("GET", `${path}?cursor=made-up`, { as: secret });
  assert.equal((await problem(madeUp, 422, "invalid_argument")).argument, "cursor");

  const bodies: [Record<string, unknown>, string][] = [
    [{ ids: [] }, "ids"],
    [{ ids: ["1"] }, "ids.0"],
    [{ ids: [1, -1] }, "ids.1"],
    [{ ids: 1 }, "ids"],
    [{ all: true }, "all"],
  ];
  for (const [body, path] of bodies) {
    const { errors } = await problem(read(body), 422, "invalid_request");
    assert.deepEqual(errors.map((fault: { path: string }) => fault.path), [path]);
  }
});
