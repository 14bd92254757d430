import assert from "node:assert/strict";
import { codeOfSqlState, errorCodes, type ErrorDefinition } from "../../functions/_shared/error_codes.ts";
import { progressSqlState } from "../../functions/backup-worker/progress.ts";
import { sql, test } from "./_support/stack.ts";

const root = new URL("../../../", import.meta.url);
const codes: [string, ErrorDefinition][] = Object.entries(errorCodes);

test("error codes: what our SQL raises is known here, and the other way round", async () => {
  const functions = await sql`
    select p.prosrc from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace where n.nspname = 'backup'`;
  const raised = new Set(functions.flatMap(({ prosrc }) => prosrc.match(/\bBK\d{3}\b/g) ?? []));
  // Progress, told by a notice.
  raised.delete(progressSqlState);
  const known = new Set(codes.flatMap(([, { sqlstate }]) => sqlstate ?? []));
  assert.deepEqual([...raised].filter((state) => !known.has(state)), [], "raised, but not in error_codes.ts");
  for (const state of known) assert.equal(errorCodes[codeOfSqlState(state)!].status >= 400, true);
  const files = [...Deno.readDirSync(new URL("supabase/migrations/", root))]
    .map(({ name }) => Deno.readTextFileSync(new URL(`supabase/migrations/${name}`, root))).join("\n");
  assert.deepEqual(
    [...known].filter((state) => !files.includes(state)),
    [],
    "in error_codes.ts, but in no migration",
  );
});

test("error codes: the page for people lists each code with its status and SQLSTATE", () => {
  const page = Deno.readTextFileSync(new URL("docs/error-codes.md", root));
  const rows = [...page.matchAll(/^\| `(\w+)` *\| (\d{3}) *\| (BK\d{3}|–) *\|(.+)\|(.+)\|$/gm)];
  const listed = Object.fromEntries(rows.map(([, code, status, state]) => [code, `${status} ${state}`]));
  const expected = Object.fromEntries(
    codes.map(([code, { status, sqlstate }]) => [code, `${status} ${sqlstate ?? "–"}`]),
  );
  assert.deepEqual(listed, expected);
  assert.equal(rows.length, codes.length, "each once");
  for (const [, code, , , when, remedy] of rows) assert.ok(when.trim() && remedy.trim(), code);
});

test("error codes: every code is used somewhere", () => {
  const source = ["supabase/functions/", "supabase/migrations/", "scripts/"]
    .flatMap((folder) => [...sources(new URL(folder, root))])
    .filter(({ path }) => !path.endsWith("error_codes.ts")).map(({ text }) => text).join("\n");
  for (const [code, { sqlstate }] of codes) {
    if (!sqlstate) assert.match(source, new RegExp(`["']${code}["']`), `${code} is raised nowhere`);
  }
});

function* sources(folder: URL): Generator<{ path: string; text: string }> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (name === "node_modules") continue;
    const url = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory) yield* sources(url);
    else if (/\.(ts|sql)$/.test(name)) yield { path: url.pathname, text: Deno.readTextFileSync(url) };
  }
}
