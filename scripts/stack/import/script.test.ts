import { deepStrictEqual as equal, rejects } from "node:assert";
import { decode, type Piece, pieces } from "./script.ts";

async function take(sql: string | Uint8Array): Promise<Piece[]> {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeFile(file, typeof sql === "string" ? new TextEncoder().encode(sql) : sql);
    return await Array.fromAsync(pieces(file));
  } finally {
    await Deno.remove(file);
  }
}

async function statements(sql: string): Promise<string[]> {
  const found = await take(sql);
  return found.filter((piece) => piece.kind === "statement").map(({ text }) => text.trim());
}

Deno.test("script: semicolons inside quotes, comments and parentheses end nothing", async () => {
  const whole = [
    "select ';' || 'it''s;' ;",
    "select E'back\\';slash', 'no\\' ;",
    'select 1 as "a;""b;" ;',
    "select 1 /* ; /* nested ; */ ; */ ;",
    "select 1 -- ; not yet\n + 1;",
    "create rule r as on insert to t do (select 1; select 2);",
    "do $x$ begin; $y$ ; $$ ; end $x$;",
  ];
  for (const sql of whole) equal(await statements(`${sql}\nselect 2;`), [sql, "select 2;"]);
});

Deno.test("script: a body in plain SQL ends with its own END", async () => {
  const body =
    "CREATE FUNCTION f() RETURNS int\n    BEGIN ATOMIC\n SELECT CASE WHEN true THEN 1 END;\n SELECT 2;\nEND;";
  equal(await statements(`${body}\nselect 3;`), [body, "select 3;"]);
});

Deno.test("script: COPY data is not read as SQL", async () => {
  const data = ["1\tit's; $$ /*\n", "\\\\.\n", '\\N\t"\n', "\\.\n"];
  const found = await take(`COPY public.t (a, b) FROM stdin;\n${data.join("")}select 1;\n`);
  equal(found.filter(({ kind }) => kind === "data").map(({ text }) => text), ["\n", ...data]);
  equal(found.filter(({ kind }) => kind === "statement").map(({ text }) => text.trim()).at(-1), "select 1;");
});

Deno.test("script: put together again, no byte is lost", async () => {
  const sql = new Uint8Array([
    ...new TextEncoder().encode("-- Größe\n\\restrict x\nselect 'ü';\n\nCOPY t (a) FROM stdin;\n"),
    ...[0xff, 0xfe, 0x80, 0x0a],
    ...new TextEncoder().encode("\\.\n\n-- the end"),
  ]);
  const text = (await take(sql)).map((piece) => piece.text).join("");
  equal(Uint8Array.from(text, (char) => char.charCodeAt(0)), sql);
  equal(decode("GrÃ¶Ã\x9fe"), "Größe");
});

Deno.test("script: a psql command is a piece of its own, and none inside a statement", async () => {
  const [comment, command] = await take("-- a dump\n\\restrict abc\nselect 1;\n");
  equal([comment.kind, command.kind, command.text], ["statement", "command", "\\restrict abc\n"]);
  await rejects(take("select 1 \\gexec\n"), /Line 1 of the dump/);
});
