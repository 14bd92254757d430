import assert from "node:assert/strict";
import { AuditList } from "../../functions/_shared/audit_schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { withRow } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { test } from "./_support/stack.ts";

const path = "/backups/audit";
const list = (query = "") => json(call("GET", `${path}${query}`, { as: secret }));

test("audit: newest first, page by page, as the description of the API says", async () => {
  await withRow({}, async (id) => {
    const requests: (string | null)[] = [];
    for (const is_pinned of [true, false, true]) {
      const response = await call("PATCH", `/backups/${id}`, { as: secret, body: { is_pinned } });
      await json(response);
      requests.unshift(response.headers.get("x-request-id"));
    }
    const all = await list(`?target=${id}`);
    assert.deepEqual(AuditList.parse(all), all);
    const requestsOf = (page: { entries: { request_id: string }[] }) =>
      page.entries.map(({ request_id }) => request_id);
    assert.deepEqual(requestsOf(all), requests);
    assert.equal(all.next_cursor, null);

    const first = await list(`?target=${id}&limit=2`);
    const second = await list(`?target=${id}&limit=2&cursor=${encodeURIComponent(first.next_cursor)}`);
    assert.deepEqual([...requestsOf(first), ...requestsOf(second)], requests);
    assert.equal(second.next_cursor, null);
  });
});

test("audit: by person, action, target and outcome", async () => {
  await withRow({}, (id) =>
    withPerson("alumni", async ({ id: person, email, credential }) => {
      await problem(call("DELETE", `/backups/${id}`, { as: credential }), 403, "forbidden");
      await problem(call("GET", "/backups", { as: credential }), 403, "forbidden");

      const { entries } = await list(`?actor_id=${person}&outcome=denied`);
      assert.deepEqual(entries.map(({ action }: { action: string }) => action), ["list", "delete"]);
      assert.equal(entries[1].actor_name, email);
      assert.equal(entries[1].actor_kind, "person");
      assert.equal(entries[1].target, id);

      const byTarget = await list(`?target=${id}`);
      assert.deepEqual(byTarget.entries, [entries[1]]);
      assert.deepEqual((await list(`?actor_id=${person}&action=delete`)).entries, [entries[1]]);
      assert.deepEqual(await list(`?actor_id=${person}&outcome=succeeded`), {
        entries: [],
        next_cursor: null,
      });
    }));
});

test("audit: people and things by the names that people use", async () => {
  await withRow({}, (id) =>
    withPerson("admin", async ({ email, credential }) => {
      await json(call("PATCH", `/backups/${id}`, { as: credential, body: { notes: "as tested" } }));
      await json(call("PATCH", `/backups/${id}`, { as: secret, body: { notes: "once more" } }));
      const { entries: [byKey, byPerson] } = await list(`?target=${id}`);
      assert.equal(byPerson.target_label, "test.sql.gz");
      assert.deepEqual(byPerson.profiles, { first_name: "Test", last_name: "Person" });
      assert.equal(byPerson.actor_name, email);
      assert.deepEqual([byKey.profiles, byKey.actor_kind, byKey.actor_name], [null, "service", "default"]);
    }));
});

test("audit: looking at it leaves no trace in it", async () => {
  const before = await list("?limit=1");
  assert.deepEqual(await list("?limit=1"), before);
});

test("audit: questions that make no sense", async () => {
  const bad: Record<string, string> = {
    outcome: "good",
    actor_id: "7",
    action: "",
    limit: "0",
    page: "1",
    since: "now",
  };
  for (const [name, value] of Object.entries(bad)) {
    const answer = call("GET", `${path}?${name}=${value}`, { as: secret });
    const { errors } = await problem(answer, 422, "invalid_request");
    assert.equal(errors[0].path, name);
  }
  const madeUp = call("GET", `${path}?cursor=made-up`, { as: secret });
  assert.equal((await problem(madeUp, 422, "invalid_argument")).argument, "cursor");
});
