import assert from "node:assert/strict";
import { errorFields } from "../../../functions/_shared/logger.ts";
import { problemResponse, toAppError } from "../../../functions/_shared/errors.ts";
import { connect } from "../../../functions/_shared/database.ts";
import { serviceCaller } from "../../../functions/_shared/caller.ts";
import { fromSqlError } from "../../../functions/_shared/sql_errors.ts";
import { sql, stack, test } from "../_support/stack.ts";

/** What a statement raises, as a caller gets to see it. */
async function raised(sqlstate: string, more = "") {
  const block =
    `do $$ begin raise exception using errcode = '${sqlstate}', message = 'Sorry.'${more}; end $$`;
  return fromSqlError(await sql.unsafe(block).then(() => null, (error) => error));
}

test("SQL errors: ours keep their text, hint and members", async () => {
  const error = await raised("BK409", `, hint = 'Wait.', detail = '{"backup_id": "x", "code": "mine"}'`);
  assert.equal(error.code, "backup_in_progress");
  const body = await problemResponse(error, "r").json();
  assert.equal(body.detail, "Sorry.");
  assert.equal(body.hint, "Wait.");
  assert.equal(body.backup_id, "x");
  assert.equal(body.code, "backup_in_progress", "a member cannot hide one of ours");
});

test("SQL errors: the server's own become codes, and say nothing of the data", async () => {
  const expected: Record<string, string> = {
    "55P03": "lock_timeout",
    "57014": "database_busy",
    "40001": "database_busy",
    "40P01": "database_busy",
    "53300": "database_unavailable",
    "57P01": "database_unavailable",
    "08006": "database_unavailable",
    "23505": "internal",
    "42P01": "internal",
    "22021": "invalid_argument",
    BK999: "internal",
  };
  for (const [state, code] of Object.entries(expected)) {
    const error = await raised(state, `, detail = 'Key (email)=(ada@alumni.test)'`);
    assert.equal(error.code, code, state);
    assert.ok(!JSON.stringify(await problemResponse(error, "r").json()).includes("ada@"));
    assert.ok(!JSON.stringify(errorFields(error)).includes("ada@"));
  }
});

test("SQL errors: no server", async () => {
  const database = connect({
    url: "postgres://x:secret@127.0.0.1:1/x",
    projectUrl: "",
    applicationName: "test",
  });
  await assert.rejects(database.call("is_admin", {}, serviceCaller("test", "r")), (error) => {
    assert.equal(toAppError(error).code, "database_unavailable");
    assert.ok(!JSON.stringify(errorFields(error)).includes("secret"));
    return true;
  });
  await database.close();
});

test("SQL errors: one call does not leave its caller to the next", async () => {
  const database = connect({
    url: stack.databaseUrl,
    projectUrl: stack.apiUrl,
    applicationName: "test",
    max: 1,
  });
  const nobody = { claims: { role: "anon" }, ip: null, userAgent: null, requestId: "r" };
  assert.equal(
    (await database.call("admit", { action: "list" }, serviceCaller("test", "r"))).decision,
    "allowed",
  );
  assert.equal((await database.call("admit", { action: "list" }, nobody)).decision, "forbidden");
  const [{ claims }] = await database.sql`select current_setting('request.jwt.claims', true) as claims`;
  assert.equal(claims, "");
  await database.close();
});
