import { decode, withoutComments } from "./script.ts";

/** What the database that a dump goes into knows. */
export interface Known {
  settings: ReadonlySet<string>;
  roles: ReadonlySet<string>;
  /** The columns of auth.users that can be written, with their types. */
  userColumns: ReadonlyMap<string, string>;
  /** The dump is of a project that has this system: its migrations make these tables anew. */
  hasThisSystem: boolean;
}

export type Verdict =
  | { keep: string }
  | { skip: string }
  | { extension: string; schema?: string }
  | { roles: string[]; keep: string };

/** Schemas that the platform owns: what a dump says of them is there already, or has no counterpart here. */
const platformSchemas = new Set(
  ("auth storage realtime _realtime vault graphql graphql_public pgbouncer supabase_functions supabase_migrations " +
    "extensions cron net pgsodium pgsodium_masks pgtle _analytics _supavisor").split(" "),
);

/** Schemas of this system. */
export const ourSchemas: ReadonlySet<string> = new Set(["backup", "backup_staging"]);
const ours = "this system itself (its migrations make it anew)";

const ident = String.raw`(?:"(?:[^"]|"")+"|[A-Za-z_\x80-\xff][\w$\x80-\xff]*)`;
const qualified = String.raw`(${ident})\s*\.\s*(${ident})`;
const pattern = (source: string) =>
  new RegExp(source.replaceAll("NAME", qualified).replaceAll("IDENT", ident), "is");

const setting = pattern(String.raw`^SET\s+(?:SESSION\s+|LOCAL\s+)?([\w.]+)\s*(?:=|TO\s)`);
const extension = pattern(
  String.raw`^CREATE\s+EXTENSION\s+(?:IF\s+NOT\s+EXISTS\s+)?(IDENT)(?:.*?\sSCHEMA\s+(IDENT))?`,
);
const schema = pattern(String.raw`^CREATE\s+SCHEMA\s+(?!IF\b)(IDENT)`);
const userRows = pattern(String.raw`^(COPY|INSERT\s+INTO)\s+"?auth"?\s*\.\s*"?users"?\s*(\(([^)]*)\))?`);
const userTrigger = pattern(
  String
    .raw`^CREATE\s+(?:CONSTRAINT\s+)?TRIGGER\s.*?\sON\s+"?auth"?\s*\.\s*"?users"?\s.*?EXECUTE\s+(?:FUNCTION|PROCEDURE)\s+NAME`,
);
const userReference = pattern(
  String
    .raw`^ALTER\s+TABLE\s+(?:ONLY\s+)?(IDENT\s*\.\s*IDENT)\s+ADD\s+CONSTRAINT\s+IDENT\s+FOREIGN\s+KEY\s*\((IDENT)\)\s*` +
    String.raw`REFERENCES\s+"?auth"?\s*\.\s*"?users"?\s*\("?id"?\)`,
);
const defaultPrivileges = pattern(
  String.raw`^ALTER\s+DEFAULT\s+PRIVILEGES\s+(?:FOR\s+(?:ROLE|USER)\s+(IDENT)\s+)?`,
);
const policyRoles = pattern(
  String.raw`^CREATE\s+POLICY\s.*?\sTO\s+(IDENT(?:\s*,\s*IDENT)*)(?=\s+USING\b|\s+WITH\s+CHECK\b|\s*;)`,
);
const grantees = pattern(
  String
    .raw`\s(?:TO|FROM)\s+(IDENT(?:\s*,\s*IDENT)*)(?:\s+(?:WITH\s+GRANT\s+OPTION|CASCADE|RESTRICT|GRANTED\s+BY.*))?\s*;\s*$`,
);

/** Kinds of statements that a project's owner may not run, or that mean nothing in another cluster. */
const foreign: [RegExp, string][] = [
  [/^SET\s+(SESSION\s+AUTHORIZATION|ROLE)\b/i, "a change of role"],
  [/^ALTER\b.*\sOWNER\s+TO\s/is, "an owner (the project's role owns everything here)"],
  [/^(BEGIN|START\s+TRANSACTION|COMMIT|END|ROLLBACK)\b[^;]*;/i, "a transaction of its own"],
  [
    /^(CREATE|ALTER|DROP|COMMENT\s+ON)\s+(ROLE|USER|GROUP|DATABASE|TABLESPACE)\b/i,
    "a role, database or tablespace",
  ],
  [/^(ALTER|DROP|COMMENT\s+ON)\s+EXTENSION\b/i, "a change of an extension"],
  [
    /^(CREATE|ALTER|DROP|COMMENT\s+ON)\s+(EVENT\s+TRIGGER|SUBSCRIPTION|((TRUSTED|PROCEDURAL)\s+)*LANGUAGE)\b/i,
    "what only a superuser may create",
  ],
  [/^(CREATE|DROP|COMMENT\s+ON)\s+PUBLICATION\b/i, "a publication"],
  [/^ALTER\s+PUBLICATION\s+(?!"?supabase_realtime"?\s+ADD\s+TABLE\s)/i, "a publication"],
  [/^ALTER\s+TABLE\s.*\s(ENABLE|DISABLE)\s+TRIGGER\s+ALL\b/is, "a switch of system triggers"],
  [/^(GRANT|REVOKE)\s(?!.*\sON\s)/is, "a membership of a role"],
  [/^SECURITY\s+LABEL\b/i, "a security label"],
];

/** Where the name of the thing stands that a statement is about. */
const subjects = [
  String.raw`^(?:COPY|INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?NAME`,
  String.raw`^SELECT\s+pg_catalog\.setval\('NAME`,
  String.raw`^CREATE\s+(?:UNIQUE\s+)?INDEX\s.*?\sON\s+(?:ONLY\s+)?NAME`,
  String
    .raw`^(?:CREATE|ALTER|DROP|COMMENT\s+ON)\s+(?:OR\s+REPLACE\s+)?(?:CONSTRAINT\s+)?(?:TRIGGER|POLICY|RULE|CONSTRAINT)\s+IDENT\s.*?\b(?:ON|TO)\s+(?:TABLE\s+|ONLY\s+|DOMAIN\s+)*NAME`,
  String.raw`^ALTER\s+PUBLICATION\s+IDENT\s+ADD\s+TABLE\s+(?:ONLY\s+)?NAME`,
  String.raw`^(?:GRANT|REVOKE)\s.*?\sON\s+(?:ALL\s+\w+\s+IN\s+SCHEMA|SCHEMA)\s+(IDENT)`,
  String
    .raw`^(?:GRANT|REVOKE)\s.*?\sON\s+(?:TABLE|SEQUENCE|FUNCTION|PROCEDURE|ROUTINE|TYPE|DOMAIN|FOREIGN\s+\w+(?:\s+WRAPPER)?)?\s*NAME`,
  String.raw`^(?:CREATE|COMMENT\s+ON|DROP|ALTER)\s+SCHEMA\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(IDENT)`,
  String
    .raw`^(?:CREATE|ALTER|DROP|COMMENT\s+ON)\s+(?:OR\s+REPLACE\s+|UNLOGGED\s+|FOREIGN\s+|MATERIALIZED\s+|RECURSIVE\s+)*(?:TABLE|VIEW|SEQUENCE|FUNCTION|PROCEDURE|AGGREGATE|TYPE|DOMAIN|INDEX|COLUMN|COLLATION|STATISTICS|OPERATOR(?:\s+CLASS|\s+FAMILY)?|TEXT\s+SEARCH\s+\w+)\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?:ONLY\s+)?NAME`,
].map(pattern);

/** What is to be done with one statement of somebody's dump. */
export function judge(text: string, known: Known): Verdict {
  const sql = withoutComments(text);
  if (sql === "") return { keep: text };

  const name = setting.exec(sql)?.[1]?.toLowerCase();
  if (name && name !== "role" && !known.settings.has(name) && !name.includes(".")) {
    return { skip: "a setting unknown here" };
  }
  for (const [kind, reason] of foreign) if (kind.test(sql)) return { skip: reason };

  const wanted = extension.exec(sql);
  if (wanted) return { extension: plain(wanted[1]), schema: wanted[2] && plain(wanted[2]) };
  if (userRows.test(sql)) return people(text, sql, known);
  if (isForeignDefault(sql, known)) return { skip: "default privileges of a role unknown here" };

  const trigger = userTrigger.exec(sql);
  if (trigger && !platformSchemas.has(plain(trigger[1]))) return { keep: text };
  const subject = subjectOf(sql);
  if (subject && platformSchemas.has(subject.schema)) return { skip: "the platform's own schemas" };
  if (subject && ourSchemas.has(subject.schema)) return { skip: ours };
  if (known.hasThisSystem && subject?.schema === "public" && subject.name === "backups") {
    return { skip: ours };
  }

  const roles = names(policyRoles.exec(sql)?.[1]);
  if (roles.length > 0) return { roles: roles.filter((role) => !known.roles.has(role)), keep: text };
  if (
    /^(GRANT|REVOKE)\s/i.test(sql) && names(grantees.exec(sql)?.[1]).some((role) => !known.roles.has(role))
  ) {
    return { skip: "privileges of a role unknown here" };
  }
  const comments = text.slice(0, text.length - sql.length);
  if (schema.test(sql)) {
    return { keep: comments + sql.replace(/^CREATE\s+SCHEMA\s/i, "CREATE SCHEMA IF NOT EXISTS ") };
  }

  const reference = userReference.exec(sql);
  if (reference) return { keep: comments + standIns(reference[1], reference[2]) + sql };
  return { keep: text };
}

/** What a statement is about; a name without a schema is nobody's but the project's. */
export function subjectOf(sql: string): { schema: string; name?: string } | undefined {
  const found = subjects.map((one) => one.exec(sql)).find((match) => match?.[1] !== undefined);
  return found ? { schema: plain(found[1]!), name: found[2] && plain(found[2]) } : undefined;
}

/** Statements with which `pg_dump --clean` begins: there is nothing to clear in a new database. */
export const clearing = /^(DROP\s|ALTER\s+TABLE\s[^;]*\sDROP\s)/i;

/** The temporary table that takes rows of auth.users, whatever columns they have. */
const shelf = "pg_temp.imported_users";

/** After the rows are on the shelf: those columns that auth.users has here go there. */
export function shelveUsers(columns: string[], known: Known): string {
  const common = columns.filter((column) => known.userColumns.has(plain(column)));
  const values = common.map((column) => `${column}::${known.userColumns.get(plain(column))}`);
  return `INSERT INTO auth.users (${common.join(", ")}) SELECT ${
    values.join(", ")
  } FROM ${shelf} ON CONFLICT DO NOTHING; ` +
    `DROP TABLE ${shelf};`;
}

export function userColumnsOf(text: string): string[] | undefined {
  const list = userRows.exec(withoutComments(text))?.[3];
  return list?.split(",").map((column) => column.trim());
}

function people(text: string, sql: string, known: Known): Verdict {
  const columns = userColumnsOf(text);
  if (!columns) return { skip: "rows of auth.users without column names" };
  const table = `CREATE TEMP TABLE imported_users (${
    columns.map((column) => `${column} text`).join(", ")
  }); `;
  const shelved = sql.replace(/"?auth"?\s*\.\s*"?users"?/i, shelf);
  const before = text.slice(0, text.length - sql.length);
  const after = /^COPY/i.test(sql) ? "" : ` ${shelveUsers(columns, known)}`;
  return { keep: before + table + shelved + after };
}

/**
 * A dump of a project's own schemas lacks the accounts that they refer to. An account without a password stands
 * in for each, so that the foreign key holds.
 */
function standIns(table: string, column: string): string {
  return "SET LOCAL session_replication_role = replica; " +
    `INSERT INTO auth.users (id, aud, role, raw_app_meta_data) SELECT DISTINCT missing.${column}, 'authenticated', ` +
    `'authenticated', '{"stands_in": true}'::jsonb FROM ${table} AS missing WHERE missing.${column} IS NOT NULL ` +
    "ON CONFLICT DO NOTHING; SET LOCAL session_replication_role = origin; ";
}

function isForeignDefault(sql: string, known: Known): boolean {
  const found = defaultPrivileges.exec(sql);
  if (!found) return false;
  const [role, receivers] = [found[1] && plain(found[1]), names(grantees.exec(sql)?.[1])];
  return (role !== undefined && role !== "postgres") || receivers.some((one) => !known.roles.has(one));
}

function names(list: string | undefined): string[] {
  const found = list?.match(new RegExp(ident, "g")) ?? [];
  return found.map(plain).filter((name) => !/^(public|current_user|current_role|session_user)$/.test(name));
}

/** An identifier as the catalogue has it. */
function plain(name: string): string {
  const text = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
  return decode(text);
}
