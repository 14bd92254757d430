import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { withRow } from "./_support/backups.ts";
import { test } from "./_support/stack.ts";

const unknownId = "11111111-1111-4111-8111-111111111111";

test("requests: a body that is not JSON", async () => {
  for (const body of ["{", "notes=x", "{'notes': 1}", '{"notes": "x"', "<xml/>", "NaN"]) {
    await problem(call("POST", "/backups", { as: secret, body }), 400, "invalid_json");
  }
});

test("requests: JSON that is no object", async () => {
  for (const body of ["[]", '"x"', "1", "null", "true"]) {
    await problem(call("POST", "/backups", { as: secret, body }), 422, "invalid_request");
  }
});

test("requests: each fault is named by its path", async () => {
  const { errors, error } = await problem(
    call("POST", "/backups", {
      as: secret,
      body: { tables: ["profiles", 7], notes: 1, override_validation: "yes", tabels: [], "x y": 1 },
    }),
    422,
    "invalid_request",
  );
  assert.deepEqual(
    errors.map((fault: { path: string }) => fault.path).sort(),
    ["notes", "override_validation", "tabels", "tables.1", "x y"],
  );
  assert.match(error, /tables\.1/);
});

test("requests: values that are too long, empty or impossible in a database", async () => {
  const bad: Record<string, unknown>[] = [
    { tables: [] },
    { tables: [""] },
    { tables: ["x".repeat(201)] },
    { tables: Array(1001).fill("profiles") },
    { notes: "x".repeat(4001) },
    { notes: "a\0b" },
    { override_reason: "x".repeat(4001) },
  ];
  for (const body of bad) {
    const { errors } = await problem(call("POST", "/backups", { as: secret, body }), 422, "invalid_request");
    assert.equal(errors.length, 1);
    assert.equal(errors[0].path.split(".")[0], Object.keys(body)[0]);
  }
});

test("requests: a body over 1 MB is refused, however it comes", async () => {
  const body = JSON.stringify({ notes: "x".repeat(1_000_001) });
  const { max_bytes } = await problem(
    call("POST", "/backups", { as: secret, body }),
    413,
    "payload_too_large",
  );
  assert.equal(max_bytes, 1_000_000);

  // Without a length in advance, and without an end: refused as soon as it is too much.
  const chunk = new TextEncoder().encode(" ".repeat(64 * 1024));
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += chunk.length;
      if (sent > 64 * 1024 * 1024) controller.error(new Error("the whole body was read"));
      else controller.enqueue(chunk);
    },
  });
  const url = new URL((await call("GET", "/backups/openapi.json")).url);
  const response = await fetch(`${url.origin}/functions/v1/backups`, {
    method: "POST",
    headers: secret,
    body: endless,
  });
  await problem(response, 413, "payload_too_large");
});

test("requests: somebody without a credential cannot make us read a body", async () => {
  const body = JSON.stringify({ notes: "x".repeat(1_000_001) });
  await problem(call("POST", "/backups", { body }), 401, "unauthenticated");
});

test("requests: malformed and unknown ids", async () => {
  for (const path of ["", "/download", "/parts"]) {
    for (const id of ["1", "not-a-uuid", `${unknownId}0`, "..%2f..%2fx", "%00", "'; drop table x"]) {
      const { errors } = await problem(
        call("GET", `/backups/${encodeURIComponent(id)}${path}`, { as: secret }),
        422,
        "invalid_id",
      );
      assert.equal(errors[0].path, "id");
    }
    await problem(call("GET", `/backups/${unknownId}${path}`, { as: secret }), 404, "backup_not_found");
  }
  await problem(call("DELETE", "/backups/1", { as: secret }), 422, "invalid_id");
  await problem(call("DELETE", `/backups/${unknownId}`, { as: secret }), 404, "backup_not_found");
});

test("requests: addresses that do not exist", async () => {
  for (const path of ["/backups/x/y/z", `/backups/${unknownId}/nothing`, "/validate/x"]) {
    await problem(call("GET", path, { as: secret }), 404, "not_found");
  }
});

test("requests: methods that an address does not take", async () => {
  const cases: [string, string, string][] = [
    ["PUT", "/backups", "GET, POST, HEAD"],
    ["DELETE", "/backups", "GET, POST, HEAD"],
    ["PUT", `/backups/${unknownId}`, "GET, POST, PATCH, DELETE, HEAD"],
    ["PUT", `/backups/jobs/${unknownId}`, "GET, HEAD"],
    ["GET", `/backups/${unknownId}/verify`, "POST"],
    ["POST", `/backups/${unknownId}/download`, "GET, HEAD"],
    ["POST", "/validate", "GET, HEAD"],
  ];
  for (const [method, path, allow] of cases) {
    const response = await call(method, path, { as: secret });
    await problem(response, 405, "method_not_allowed");
    assert.equal(response.headers.get("allow"), allow, `${method} ${path}`);
  }
});

test("requests: HEAD answers as GET without a body, and changes nothing", async () => {
  const list = await call("HEAD", "/backups", { as: secret });
  assert.equal(list.status, 200);
  assert.equal(await list.text(), "");
  await withRow({}, async (id) => {
    assert.equal((await call("HEAD", `/backups/${id}`, { as: secret })).status, 200);
  });
  assert.equal((await call("HEAD", `/backups/${unknownId}`, { as: secret })).status, 404);
  assert.equal((await call("HEAD", "/backups")).status, 401);
});

test("requests: a browser's preflight and the answers that follow it", async () => {
  for (const path of ["/backups", `/backups/${unknownId}/download`, "/validate"]) {
    const preflight = await call("OPTIONS", path, {
      headers: {
        origin: "https://alumni.example",
        "access-control-request-method": "DELETE",
        "access-control-request-headers": "authorization,apikey,content-type,x-client-info",
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
    const methods = preflight.headers.get("access-control-allow-methods")?.split(", ") ?? [];
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      assert.ok(methods.includes(method), method);
    }
    for (const name of ["authorization", "apikey", "content-type", "x-client-info"]) {
      assert.match(preflight.headers.get("access-control-allow-headers") ?? "", new RegExp(name));
    }
  }
  const answer = await call("GET", "/backups", { as: secret, headers: { origin: "https://alumni.example" } });
  await answer.body?.cancel();
  assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  assert.match(answer.headers.get("access-control-expose-headers") ?? "", /retry-after/);
});

test("requests: a trailing slash is nothing", async () => {
  await json(call("GET", "/backups/", { as: secret }));
});
