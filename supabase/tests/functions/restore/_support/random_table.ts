import { Random } from "./random.ts";
import { quoted } from "./specimen.ts";

/** A table of a random shape with random rows, and random edits of them: all from one seed. */
export interface RandomTable {
  name: string;
  create: string;
  edit: string;
}

/** Per type some values as SQL writes them; few, so that rows meet. */
const types: Record<string, string[]> = {
  "integer": ["0", "1", "2", "3", "-1", "2147483647"],
  "text": ["''", "'a'", "'A'", "'\\N'", "e'tab\\tend\\\\'", "'NULL'", "repeat('long ', 700)"],
  "uuid": ["'00000000-0000-0000-0000-000000000000'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"],
  "date": ["'2020-01-01'", "'infinity'", "'0044-03-15 BC'"],
  "timestamptz": ["'2020-01-01 00:00+00'", "'-infinity'", "'2020-01-01 00:00:00.000001+00'"],
  "boolean": ["true", "false"],
  "bytea": ["'\\x'", "'\\x00'", "'\\x5c6e'"],
  "numeric": ["0", "0.0", "1.0", "1.00", "'NaN'", "'-Infinity'", "1e30"],
  "double precision": ["0", "'-0'", "'NaN'", "1e-300", "0.1"],
  "interval": ["'1 day'", "'24:00'", "'-1 mon'"],
  "jsonb": ["'{}'", "'{\"a\": 1.0}'", "'null'", "'\"\\\\n\"'"],
  "json": ["'{}'", "'{ }'", '\'{"a":1,"a":2}\''],
  "integer[]": ["'{}'", "'{1,NULL}'", "'[2:3]={1,2}'"],
  "int4range": ["'empty'", "'[1,5)'", "'(,)'"],
  "point": ["'(0,0)'", "'(-0,0)'"],
};

/** Equal exactly when their texts are, so that a test can tell rows apart as Postgres does. */
const keyTypes = ["integer", "text", "uuid", "date", "timestamptz", "boolean", "bytea"];
const columnNames = ["s", "l", "key", "Row", "old", "c d", 'q"', "é", "select", "p", "t", "new"];

type KeyKind = "none" | "primary" | "unique not null";

interface Column {
  name: string;
  type: string;
  isKey: boolean;
}

export function randomTable(seed: number, options: { hasUniques: boolean }): RandomTable {
  const random = new Random(seed);
  const name = `zoo_seed_${seed}`;
  const keyKind = random.pick<KeyKind>(["none", "primary", "primary", "unique not null"]);
  const columns = randomColumns(random, keyKind);
  const table = quoted(name);
  const listed = (of: Column[]) => of.map(({ name }) => identifier(name)).join(", ");
  const key = columns.filter(({ isKey }) => isKey);

  const row = () =>
    `insert into ${table} values (${columns.map((column) => value(random, column)).join(", ")})`;
  const some = () => `ctid = (select ctid from ${table} order by ctid offset ${random.below(20)} limit 1)`;
  const change = () => {
    const column = random.pick(columns);
    return `update ${table} set ${identifier(column.name)} = ${value(random, column)} where ${some()}`;
  };
  const swap = () => {
    const column = identifier(random.pick(columns).name);
    return `update ${table} as x set ${column} = y.${column} from ${table} as y
      where x.ctid <> y.ctid and x.${some()} and y.${some()}`;
  };
  const edits = [row, row, change, change, change, swap, () => `delete from ${table} where ${some()}`];
  const uniques = options.hasUniques && random.once(2)
    ? columns.filter(({ type }) => keyTypes.includes(type)).slice(0, 1)
    : [];

  return {
    name,
    create: [
      `create table ${table} (${columns.map(({ name, type }) => `${identifier(name)} ${type}`).join(", ")}`,
      keyKind === "primary" ? `, primary key (${listed(key)})` : "",
      ");",
      keyKind === "unique not null"
        ? key.map(({ name }) => `alter table ${table} alter ${identifier(name)} set not null;`).join(" ") +
          `create unique index on ${table} (${listed(key)});`
        : "",
      uniques.length > 0 ? `create unique index on ${table} (${listed(uniques)});` : "",
      whatFits(random.list(random.below(20), row)),
    ].join(""),
    edit: whatFits([
      ...(random.once(10) ? [`truncate ${table}`] : []),
      ...random.list(random.below(14), () => random.pick(edits)()),
    ]),
  };
}

function randomColumns(random: Random, keyKind: KeyKind): Column[] {
  const count = 1 + random.below(6);
  const keyCount = keyKind === "none" ? 0 : 1 + random.below(Math.min(3, count));
  const start = random.below(columnNames.length);
  const columns = random.list(count, (n) => ({
    name: columnNames[(start + n) % columnNames.length],
    type: random.pick(n < keyCount ? keyTypes : Object.keys(types)),
    isKey: n < keyCount,
  }));
  return random.once(2) ? columns : columns.reverse();
}

function value(random: Random, { type, isKey }: Column): string {
  return !isKey && random.once(5) ? "null" : `${random.pick(types[type])}::${type}`;
}

/** One after the other; what breaks a constraint is left out. */
function whatFits(statements: string[]): string {
  const attempts = statements.map((statement) =>
    `begin ${statement}; exception when unique_violation or not_null_violation then null; end;`
  );
  return `do $do$ begin ${attempts.join("\n")} end $do$;`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
