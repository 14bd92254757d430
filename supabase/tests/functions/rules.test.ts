import assert from "node:assert/strict";
import { Rule, RuleList } from "../../functions/_shared/rule_schemas.ts";
import { call, type Credential, json, problem, secret } from "./_support/api.ts";
import { auditOf } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { sql, test } from "./_support/stack.ts";

const path = "/validate/rules";
const draft = { table_name: "events", columns: ["title"], kind: "max_length", parameters: { length: 200 } };
const add = (body: unknown, as: Credential = secret) => call("POST", path, { as, body });
const change = (id: string, body: unknown, as: Credential = secret) =>
  call("PATCH", `${path}/${id}`, { as, body });
const remove = (id: string, as: Credential = secret) => call("DELETE", `${path}/${id}`, { as });
const list = async () => (await json(call("GET", path, { as: secret }))).rules;
const find = async (id: string) => (await list()).find((rule: { id: string }) => rule.id === id);

/** Whatever the work does to the rules, they are then what they were. */
async function withRules(work: () => Promise<void>): Promise<void> {
  const before = await sql`select * from backup.rules`;
  try {
    await work();
  } finally {
    await sql.begin(async (transaction) => {
      await transaction`delete from backup.rules`;
      await transaction`insert into backup.rules ${transaction(before)}`;
    });
  }
}

test("rules: all of them, as the description of the API says", async () => {
  const answer = await json(call("GET", path, { as: secret }));
  assert.deepEqual(RuleList.parse(answer), answer);
  const [{ count }] = await sql`select count(*)::int from backup.rules`;
  assert.equal(answer.rules.length, count);
  assert.deepEqual((await find("profiles_email_format")).applies_to, ["public.profiles"]);
  assert.deepEqual((await find("achievements_title_required")).applies_to, []);
  assert.equal((await find("achievements_title_required")).reason, "public.achievements does not exist");
});

test("rules: added, checked at once, changed, switched off, deleted", async () => {
  await withRules(async () => {
    const response = await add({
      ...draft,
      parameters: { length: 1 },
      severity: "warning",
      title: "Short titles",
    });
    const { rule } = await json(response, 201);
    assert.deepEqual(Rule.parse(rule), rule);
    assert.equal(rule.id, "events_title_max_length");
    assert.deepEqual([rule.table_name, rule.applies_to], ["public.events", ["public.events"]]);
    assert.deepEqual(await auditOf(response), [{
      action: "set_rule",
      outcome: "succeeded",
      target: rule.id,
    }]);
    assert.deepEqual(await find(rule.id), rule);

    const checked = async () => {
      const { tables: [events] } = await json(call("GET", "/validate?tables=events", { as: secret }));
      return events.rules.find(({ id }: { id: string }) => id === rule.id);
    };
    assert.equal((await checked()).title, "Short titles");

    const changed = await json(
      change(rule.id, { severity: "error", parameters: { length: 300 }, suggestion: "Shorten it." }),
    );
    assert.deepEqual(changed.rule, {
      ...rule,
      severity: "error",
      parameters: { length: 300 },
      suggestion: "Shorten it.",
      updated_at: changed.rule.updated_at,
    });
    assert.equal((await json(change(rule.id, { suggestion: "" }))).rule.suggestion, null);
    assert.equal((await json(change(rule.id, {}))).rule.severity, "error", "what is absent stays");

    await json(change(rule.id, { is_enabled: false }));
    assert.equal(await checked(), undefined);

    const deleted = await remove(rule.id);
    assert.equal(deleted.status, 204);
    assert.equal(await deleted.text(), "");
    assert.deepEqual(await auditOf(deleted), [{
      action: "delete_rule",
      outcome: "succeeded",
      target: rule.id,
    }]);
    assert.equal(await find(rule.id), undefined);
  });
});

test("rules: of a built-in one severity, words, parameters and the switch can be changed", async () => {
  await withRules(async () => {
    const { rule } = await json(
      change("profiles_email_format", { severity: "warning", is_enabled: false, title: "Good addresses" }),
    );
    assert.deepEqual(
      [rule.severity, rule.is_enabled, rule.title, rule.is_adjusted, rule.origin],
      ["warning", false, "Good addresses", true, "built_in"],
    );
    assert.deepEqual(
      rule.applies_to,
      ["public.profiles"],
      "switched off, it still says where it would apply",
    );
    const refused = await problem(remove("profiles_email_format"), 422, "invalid_rule");
    assert.deepEqual([refused.rule, refused.argument], ["profiles_email_format", "id"]);
    assert.ok(await find("profiles_email_format"));
  });
});

test("rules: an id that is taken, and one that there is not", async () => {
  await withRules(async () => {
    const taken = await add({ ...draft, id: "profiles_email_format" });
    const { rule, argument } = await problem(taken, 409, "rule_exists");
    assert.deepEqual([rule, argument], ["profiles_email_format", "id"]);
    assert.deepEqual(await auditOf(taken), [{ action: "set_rule", outcome: "failed", target: rule }]);
    // Two at once, both without an id: each gets one of its own.
    const both = await Promise.all([add(draft), add(draft)].map((answer) => json(answer, 201)));
    assert.equal(new Set(both.map(({ rule }) => rule.id)).size, 2);
  });
  assert.equal((await problem(change("nope", { severity: "error" }), 404, "rule_not_found")).rule, "nope");
  assert.equal((await problem(remove("no%20pe"), 404, "rule_not_found")).rule, "no pe");
});

test("rules: SQL names the field that makes no sense", async () => {
  const bad: [Record<string, unknown>, string][] = [
    [{ id: "Not an id" }, "id"],
    [{ table_name: "nowhere" }, "table_name"],
    [{ table_name: "public.backups" }, "table_name"],
    [{ columns: ["nope"] }, "columns"],
    [{ columns: [] }, "columns"],
    [{ kind: "date_order" }, "columns"],
    [{ kind: "expression", parameters: { condition: "true" } }, "kind"],
    [{ kind: "matches", parameters: { pattern: "[" } }, "parameters"],
    [{ parameters: {} }, "parameters"],
    [{ title: " " }, "title"],
    [{ message: "x".repeat(501) }, "message"],
  ];
  for (const [field, argument] of bad) {
    const refused = await problem(add({ ...draft, ...field }), 422, "invalid_rule");
    assert.equal(refused.argument, argument, JSON.stringify(field));
  }
  const pattern = change("profiles_graduation_year_format", { parameters: { pattern: "[" } });
  assert.equal((await problem(pattern, 422, "invalid_rule")).argument, "parameters");
  await problem(add({ ...draft, kind: "one_of", parameters: { values: ["a\0b"] } }), 422, "invalid_argument");
});

test("rules: requests that make no sense", async () => {
  const bad: [Record<string, unknown>, string][] = [
    [{ kind: "bogus" }, "kind"],
    [{ severity: "fatal" }, "severity"],
    [{ columns: "title" }, "columns"],
    [{ columns: ["a\0b"] }, "columns.0"],
    [{ parameters: [] }, "parameters"],
    [{ is_enabled: false }, "is_enabled"],
    [{ table: "events" }, "table"],
  ];
  for (const [field, at] of bad) {
    const { errors } = await problem(add({ ...draft, ...field }), 422, "invalid_request");
    assert.equal(errors[0].path, at);
  }
  for (const field of ["columns", "kind", "table_name", "id", "origin"]) {
    const { errors } = await problem(
      change("profiles_email_format", { [field]: "x" }),
      422,
      "invalid_request",
    );
    assert.equal(errors[0].path, field);
  }
  await problem(remove("a%00b"), 422, "invalid_request");
  await problem(call("GET", `${path}?table=events`, { as: secret }), 422, "invalid_request");
  await problem(call("PUT", path, { as: secret, body: {} }), 405, "method_not_allowed");
});

test("rules: for administrators", async () => {
  await withPerson("alumni", async ({ credential }) => {
    await problem(call("GET", path, { as: credential }), 403, "forbidden");
    await problem(change("profiles_email_format", { is_enabled: false }, credential), 403, "forbidden");
    await problem(remove("profiles_email_format", credential), 403, "forbidden");
    const refused = await add(draft, credential);
    await problem(refused, 403, "forbidden");
    assert.deepEqual((await auditOf(refused)).map(({ action, outcome }) => [action, outcome]), [[
      "set_rule",
      "denied",
    ]]);
  });
  await problem(call("GET", path), 401, "unauthenticated");
});
