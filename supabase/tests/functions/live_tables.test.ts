import assert from "node:assert/strict";
import { LiveTables } from "../../functions/_shared/table_schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { withPerson } from "./_support/people.ts";
import { sql, test } from "./_support/stack.ts";

const path = "/backups/tables";

test("tables: what a backup would hold now, as the description of the API says", async () => {
  const answer = await json(call("GET", path, { as: secret }));
  assert.deepEqual(LiveTables.parse(answer), answer);
  const listed =
    await sql`select schema_name || '.' || table_name as label from backup.select_tables() order by ordinal`;
  assert.deepEqual(
    answer.tables.map(({ table }: { table: string }) => table),
    listed.map(({ label }) => label),
  );

  const of = (name: string) =>
    answer.tables.find(({ table }: { table: string }) => table === `public.${name}`);
  assert.deepEqual(of("user_roles").references, ["public.profiles", "public.roles"]);
  assert.ok(of("profiles").referenced_by.includes("public.user_roles"));
  assert.deepEqual(of("profiles").key, ["id"]);
  const column = (name: string) => of("events").columns.find((each: { name: string }) => each.name === name);
  assert.deepEqual(column("title"), { name: "title", type: "text", family: "text" });
  assert.equal(column("capacity").family, "integer");
  const [{ count }] = await sql`select count(*)::int from public.profiles`;
  assert.ok(of("profiles").estimated_rows >= 0 && of("profiles").estimated_rows <= 2 * count + 100);
  assert.ok(of("profiles").bytes > 0);
});

test("tables: for administrators", async () => {
  await withPerson("admin", async ({ credential }) => {
    await json(call("GET", path, { as: credential }));
  });
  await withPerson("alumni", async ({ credential }) => {
    await problem(call("GET", path, { as: credential }), 403, "forbidden");
  });
});

test("tables: one that is locked is not waited for, and nobody else has to wait meanwhile", () =>
  sql.begin(async (held) => {
    await held`lock table public.events in access exclusive mode`;
    const asked = Array.from(
      { length: 4 },
      () => problem(call("GET", path, { as: secret }), 503, "lock_timeout"),
    );
    await json(call("GET", "/backups?limit=1", { as: secret }));
    await Promise.all(asked);
  }));
