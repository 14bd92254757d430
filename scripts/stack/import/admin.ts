import postgres from "postgres";
import { apiUrl, password, people, type Project } from "../people.ts";

/** What became of the administrator in somebody's own database. */
export interface AdminAccount {
  isAdmin: boolean;
  /** What was done, or why it could not be. */
  said: string[];
}

type Sql = postgres.TransactionSql;

interface Column {
  name: string;
  type: string;
  /** Must be given: NOT NULL, and nothing fills it in. */
  required: boolean;
  labels: string[];
}

/** Signs the administrator up and gives them a profile and a role, in whatever columns those tables have. */
export async function addAdmin(project: Project, databaseUrl: string): Promise<AdminAccount> {
  const said: string[] = [];
  const signedUp = await signUp(project);
  if ("problem" in signedUp) {
    return { isAdmin: false, said: [`${people.admin} could not be signed up: ${signedUp.problem}`] };
  }
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const missing = await missingTables(sql);
    if (missing.length > 0) {
      said.push(
        `There is no ${
          missing.join(", no ")
        }: who is an administrator here, backup.is_admin() has to be told.`,
      );
    } else {
      await sql.begin(async (tx) => {
        said.push(await addProfile(tx, signedUp.id));
        said.push(await addRole(tx, signedUp.id));
      });
    }
    const isAdmin = await isRecognised(sql, signedUp.id);
    if (!isAdmin && missing.length === 0) {
      said.push(
        "backup.is_admin() does not know this role model: replace that function in a migration of your own.",
      );
    }
    return { isAdmin, said };
  } catch (error) {
    said.push(
      `${people.admin} could not be made an administrator: ${error instanceof Error ? error.message : error}`,
    );
    return { isAdmin: false, said };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function signUp({ ports, secrets }: Project): Promise<{ id: string } | { problem: string }> {
  const post = async (path: string) => {
    const response = await fetch(`${apiUrl(ports)}/auth/v1/${path}`, {
      method: "POST",
      headers: { apikey: secrets.publishableKey, "content-type": "application/json" },
      body: JSON.stringify({ email: people.admin, password }),
    });
    return { ok: response.ok, body: await response.json() };
  };
  const made = await post("signup");
  if (made.ok && made.body.user?.id) return { id: made.body.user.id };
  const known = await post("token?grant_type=password");
  if (known.ok) return { id: known.body.user.id };
  return { problem: made.body.msg ?? made.body.message ?? "the Auth API refused" };
}

async function missingTables(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql`
    select name from unnest(array['profiles', 'roles', 'user_roles']) as name
    where to_regclass('public.' || name) is null`;
  return rows.map(({ name }) => `table public.${name}`);
}

async function addProfile(sql: Sql, userId: string): Promise<string> {
  const columns = await columnsOf(sql, "profiles");
  const link = await linkColumn(sql, "profiles", columns, ["id", "user_id", "auth_user_id", "auth_id"]);
  const [kept] = await sql`select 1 from public.profiles where ${sql(link)} = ${userId}`;
  if (kept) return `${people.admin} had a profile already (from the dump, or made by a trigger).`;
  const known: Record<string, unknown> = {
    [link]: userId,
    email: people.admin,
    first_name: "Local",
    last_name: "Administrator",
    full_name: "Local Administrator",
    name: "Local Administrator",
    display_name: "Local Administrator",
    username: "local-administrator",
  };
  const row = fill("profiles", columns, known);
  await sql`insert into public.profiles ${sql(row)}`;
  return `${people.admin} has a profile now.`;
}

async function addRole(sql: Sql, userId: string): Promise<string> {
  const columns = await columnsOf(sql, "user_roles");
  const names = columns.map(({ name }) => name);
  const who = names.find((name) => ["profile_id", "user_id"].includes(name));
  const by = names.find((name) => ["role_id", "role", "role_name"].includes(name));
  if (!who || !by) {
    throw new Error("public.user_roles has neither profile_id nor user_id, or neither role_id nor role");
  }
  const { value, name } = by === "role_id" ? await adminRole(sql) : { value: "admin", name: "admin" };
  const person = who === "profile_id" ? await profileId(sql, userId) : userId;
  const [kept] = await sql`
    select 1 from public.user_roles where ${sql(who)} = ${person} and ${sql(by)}::text = ${String(value)}`;
  if (kept) return `They had the role ${name} already.`;
  await sql`insert into public.user_roles ${
    sql(fill("user_roles", columns, { [who]: person, [by]: value }))
  }`;
  return `They have the role ${name} now.`;
}

/** The profile's own key: where profiles are linked to accounts by another column, it is not the account's id. */
async function profileId(sql: Sql, userId: string): Promise<string> {
  const columns = await columnsOf(sql, "profiles");
  const link = await linkColumn(sql, "profiles", columns, ["id", "user_id", "auth_user_id", "auth_id"]);
  const [{ id }] = await sql`select id::text from public.profiles where ${sql(link)} = ${userId}`;
  return id;
}

async function adminRole(sql: Sql): Promise<{ value: string; name: string }> {
  const columns = await columnsOf(sql, "roles");
  const label = ["name", "slug", "key", "role_name", "role", "title"]
    .find((name) => columns.some((column) => column.name === name));
  if (!label) throw new Error("public.roles has no column that names the role");
  const find = () =>
    sql`
    select id::text as value, ${sql(label)}::text as name from public.roles
    where lower(${sql(label)}::text) in ('admin', 'super_admin') order by lower(${sql(label)}::text) limit 1`;
  const [found] = await find();
  if (found) return { value: found.value, name: found.name };
  await sql`insert into public.roles ${sql(fill("roles", columns, { [label]: "admin" }))}`;
  const [made] = await find();
  return { value: made.value, name: `${made.name} (the database had no such role)` };
}

/** Values for the columns we know, and something harmless in those that must not be empty. */
function fill(
  table: string,
  columns: Column[],
  known: Record<string, unknown>,
): Record<string, postgres.SerializableParameter> {
  const row: Record<string, unknown> = {};
  for (const column of columns) {
    if (column.name in known) row[column.name] = known[column.name];
    else if (column.required) row[column.name] = harmless(table, column);
  }
  return row as Record<string, postgres.SerializableParameter>;
}

function harmless(table: string, { name, type, labels }: Column): unknown {
  if (labels.length > 0) return labels[0];
  if (type.endsWith("[]")) return "{}";
  const values: [RegExp, unknown][] = [
    [/^(text|character|citext)/, ""],
    [/^(smallint|integer|bigint|numeric|real|double)/, /year/.test(name) ? new Date().getFullYear() : 0],
    [/^boolean/, false],
    [/^uuid/, crypto.randomUUID()],
    [/^(timestamp|date)/, new Date()],
    [/^jsonb?/, {}],
  ];
  const found = values.find(([pattern]) => pattern.test(type));
  if (!found) {
    throw new Error(`public.${table}.${name} must have a value, and of type ${type} there is none to invent`);
  }
  return found[1];
}

async function columnsOf(sql: Sql, table: string): Promise<Column[]> {
  return await sql<Column[]>`
    select
      attname as name,
      format_type(atttypid, atttypmod) as type,
      attnotnull and not atthasdef and attidentity = '' as required,
      array(select enumlabel::text from pg_enum where enumtypid = atttypid order by enumsortorder) as labels
    from pg_attribute
    where attrelid = ${"public." + table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`;
}

/** The column that holds the account's id: the one with a foreign key to auth.users, else the usual names. */
async function linkColumn(sql: Sql, table: string, columns: Column[], usual: string[]): Promise<string> {
  const [linked] = await sql`
    select attname as name
    from pg_constraint
    join pg_attribute on attrelid = conrelid and attnum = conkey[1]
    where conrelid = ${"public." + table}::regclass and confrelid = 'auth.users'::regclass and contype = 'f'
      and cardinality(conkey) = 1
    order by attnum limit 1`;
  if (linked) return linked.name;
  const other = usual.slice(1).concat(usual[0]).find((name) =>
    columns.some((column) => column.name === name && column.type === "uuid")
  );
  if (!other) throw new Error(`public.${table} has no column for the id of an account`);
  return other;
}

async function isRecognised(sql: postgres.Sql, userId: string): Promise<boolean> {
  const claims = JSON.stringify({ sub: userId, role: "authenticated" });
  return await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${claims}, true)`;
    const [{ yes }] = await tx`select backup.is_admin() as yes`;
    return Boolean(yes);
  });
}
