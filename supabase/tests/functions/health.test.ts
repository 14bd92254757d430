import assert from "node:assert/strict";
import { generateKeyPair } from "../../functions/_shared/age.ts";
import { HealthReport } from "../../functions/_shared/health_schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf } from "./_support/backups.ts";
import { withApp } from "./_support/in_process.ts";
import { withPerson } from "./_support/people.ts";
import { sql, test } from "./_support/stack.ts";

const path = "/backups/health";

/** The report, whether all is well or not; the status must say which. */
async function reportOf(response: Response) {
  const report = await json(response, response.status);
  assert.deepEqual(HealthReport.parse(report), report);
  assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
  assert.equal(response.headers.get("cache-control"), "no-store");
  const isFailing = report.checks.some(({ status }: { status: string }) => status === "failing");
  assert.equal(report.status, isFailing ? "failing" : "ok");
  assert.equal(response.status, isFailing ? 503 : 200);
  return report;
}

const check = (report: { checks: { name: string }[] }, name: string) =>
  // deno-lint-ignore no-explicit-any -- as the API answers it
  report.checks.find((each) => each.name === name) as any;

test("health: each check once, and the status says it all", async () => {
  const report = await reportOf(await call("GET", path, { as: secret }));
  const names = report.checks.map(({ name }: { name: string }) => name);
  assert.deepEqual(
    names.toSorted(),
    [
      "bucket",
      "deliveries",
      "keys",
      "project",
      "queue",
      "recent_backup",
      "recent_drill",
      "schedules",
      "sweep",
    ],
  );
  assert.deepEqual(report.keys, { recipients: true, identity: true });
});

test("health: HEAD says the same without a body", async () => {
  const [head, get] = [await call("HEAD", path, { as: secret }), await call("GET", path, { as: secret })];
  await get.body?.cancel();
  assert.equal(head.status, get.status);
  assert.equal(await head.text(), "");
});

test("health: asked every minute it is neither limited nor audited", async () => {
  await withPerson("admin", async ({ id, credential }) => {
    const response = await call("GET", path, { as: credential });
    await reportOf(response);
    assert.deepEqual(await auditOf(response), []);
    assert.equal((await sql`select from backup.rate_limit_hits where actor_id = ${id}`).length, 0);
  });
  await withPerson("alumni", async ({ credential }) => {
    await problem(call("GET", path, { as: credential }), 403, "forbidden");
  });
  await problem(call("GET", path), 401, "unauthenticated");
});

test("health: without recipients no backup can be made: 503, and still the report", async () => {
  const { identity } = await generateKeyPair();
  // The second is the secret half in the wrong place: it must not come out again.
  for (const ageRecipients of ["", identity, "age1x"]) {
    await withApp({ env: { ageRecipients } }, async (ask) => {
      const response = await ask(path);
      assert.equal(response.status, 503);
      const report = await reportOf(response);
      assert.equal(report.keys.recipients, false);
      assert.equal(check(report, "keys").status, "failing");
      assert.match(check(report, "keys").message, /BACKUP_AGE_RECIPIENTS/);
      assert.ok(!JSON.stringify(report).includes("AGE-SECRET-KEY-1"));
    });
  }
});

test("health: an identity may be kept elsewhere, a malformed one is a fault", async () => {
  await withApp({ env: { ageIdentities: "" } }, async (ask) => {
    const report = await reportOf(await ask(path));
    assert.deepEqual(report.keys, { recipients: true, identity: false });
    assert.equal(check(report, "keys").status, "ok");
  });
  await withApp({ env: { ageIdentities: "AGE-SECRET-KEY-1OOPS" } }, async (ask) => {
    const report = await reportOf(await ask(path));
    assert.deepEqual(report.keys, { recipients: true, identity: false });
    assert.equal(check(report, "keys").status, "failing");
    assert.ok(!JSON.stringify(report).includes("OOPS"));
  });
});
