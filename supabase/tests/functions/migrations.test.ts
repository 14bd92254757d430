import assert from "node:assert/strict";
import { sql, stack, test } from "./_support/stack.ts";

const migrations = new URL("../../migrations/", import.meta.url);

test("migrations: they apply to a new database, and again where everything exists, changing nothing", async () => {
  const name = `migrations_${crypto.randomUUID().slice(0, 8)}`;
  const url = new URL(stack.databaseUrl);
  url.pathname = `/${name}`;
  await sql`create database ${sql(name)} template template0`;
  try {
    await psql(url.href, ["-c", platform]);
    await applyAll(url.href);
    const first = await schemaOf(url.href);
    assert.match(first, /CREATE TABLE public\.backups/);
    await applyAll(url.href);
    assert.equal(await schemaOf(url.href), first);
  } finally {
    await sql`drop database if exists ${sql(name)} with (force)`;
  }
});

/** What Supabase brings along, as far as the migrations lean on it. */
const platform = `
  create schema auth;
  create table auth.users (id uuid primary key, email text, deleted_at timestamptz);
  create function auth.uid() returns uuid language sql stable as
    $$ select nullif(current_setting('request.jwt.claims', true)::jsonb ->> 'sub', '')::uuid $$;
  create schema extensions;
  create schema storage;
  create table storage.buckets (id text primary key, name text, public boolean);
  create table storage.objects (id uuid primary key, bucket_id text, name text);
  alter table storage.objects enable row level security;
  create publication supabase_realtime;`;

async function applyAll(url: string): Promise<void> {
  const files = [...Deno.readDirSync(migrations)].map((entry) => entry.name).filter((name) =>
    name.endsWith(".sql")
  ).sort();
  // Each in a transaction of its own, as the Supabase CLI does it.
  for (const file of files) await psql(url, ["-1", "-f", new URL(file, migrations).pathname]);
}

function psql(url: string, args: string[]): Promise<string> {
  return run("psql", ["--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", ...args, url]);
}

/** The lines that name a secret of this very dump are left out: newer versions write one. */
async function schemaOf(url: string): Promise<string> {
  const dump = await run("pg_dump", ["--schema-only", url]);
  return dump.replaceAll(/^\\(un)?restrict .*$/gm, "");
}

async function run(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  assert.ok(success, `${program} ${args.join(" ")}\n${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
