import type { Specimen } from "../_support/specimen.ts";

/** Names that SQL of ours may use itself: as columns, and as columns of the key. */
const aliases = [
  [
    "s",
    "l",
    "op",
    "key",
    "row",
    "staged",
    "live",
    "c",
    "t",
    "old",
    "new",
    "excluded",
    "CTID",
    "oid",
    "a",
    "b",
    "k",
  ],
  [
    "change",
    "before",
    "after",
    "image",
    "images",
    "keys",
    "rows",
    "rn",
    "n",
    "copy",
    "ordinal",
    "number",
    "source",
  ],
  [
    "target",
    "this",
    "value",
    "x",
    "r",
    "tid",
    "position",
    "backup",
    "backup_staging",
    "restore",
    "restore_id",
  ],
  [
    "table_name",
    "columns",
    "is_insert",
    "occurrence",
    "copies",
    "_key",
    "_row",
    "_s",
    "_l",
    "wanted",
    "found",
    "parent",
  ],
  [
    "child",
    "person",
    "role",
    "kept",
    "drift",
    "sample",
    "count",
    "total",
    "text",
    "integer",
    "public",
    "pg_catalog",
  ],
].flat();

/** The longest name there is; two of them that differ at the end only. */
const long = "zoo_" + "long".repeat(14) + "_a";
const longer = "zoo_" + "long".repeat(14) + "_b";

const odd = [
  "s.l",
  "select",
  " ",
  'a"quote',
  "dot.dot",
  "back\\slash",
  "ünï–☃",
  "%I %s $1",
  "CamelCase",
  "it's",
  ":x",
  "?",
];

export const names: Specimen[] = [
  ...["zoo_aliases", "zoo_alias_keys", "zoo_alias_bag"].map((table) => ofAliases(table)),
  {
    name: "reserved and mixed-case names",
    tables: [
      "select",
      "zoo Mixed Case",
      "zoo_User",
      "zoo_user",
      "2019",
      'zoo "quoted"',
      "zoo_%I_$1",
      "zoo.dotted",
    ],
    create: [
      "select",
      "zoo Mixed Case",
      "zoo_User",
      "zoo_user",
      "2019",
      'zoo "quoted"',
      "zoo_%I_$1",
      "zoo.dotted",
    ].map(
      (table) => `
        create table public.${identifier(table)} ("order" integer generated always as identity primary key, ${
        odd.map((column) => `${identifier(column)} text`).join(", ")
      });
        insert into public.${identifier(table)} (${odd.map(identifier).join(", ")})
        select ${odd.map((_, n) => `'${n} ' || row`).join(", ")} from generate_series(1, 10) as row;`,
    ).join(""),
    edit: [
      "select",
      "zoo Mixed Case",
      "zoo_User",
      "zoo_user",
      "2019",
      'zoo "quoted"',
      "zoo_%I_$1",
      "zoo.dotted",
    ].map(
      (table) => `
        update public.${identifier(table)} set ${
        identifier('a"quote')
      } = 'changed', "%I %s $1" = null where "order" < 3;
        delete from public.${identifier(table)} where "order" > 8;
        insert into public.${identifier(table)} ("select") values ('new');`,
    ).join(""),
    next:
      `insert into public."select" ("select") values ('next'); insert into public."zoo_User" ("select") values ('next');`,
  },
  {
    name: "names as long as they get, for tables, columns and constraints",
    tables: [long, longer],
    create: [long, longer].map((table) => `
      create table public.${table} (${table} serial primary key, c${table.slice(1)} text unique, check (c${
      table.slice(1)
    } <> ''));
      insert into public.${table} (c${
      table.slice(1)
    }) select '${table} ' || n from generate_series(1, 10) as n;`).join(""),
    edit: [long, longer].map((table) => `
      delete from public.${table} where ${table} > 5;
      update public.${table} set c${table.slice(1)} = 'changed' where ${table} = 1;`).join(""),
    next: `insert into public.${long} default values; insert into public.${longer} default values;`,
  },
];

function ofAliases(table: string): Specimen {
  const columns = aliases.map((name) => `${identifier(name)} text`);
  const key = table === "zoo_alias_keys" ? [", primary key (s, l, op, key, row, old, new)"] : [];
  const number = table === "zoo_aliases" ? ["id integer primary key, "] : ["id integer, "];
  return {
    name: `columns that are called like aliases (${table})`,
    tables: [table],
    create: `
      create table public.${table} (${number}${columns.join(", ")}${key});
      insert into public.${table} select row, ${
      aliases.map((name) => `'${name} ' || row`).join(", ")
    } from generate_series(1, 20) as row;`,
    edit: `
      update public.${table} set ${
      aliases.slice(11).map((name) => `${identifier(name)} = 'changed'`).join(", ")
    }, "old" = 'o' || id, "new" = 'n' where id < 4;
      update public.${table} set "after" = null, "image" = '' where id between 5 and 7;
      delete from public.${table} where id > 17;
      insert into public.${table} select 100, ${aliases.map((name) => `'${name} new'`).join(", ")};`,
  };
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
