import assert from "node:assert/strict";
import postgres from "postgres";
import { stack } from "../../_support/stack.ts";

/** One row: what identifies it (null: nothing does), and all its columns, as text. */
export interface Row {
  key: string | null;
  text: string;
}

export type Dump = Record<string, Row[]>;

/** Equal values are equal texts only under the same settings. */
const reader = postgres(stack.databaseUrl, {
  max: 1,
  idle_timeout: 1,
  onnotice: () => {},
  connection: {
    DateStyle: "ISO, YMD",
    IntervalStyle: "postgres",
    TimeZone: "UTC",
    extra_float_digits: "3",
    bytea_output: "hex",
    lc_monetary: "C",
    search_path: "",
    row_security: "off",
  },
});

/** The rows of these tables (quoted names), in an order that does not depend on where they lie. */
export async function dump(tables: string[]): Promise<Dump> {
  const [described] = await reader`
    select json_agg(json_build_object(
      'name', name,
      'source', case when class.relkind = 'p' then name else 'only ' || name end,
      -- by name, wherever a column stands
      'columns', (select string_agg(format('%I.%I', 'a row of it', attname), ', ' order by attname collate "C")
                  from pg_catalog.pg_attribute
                  where attrelid = class.oid and attnum > 0 and not attisdropped),
      'key', (select string_agg(format('%I.%I', 'a row of it', part), ', ')
              from unnest(backup.relation_key(class.oid)) as part)) order by name) as tables
    from unnest(${tables}::text[]) as name
    join pg_catalog.pg_class as class on class.oid = name::pg_catalog.regclass`;
  const queries = described.tables.map(({ name, source, key, columns }: Record<string, string | null>) =>
    `select ${literal(name!)} as name, ${key ? `row(${key})::text` : "null"} as key,
            row(${columns ?? ""})::text as text
     from ${source} as "a row of it"`
  );
  const rows = await reader.unsafe(
    `select * from (${queries.join("\nunion all\n")}) as found order by name, text collate "C", key`,
  );
  const found: Dump = Object.fromEntries(tables.map((name) => [name, []]));
  for (const { name, key, text } of rows) found[name].push({ key, text });
  return found;
}

/** Byte for byte the same rows. */
export function assertSame(actual: Row[], expected: Row[], message: string): void {
  assert.deepEqual(actual.map(({ text }) => text), expected.map(({ text }) => text), message);
}

export interface Counts {
  insert: number;
  update: number;
  delete: number;
  unchanged: number;
}

/** What a restore must do to the live rows, so that they are those of the backup again. */
export function difference(backup: Row[], live: Row[]): Counts {
  const hasKey = [...backup, ...live].every(({ key }) => key !== null);
  return hasKey ? byKey(backup, live) : asMultisets(backup, live);
}

function byKey(backup: Row[], live: Row[]): Counts {
  const before = new Map(backup.map(({ key, text }) => [key, text]));
  const now = new Map(live.map(({ key, text }) => [key, text]));
  const inBoth = [...before.keys()].filter((key) => now.has(key));
  const unchanged = inBoth.filter((key) => before.get(key) === now.get(key)).length;
  return {
    insert: before.size - inBoth.length,
    update: inBoth.length - unchanged,
    delete: now.size - inBoth.length,
    unchanged,
  };
}

function asMultisets(backup: Row[], live: Row[]): Counts {
  const left = new Map<string, number>();
  for (const { text } of live) left.set(text, (left.get(text) ?? 0) + 1);
  let unchanged = 0;
  for (const { text } of backup) {
    const count = left.get(text) ?? 0;
    if (count === 0) continue;
    left.set(text, count - 1);
    unchanged++;
  }
  return { insert: backup.length - unchanged, update: 0, delete: live.length - unchanged, unchanged };
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
