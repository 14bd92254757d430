import { deepStrictEqual as equal, ok } from "node:assert";
import postgres from "postgres";

/** What the rest relies on: that the local stack gives a project no more and no less than the hosted platform. */
function env(name: string): string {
  const value = Deno.env.get(name);
  if (value) return value;
  throw new Error(`${name} is not set: run these tests through \`deno task test\``);
}

async function withDatabase(test: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(env("DB_URL"), { max: 1, onnotice: () => {} });
  try {
    await test(sql);
  } finally {
    await sql.end();
  }
}

Deno.test("platform: the project's role is no superuser and owns its database", () =>
  withDatabase(async (sql) => {
    const [role] = await sql`
      select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
        pg_get_userbyid(datdba) = current_user as owns
      from pg_roles, pg_database where rolname = current_user and datname = current_database()`;
    equal({ ...role }, {
      rolsuper: false,
      rolcreatedb: true,
      rolcreaterole: true,
      rolreplication: true,
      rolbypassrls: true,
      owns: true,
    });
  }));

Deno.test("platform: triggers can be silenced for one transaction, by a literal statement", () =>
  withDatabase(async (sql) => {
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      const [{ value }] = await tx`select current_setting('session_replication_role') as value`;
      equal(value, "replica");
    });
  }));

Deno.test("platform: people sign in, and their token says who they are", async () => {
  const response = await fetch(`${env("API_URL")}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { apikey: env("PUBLISHABLE_KEY"), "content-type": "application/json" },
    body: JSON.stringify({ email: env("ADMIN_EMAIL"), password: env("ADMIN_PASSWORD") }),
  });
  equal(response.status, 200);
  ok((await response.json()).user.email === env("ADMIN_EMAIL"));
});

Deno.test("platform: a call of the Data API grants nothing to anybody", async () => {
  const response = await fetch(`${env("API_URL")}/rest/v1/profiles?limit=1`, {
    headers: { apikey: env("PUBLISHABLE_KEY") },
  });
  equal((await response.json()).code, "42501");
  await withDatabase(async (sql) => {
    const open = await sql`
      select relation.oid::regclass::text as name
      from pg_class as relation
      where relnamespace in ('backup'::regnamespace, 'backup_staging'::regnamespace)
        and relkind in ('r', 'p', 'v')
        and (has_table_privilege('anon', oid, 'select, insert, update, delete')
          or has_table_privilege('authenticated', oid, 'select, insert, update, delete'))`;
    equal([...open], []);
  });
});

Deno.test("platform: the Data API knows the tables that the migrations made", async () => {
  const response = await fetch(`${env("API_URL")}/rest/v1/profiles?select=id&limit=1`, {
    headers: { apikey: env("SECRET_KEY") },
  });
  equal([response.status, (await response.json()).length], [200, 1]);
});
