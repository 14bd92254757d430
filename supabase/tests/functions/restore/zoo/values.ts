import type { Specimen } from "../_support/specimen.ts";

/** Values that are easily lost on the way: into text, out of it, and through a comparison. */
export const values: Specimen[] = [
  {
    name: "every type",
    tables: ["zoo_types"],
    create: `
      create extension if not exists citext with schema extensions;
      create type zoo.feeling as enum ('sad', 'ok', 'it''s "odd", \\N');
      create domain zoo.label as text not null default '-' check (value <> '');
      create type zoo.spot as (x double precision, y double precision, label text);
      create type zoo.nested as (spot zoo.spot, tags text[], "odd name" zoo.feeling);
      create type zoo.span as range (subtype = time);
      create table public.zoo_types (
        id integer primary key, feeling zoo.feeling, feelings zoo.feeling[], label zoo.label, labels zoo.label[], texts text[], shifted integer[],
        days daterange, own zoo.span, many int4multirange, spot zoo.spot, spots zoo.spot[], nested zoo.nested,
        bytes bytea, plain json, binary_json jsonb, at timestamptz, clock time, clock_zone timetz, gap interval,
        exact numeric, scaled numeric(10, 4), float4s real, float8s double precision, cash money, markup xml, bits bit(5),
        address inet, network cidr, words tsvector, search tsquery, folded extensions.citext, path jsonpath, round circle, lsn pg_lsn, kind "char", fixed char(8));
      insert into public.zoo_types (id) select n from generate_series(1, 20) as n;
      insert into public.zoo_types values
        (50, 'it''s "odd", \\N', array['sad', null]::zoo.feeling[], 'x', array['a', E'\\n']::zoo.label[], array['', null, 'NULL', '"', '\\', '{}', E'\\n'], '[3:5]={1,2,3}',
         '[2020-01-01,infinity)', '[00:00,24:00]', '{[1,3),[5,)}', row(1.1, '-0', E'a"b\\\\c,(d)\\n'), array[row('nan', 'infinity', null)::zoo.spot, null, row(null, null, '')::zoo.spot],
         row(row(1, 2, ''), array['', null], 'ok'),
         '\\x000102ff5c0a', E'{"b": 1,  "a": 2, "a": "\\\\u00e9"}', '{"n": 1.0, "big": 1e400}', 'infinity', '24:00:00', '23:59:59.999999-15:59', '1 mon -1 day 00:00:00.000001',
         'nan', 1.0000, 'nan', '-0', '-92233720368547758.08', '<a b="c">&lt;&#160;</a>', b'10101',
         '::1/64', '10.0.0.0/8', 'fat:1A cat:2,3B ''it''''s'':4', '!fat & (cat:* | ''a b'')', 'MiXed', '$.a[*] ? (@ > 1)', '<(1,2),3>', '16/B374D848', E'\\\\', 'ab'),
        (51, 'sad', '{}', '\\N', '{}', '{{"a","b"}}', '{}', 'empty', 'empty', '{}', row(null, null, null), '{}', row(null, null, null),
         '', 'null', 'null', '0044-03-15 12:00:00+00 BC', '00:00', '00:00+14', '-1 year -2 mons +3 days -04:05:06',
         '-infinity', -1.5, '-0', 0.30000000000000004, '0.01', 'just text', b'00000',
         '255.255.255.255', '::/0', '', '', '', 'strict $', '<(0,0),0>', '0/0', '', '');`,
    edit: `
      update public.zoo_types set exact = 1, float8s = 0, gap = '0', words = 'dog', plain = '{}', spots = null, feelings = null, folded = 'mixed', markup = '<b/>', cash = 0 where id = 50;
      delete from public.zoo_types where id = 51;
      update public.zoo_types set bytes = '\\x00', texts = '{NULL}', label = 'other' where id < 5;
      insert into public.zoo_types (id, folded) values (60, 'new');`,
  },
  {
    name: "values that lie out of line, some of them as stored, some compressed",
    tables: ["zoo_large"],
    create: `
      create table public.zoo_large (id integer primary key, small text, body text, raw bytea);
      alter table public.zoo_large alter body set storage external;
      insert into public.zoo_large
      select n, 'small', repeat(E'a line with \\\\ and a tab\\t\\n', 4000 + n),
        (select decode(string_agg(md5(n || ' ' || m), ''), 'hex') from generate_series(1, 500) as m) from generate_series(1, 20) as n;`,
    edit: `
      update public.zoo_large set small = 'changed' where id < 5;
      update public.zoo_large set body = body || '.' where id between 5 and 8;
      update public.zoo_large set raw = raw || '\\x00' where id between 9 and 12;
      update public.zoo_large set raw = null where id between 13 and 15;
      delete from public.zoo_large where id > 18;`,
  },
  {
    name: "generated columns, also unique ones and ones whose function trusts the search path",
    tables: ["zoo_generated", "zoo_trusting"],
    create: `
      create table public.zoo_generated (
        id integer generated always as identity primary key, net numeric, gross numeric generated always as (net * 1.2) stored,
        code text, folded text generated always as (lower(code)) stored unique);
      insert into public.zoo_generated (net, code) select n, 'Code ' || n from generate_series(1, 40) as n;
      create function public.zoo_quiet(text) returns text language sql immutable as 'select lower($1)';
      create function public.zoo_loud(words text) returns text language plpgsql immutable as 'begin return zoo_quiet(words) || ''!''; end';
      create table public.zoo_trusting (id integer primary key, body text check (zoo_loud(body) <> ''), loud text generated always as (zoo_loud(body)) stored);
      create index on public.zoo_trusting (zoo_loud(body));
      insert into public.zoo_trusting (id, body) select n, 'Body ' || n from generate_series(1, 30) as n;`,
    edit: `
      update public.zoo_generated set code = 'swapped' where id = 1;
      update public.zoo_generated set code = 'code 1' where id = 2;
      update public.zoo_generated set net = net + 1 where id > 30;
      delete from public.zoo_generated where id between 10 and 20;
      insert into public.zoo_generated (net, code) values (1, 'Code 15');
      update public.zoo_trusting set body = 'Changed' where id < 10;
      delete from public.zoo_trusting where id > 20;`,
    next: `insert into public.zoo_generated (net, code) values (1, 'next');`,
  },
  {
    name: "enums with a value that was added, and a domain with a new check that the old values pass",
    tables: ["zoo_evolved"],
    create: `
      create type zoo.size as enum ('small', 'large');
      create domain zoo.positive as integer;
      create table public.zoo_evolved (id integer primary key, size zoo.size, sizes zoo.size[], n zoo.positive);
      insert into public.zoo_evolved select n, case when n % 2 = 0 then 'small' else 'large' end::zoo.size, array['small', 'large']::zoo.size[], n from generate_series(1, 30) as n;`,
    evolve: `
      alter type zoo.size add value 'medium' before 'large';
      alter domain zoo.positive add constraint positive check (value > 0);`,
    edit: `
      update public.zoo_evolved set size = 'medium', sizes = array['medium']::zoo.size[] where id < 10;
      delete from public.zoo_evolved where id > 25;
      insert into public.zoo_evolved values (100, 'medium', '{}', 1);`,
  },
  {
    name: "keys that ignore case: citext, and a collation in which different texts are equal",
    tables: ["zoo_citext", "zoo_collated"],
    create: `
      create collation zoo.folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      create table public.zoo_citext (code extensions.citext primary key, body text);
      create table public.zoo_collated (code text collate zoo.folded primary key, body text collate zoo.folded unique);
      insert into public.zoo_citext values ('Abc', '1'), ('Def', '2'), ('GHI', '3'), ('jkl', '4');
      insert into public.zoo_collated values ('Abc', 'One'), ('Def', 'Two'), ('GHI', 'Three'), ('jkl', 'Four');`,
    edit: `
      update public.zoo_citext set code = 'ABC' where code = 'Abc';
      update public.zoo_citext set body = 'changed' where code = 'def';
      delete from public.zoo_citext where code = 'ghi';
      insert into public.zoo_citext values ('new', '5');
      update public.zoo_collated set code = 'ABC' where code = 'abc';
      update public.zoo_collated set body = 'TWO' where code = 'def';
      delete from public.zoo_collated where code = 'ghi';
      insert into public.zoo_collated values ('new', 'three');`,
    counts: {
      zoo_citext: { insert: 1, update: 2, delete: 1, unchanged: 1 },
      zoo_collated: { insert: 1, update: 2, delete: 1, unchanged: 1 },
    },
  },
];
