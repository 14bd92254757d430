import assert from "node:assert/strict";
import { call, type Credential, json, nobody, problem, secret } from "./_support/api.ts";
import { auditOf, withRow } from "./_support/backups.ts";
import { signIn, withPerson } from "./_support/people.ts";
import { sql, stack, test } from "./_support/stack.ts";
import { forgedToken, signedToken, unsignedToken } from "./_support/tokens.ts";

/** Every route, so that a new one without a check is noticed. */
const id = "11111111-1111-4111-8111-111111111111";
const ruleId = "a_rule";
const routes: [string, string][] = [
  ["POST", "/backups"],
  ["POST", "/backups/create"],
  ["GET", "/backups"],
  ["GET", `/backups/${id}`],
  ["DELETE", `/backups/${id}`],
  ["GET", `/backups/${id}/download`],
  ["GET", `/backups/${id}/parts`],
  ["POST", `/backups/${id}/preview`],
  ["POST", `/backups/${id}/restore`],
  ["POST", `/backups/${id}`],
  ["GET", "/backups/restores"],
  ["GET", `/backups/restores/${id}`],
  ["POST", `/backups/restores/${id}/undo`],
  ["DELETE", `/backups/restores/${id}`],
  ["PATCH", `/backups/${id}`],
  ["POST", `/backups/${id}/cancel`],
  ["POST", `/backups/${id}/verify`],
  ["POST", "/backups/rescan"],
  ["GET", "/backups/jobs"],
  ["GET", `/backups/jobs/${id}`],
  ["GET", "/backups/schedules"],
  ["PUT", "/backups/schedules"],
  ["GET", "/backups/retention"],
  ["PUT", "/backups/retention"],
  ["GET", "/backups/retention/preview"],
  ["GET", "/backups/notifications"],
  ["POST", "/backups/notifications/read"],
  ["POST", "/backups/notifications/test"],
  ["GET", "/backups/audit"],
  ["GET", "/backups/health"],
  ["GET", "/backups/metrics"],
  ["GET", "/backups/me"],
  ["GET", "/backups/keys"],
  ["GET", "/backups/tables"],
  ["GET", `/backups/restores/${id}/rows?table=profiles`],
  ["GET", "/validate"],
  ["GET", "/validate/last"],
  ["GET", "/validate/rules"],
  ["POST", "/validate/rules"],
  ["PATCH", `/validate/rules/${ruleId}`],
  ["DELETE", `/validate/rules/${ruleId}`],
];

/** Where there must be one: a request that says nothing sensible is refused before anybody asks who it is from. */
const bodies: Record<string, unknown> = {
  [`POST /backups/${id}/restore`]: { skip_preview: true },
  "POST /validate/rules": { table_name: "profiles", columns: ["email"], kind: "required" },
  [`PATCH /validate/rules/${ruleId}`]: { is_enabled: false },
};

async function expectRefused(as: Credential): Promise<void> {
  const before = await sql`select count(*) from backup.audit_log`;
  const response = await call("GET", "/backups", { as });
  await problem(response, 401, "unauthenticated");
  assert.equal(response.headers.get("www-authenticate"), "Bearer");
  assert.deepEqual(
    await sql`select count(*) from backup.audit_log`,
    before,
    "somebody unknown fills no table",
  );
}

test("auth: every route refuses somebody without a credential", async () => {
  for (const [method, path] of routes) await problem(call(method, path), 401, "unauthenticated");
});

test("auth: the list of routes in this test is complete", async () => {
  const { paths } = await json(call("GET", "/backups/openapi.json"));
  const described = Object.entries(paths as Record<string, Record<string, unknown>>)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .filter((route) => route !== "POST /backup-worker");
  assert.deepEqual(
    described.sort(),
    routes.map(([method, path]) =>
      `${method} ${path.replace(id, "{id}").replace(ruleId, "{rule_id}").replace(/\?.*/, "")}`
    )
      .sort(),
  );
});

test("auth: none, and a publishable key alone", async () => {
  await expectRefused(nobody);
  await expectRefused({ apikey: stack.publishableKey });
  // What supabase-js sends before anybody has signed in.
  await expectRefused({ apikey: stack.publishableKey, authorization: `Bearer ${stack.publishableKey}` });
});

test("auth: wrong keys", async () => {
  await expectRefused({ apikey: "sb_secret_wrong" });
  await expectRefused({ apikey: stack.secretKey.slice(0, -1) });
  await expectRefused({ apikey: "" });
  await expectRefused({ authorization: `Bearer ${stack.secretKey}` });
  await expectRefused({ authorization: "Basic YTpi" });
});

test("auth: expired, not yet valid, forged, unsigned and mangled tokens", async () => {
  const { id: sub, token } = await signIn(stack.adminEmail);
  const now = Math.floor(Date.now() / 1000);
  const bad = [
    await signedToken({ sub, exp: now - 60 }),
    await signedToken({ sub, nbf: now + 600 }),
    await signedToken({}), // nobody's
    await signedToken({ sub, role: "service_role" }),
    await forgedToken({ sub }),
    unsignedToken({ sub }),
    token.slice(0, -3),
    token.split(".").slice(0, 2).join("."),
    "undefined",
    "null",
  ];
  for (const each of bad) {
    await expectRefused({ authorization: `Bearer ${each}`, apikey: stack.publishableKey });
    // A bad token is not made good by a good key.
    await expectRefused({ authorization: `Bearer ${each}`, apikey: stack.secretKey });
  }
});

test("auth: a good token signed by the project works, whoever made it", async () => {
  const { id: sub } = await signIn(stack.adminEmail);
  const authorization = `Bearer ${await signedToken({ sub })}`;
  await json(call("GET", "/backups", { as: { authorization } }));
});

test("auth: a member is refused everywhere, and each attempt is audited", async () => {
  const { credential } = await signIn(stack.memberEmail);
  await withRow({}, async (backupId) => {
    for (const [method, path] of routes) {
      const response = await call(method, path.replace(id, backupId), {
        as: credential,
        body: bodies[`${method} ${path}`],
      });
      await problem(response, 403, "forbidden");
      const [entry, ...more] = await auditOf(response);
      assert.equal(entry.outcome, "denied", `${method} ${path}`);
      assert.equal(more.length, 0);
    }
  });
});

test("auth: somebody whose profile is gone, or who lost the role, is refused", async () => {
  await withPerson(null, async ({ credential }) => {
    await problem(call("GET", "/backups", { as: credential }), 403, "forbidden");
  });
  await withPerson("admin", async ({ id: person, credential }) => {
    await json(call("GET", "/backups", { as: credential }));
    await sql`delete from public.user_roles where profile_id = ${person}`;
    await problem(call("GET", "/backups", { as: credential }), 403, "forbidden");
  });
});

test("auth: both admin roles and a secret key are let in", async () => {
  for (const role of ["admin", "super_admin"] as const) {
    await withPerson(role, async ({ credential }) => {
      await json(call("GET", "/backups", { as: credential }));
    });
  }
  await json(call("GET", "/backups", { as: secret }));
  // What supabase-js sends when it is made with a secret key.
  await json(call("GET", "/backups", { as: { ...secret, authorization: `Bearer ${stack.secretKey}` } }));
});

test("auth: a person's token comes before a secret key beside it", async () => {
  const { credential } = await signIn(stack.memberEmail);
  await problem(call("GET", "/backups", { as: { ...credential, ...secret } }), 403, "forbidden");
});

test("auth: the worker takes a secret key only", async () => {
  const { credential } = await signIn(stack.adminEmail);
  await problem(call("POST", "/backup-worker", { as: credential }), 403, "forbidden");
  await problem(call("POST", "/backup-worker"), 401, "unauthenticated");
  await json(call("POST", "/backup-worker", { as: secret }), 202);
});
