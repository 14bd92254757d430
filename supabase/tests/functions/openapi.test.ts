import assert from "node:assert/strict";
import { apiDocument, documentPath } from "../../../scripts/openapi.ts";
import { call, json } from "./_support/api.ts";
import { test } from "./_support/stack.ts";

test("openapi: docs/api/openapi.json is what the code says (deno task openapi)", () => {
  assert.equal(Deno.readTextFileSync(documentPath), apiDocument());
});

test("openapi: the function serves the same, to everybody", async () => {
  const served = await json(call("GET", "/backups/openapi.json"));
  assert.deepEqual(served, JSON.parse(apiDocument()));
});

test("openapi: every route has a name, a summary, and its errors", () => {
  const { openapi, paths } = JSON.parse(apiDocument());
  assert.equal(openapi, "3.1.0");
  const routes = Object.values<Record<string, Operation>>(paths).flatMap((methods) => Object.values(methods));
  assert.ok(routes.length >= 8);
  assert.equal(new Set(routes.map(({ operationId }) => operationId)).size, routes.length);
  for (const { operationId, summary, responses } of routes) {
    assert.ok(operationId && summary);
    for (const status of ["401", "403", "500", "503"]) {
      assert.ok(responses[status], `${operationId}: ${status}`);
    }
  }
});

interface Operation {
  operationId: string;
  summary: string;
  responses: Record<string, unknown>;
}
