import assert from "node:assert/strict";
import { sql, stack, variable } from "../../_support/stack.ts";

/**
 * What somebody does who has the encrypted parts, the key, and nothing of this
 * project: `age -d`, join, `gunzip`, `psql`.
 */
export async function decryptAndJoin(folder: string, parts: Uint8Array[]): Promise<string> {
  for (const [index, bytes] of parts.entries()) await Deno.writeFile(`${folder}/${index}.age`, bytes);
  await shell(
    `for n in $(seq 0 ${
      parts.length - 1
    }); do age -d -i "$AGE_IDENTITY_FILE" ${folder}/$n.age; done > ${folder}/joined.sql.gz`,
  );
  return `${folder}/joined.sql.gz`;
}

/**
 * Into tables that are emptied in the same transaction: then Postgres fills page after page, and the rows lie in
 * the order of the archive. Else it may put a small one into a page that a large one had no room in.
 */
export async function load(archive: string, databaseUrl: string): Promise<void> {
  const emptied =
    "truncate public.profiles, public.roles, public.user_roles, public.events, public.jobs cascade";
  await shell(`gunzip < ${archive} > ${archive}.sql`);
  await shell(
    `psql --no-psqlrc -v ON_ERROR_STOP=1 -q -1 -o /dev/null -c "${emptied}" -f ${archive}.sql "${databaseUrl}"`,
  );
}

/** An empty database with the schema of the stack's, of the same role, on the same server. */
export async function withEmptyCopy(work: (databaseUrl: string) => Promise<void>): Promise<void> {
  const name = `scratch_${crypto.randomUUID().replaceAll("-", "")}`;
  const url = new URL(stack.databaseUrl);
  url.pathname = `/${name}`;
  await sql.unsafe(`create database ${name} template template0`);
  try {
    const dump = "pg_dump --schema-only --no-owner --no-privileges --no-publications --exclude-schema=cron";
    // Extensions that only a superuser makes are not part of the data; all else must be there.
    await shell(
      `${dump} "${stack.databaseUrl}" | psql --no-psqlrc -q "${url}" 2>&1 | { grep ERROR || true; } | { ! grep -vE 'extension|cron'; }`,
    );
    await work(url.href);
  } finally {
    await sql.unsafe(`drop database ${name} with (force)`);
  }
}

export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Text depends on these; synchronised scans would begin anywhere. */
const pinned = [
  "datestyle=ISO,YMD",
  "intervalstyle=postgres",
  "timezone=UTC",
  "extra_float_digits=3",
  "bytea_output=hex",
  "lc_monetary=C",
  "xmlbinary=base64",
  "client_encoding=UTF8",
  "search_path=",
  "row_security=off",
  "synchronize_seqscans=off",
  "max_parallel_workers_per_gather=0",
].map((setting) => `-c ${setting}`).join(" ");

/** Every heap below public, quoted: tables and leaves of partitioned ones, without the catalogue of backups. */
export async function heaps(databaseUrl: string): Promise<string[]> {
  const text = await query(
    databaseUrl,
    `select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'backups'
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by 1`,
  );
  return new TextDecoder().decode(text).split("\n").filter((line) => line !== "");
}

/** sha256 of the rows of each heap (all columns, generated ones too, in the order of the heap), and what each sequence says. */
export async function contents(databaseUrl: string): Promise<Record<string, string>> {
  const names = await heaps(databaseUrl);
  const script = names.map((heap) => `copy (select * from only ${heap}) to stdout \\g |sha256sum`).join("\n");
  const hashes = new TextDecoder().decode(await psql(databaseUrl, ["-f", "-"], script)).trim().split("\n");
  assert.equal(hashes.length, names.length);
  const sequences = await query(
    databaseUrl,
    `select format('%I.%I=%s', schemaname, sequencename, coalesce(last_value::text, 'not called'))
     from pg_sequences where schemaname = 'public' order by 1`,
  );
  return {
    ...Object.fromEntries(names.map((heap, index) => [heap, hashes[index]])),
    ...Object.fromEntries(
      new TextDecoder().decode(sequences).trim().split("\n").map((line) => line.split("=", 2)),
    ),
  };
}

export async function query(databaseUrl: string, statement: string): Promise<Uint8Array> {
  return await psql(databaseUrl, ["-c", statement]);
}

async function psql(databaseUrl: string, args: string[], input = ""): Promise<Uint8Array> {
  const child = new Deno.Command("psql", {
    args: ["--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-q", "-A", "-t", "-d", databaseUrl, ...args],
    env: { PGOPTIONS: pinned },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return stdout;
}

async function shell(command: string): Promise<void> {
  const { code, stderr, stdout } = await new Deno.Command("bash", {
    args: ["-c", `set -euo pipefail; ${command}`],
    env: { AGE_IDENTITY_FILE: variable("AGE_IDENTITY_FILE") },
  }).output();
  const said = new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
  assert.equal(code, 0, said.slice(0, 4000));
}
