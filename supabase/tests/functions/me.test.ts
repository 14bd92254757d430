import assert from "node:assert/strict";
import { Me } from "../../functions/_shared/me_schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { withPerson } from "./_support/people.ts";
import { test } from "./_support/stack.ts";

const path = "/backups/me";

test("me: an administrator, by name, e-mail and roles", async () => {
  await withPerson("super_admin", async ({ id, email, credential }) => {
    const me = await json(call("GET", path, { as: credential }));
    assert.deepEqual(me, { id, kind: "person", name: "Test Person", email, roles: ["super_admin"] });
    assert.deepEqual(Me.parse(me), me);
  });
});

test("me: a secret key", async () => {
  const me = await json(call("GET", path, { as: secret }));
  assert.deepEqual(me, { id: null, kind: "service", name: "default", email: null, roles: [] });
  assert.deepEqual(Me.parse(me), me);
});

test("me: whoever may not is told so", async () => {
  for (const role of ["alumni", null] as const) {
    await withPerson(role, async ({ credential }) => {
      await problem(call("GET", path, { as: credential }), 403, "forbidden");
    });
  }
  await problem(call("GET", path), 401, "unauthenticated");
});
