import assert from "node:assert/strict";
import { call, problem, secret } from "./_support/api.ts";
import { auditOf } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { test } from "./_support/stack.ts";

const path = "/backups/metrics";
const sample =
  /^([a-z_:][a-z0-9_:]*)(\{[a-z_]+="(?:[^"\\]|\\.)*"(?:,[a-z_]+="(?:[^"\\]|\\.)*")*\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

test("metrics: text that Prometheus reads, each metric with its help and type before its samples", async () => {
  const response = await call("GET", path, { as: secret });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  const text = await response.text();
  assert.ok(text.endsWith("\n"));

  const types = new Map<string, string>();
  const seen = new Set<string>();
  let current = "";
  for (const line of text.trimEnd().split("\n")) {
    const [, help] = /^# HELP (\S+) \S/.exec(line) ?? [];
    const [, name, type] = /^# TYPE (\S+) (gauge|counter)$/.exec(line) ?? [];
    if (help) {
      assert.ok(!types.has(help), `${help} comes once`);
      current = help;
    } else if (name) {
      assert.equal(name, current);
      types.set(name, type);
    } else {
      const [, of, labels] = sample.exec(line) ?? [];
      assert.equal(of, current, line);
      assert.ok(types.has(of));
      assert.ok(!seen.has(`${of}${labels}`), `${line}: labels come once`);
      seen.add(`${of}${labels}`);
    }
  }
  assert.ok(seen.size > 0);
  for (const [name, type] of types) assert.equal(name.endsWith("_total"), type === "counter", name);
});

test("metrics: scraped every few seconds they are not audited", async () => {
  const response = await call("GET", path, { as: secret });
  await response.body?.cancel();
  assert.deepEqual(await auditOf(response), []);
});

test("metrics: with a secret key only", async () => {
  await problem(call("GET", path), 401, "unauthenticated");
  for (const role of ["admin", "alumni"] as const) {
    await withPerson(role, async ({ credential }) => {
      const response = await call("GET", path, { as: credential });
      await problem(response, 403, "forbidden");
      assert.deepEqual(await auditOf(response), [{ action: "read", outcome: "denied", target: "metrics" }]);
    });
  }
});
