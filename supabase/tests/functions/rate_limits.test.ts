import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, withRow } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { sql, test } from "./_support/stack.ts";

/** As if this person had made all the calls that are allowed, the oldest of them 50 minutes ago. */
async function useUp(person: string, action: string): Promise<void> {
  await sql`
    insert into backup.rate_limit_hits (actor_id, action, hit_at)
    select ${person}, ${action}, now() - make_interval(mins => 50)
    from generate_series(1, (backup.setting('rate_limits') -> ${action} ->> 'limit')::int)`;
}

async function expectLimited(response: Response, action: string): Promise<void> {
  const { retry_after } = await problem(response, 429, "rate_limited");
  assert.ok(retry_after > 500 && retry_after <= 600, `ten minutes are left, not ${retry_after} s`);
  assert.equal(response.headers.get("retry-after"), String(retry_after));
  const [entry] = await auditOf(response);
  assert.equal(entry.action, action);
  assert.equal(entry.outcome, "rate_limited");
}

test("rate limits: create", async () => {
  await withPerson("admin", async ({ id, credential }) => {
    await useUp(id, "create");
    await expectLimited(await call("POST", "/backups", { as: credential, body: {} }), "create");
    // Other actions go on, and so does everybody else.
    await json(call("GET", "/backups", { as: credential }));
  });
});

test("rate limits: validate", async () => {
  await withPerson("admin", async ({ id, credential }) => {
    await useUp(id, "validate");
    await expectLimited(await call("GET", "/validate?tables=roles", { as: credential }), "validate");
    await json(call("GET", "/validate?tables=roles", { as: secret }));
  });
});

test("rate limits: download", async () => {
  await withPerson("super_admin", async ({ id, credential }) => {
    await useUp(id, "download");
    await withRow({}, async (backup) => {
      await expectLimited(await call("GET", `/backups/${backup}/download`, { as: credential }), "download");
    });
  });
});

const nobodys = "11111111-1111-4111-8111-111111111111";
const limited: Record<string, { method?: string; path: string; body?: Record<string, unknown> }[]> = {
  preview: [{ path: `/backups/${nobodys}/preview`, body: {} }],
  restore: [
    { path: `/backups/${nobodys}/restore`, body: { skip_preview: true } },
    { path: `/backups/${nobodys}/restore`, body: { restore_id: nobodys } },
    { path: `/backups/${nobodys}`, body: { tables: ["profiles"] } },
  ],
  undo: [{ path: `/backups/restores/${nobodys}/undo`, body: {} }],
  verify: [{ path: `/backups/${nobodys}/verify` }],
  rescan: [{ path: "/backups/rescan" }],
  schedule: [
    { method: "PUT", path: "/backups/schedules", body: { daily: { keep: 0 } } },
    { method: "PUT", path: "/backups/retention", body: { keep_last: 0 } },
  ],
  set_rule: [
    { path: "/validate/rules", body: { table_name: "nowhere", columns: ["x"], kind: "required" } },
    { method: "PATCH", path: "/validate/rules/nothing", body: { severity: "error" } },
  ],
  delete_rule: [{ method: "DELETE", path: "/validate/rules/nothing" }],
  notify_test: [{ path: "/backups/notifications/test" }],
};

for (const [action, calls] of Object.entries(limited)) {
  test(`rate limits: ${action}`, async () => {
    await withPerson("admin", async ({ id, credential }) => {
      await useUp(id, action);
      for (const { method = "POST", path, body } of calls) {
        await expectLimited(await call(method, path, { as: credential, body }), action);
      }
      await json(call("GET", "/backups/restores", { as: credential }));
    });
  });
}

test("rate limits: of calls at the same moment, no more pass than are allowed", async () => {
  await withPerson("admin", async ({ id, credential }) => {
    await useUp(id, "validate");
    await sql`
      delete from backup.rate_limit_hits where rate_limit_hit_id in (
        select rate_limit_hit_id from backup.rate_limit_hits where actor_id = ${id} limit 3)`;
    const calls = Array.from({ length: 8 }, () => call("GET", "/validate?tables=roles", { as: credential }));
    const responses = await Promise.all(calls);
    await Promise.all(responses.map((response) => response.body?.cancel()));
    assert.equal(responses.filter(({ status }) => status === 200).length, 3);
    assert.equal(responses.filter(({ status }) => status === 429).length, 5);
  });
});

test("rate limits: a mistyped request costs nothing", async () => {
  await withPerson("admin", async ({ id, credential }) => {
    await problem(call("POST", "/backups", { as: credential, body: { tables: 1 } }), 422, "invalid_request");
    assert.equal((await sql`select from backup.rate_limit_hits where actor_id = ${id}`).length, 0);
  });
});
