-- A choice of rows: how keys may be written, and what is said of those that make no sense.
begin;
\ir support.sql
select plan(58);

select testing.did($$
  create type public.mood as enum ('calm', 'wild');
  create domain public.short as text check (length(value) <= 3);
  create table public.things (id integer primary key, body text);
  create table public."Mixed ""Case" ("B" text, a integer, primary key ("B", a));
  create table public.heap (body text);
  create table public.unique_only (body text not null unique);
  create table public.feelings (mood public.mood primary key);
  create table public.names (name public.short primary key);
  create table public.moments (at timestamptz primary key);
  create table public.codes (code varchar(3) primary key);
  create table public.binaries (id bytea primary key);
  create table public.gone (id integer primary key);
  create table public.rekeyed (id integer primary key, other text not null);
$$);
select testing.backup_of('things', 'Mixed "Case', 'heap', 'unique_only', 'feelings', 'names', 'moments', 'codes', 'binaries', 'gone', 'rekeyed') as backup \gset
select testing.did($$ drop table public.gone; alter table public.rekeyed drop constraint rekeyed_pkey, add primary key (other) $$);

-- row_key()
select is(backup.row_key('7', '{id}'), '{7}', 'a number');
select is(backup.row_key('"x"', '{id}'), '{x}', 'a text');
select is(backup.row_key('"{a,\"b\"}"', '{id}'), array['{a,"b"}'], 'a text is what it is, whatever is in it');
select is(backup.row_key('12345678901234567890.10', '{id}'), '{12345678901234567890.10}', 'a number of any length, digit by digit');
select is(backup.row_key('true', '{id}'), '{true}', 'a boolean');
select is(backup.row_key('[7]', '{id}'), '{7}', 'an array of one');
select is(backup.row_key('{"id": 7}', '{id}'), '{7}', 'an object');
select is(backup.row_key('[7, "x"]', '{b,a}'), '{7,x}', 'an array in the order of the key');
select is(backup.row_key('{"a": "x", "b": 7}', '{b,a}'), '{7,x}', 'an object in any order');
select is(backup.row_key('7', '{b,a}'), null, 'one value is no key of two columns');
select is(backup.row_key('[7]', '{b,a}'), null, 'nor is an array that is too short');
select is(backup.row_key('[7, 8, 9]', '{b,a}'), null, 'or too long');
select is(backup.row_key('[]', '{a}'), null, 'or empty');
select is(backup.row_key('{"a": 7}', '{b,a}'), null, 'or an object that lacks a column');
select is(backup.row_key('{"a": 7, "b": 8, "c": 9}', '{b,a}'), null, 'or has one too many');
select is(backup.row_key('{"A": 7}', '{a}'), null, 'names are as they are written');
select is(backup.row_key('{}', '{a}'), null, 'an empty object is no key');
select is(backup.row_key('null', '{a}'), array[null::text], 'null has no value');

-- table_in_backup()
select is((backup.table_in_backup(:'backup', 'things')).ordinal, (backup.table_in_backup(:'backup', 'public.things')).ordinal, 'a bare name means schema public');
select is((backup.table_in_backup(:'backup', 'Mixed "Case')).table_name, 'Mixed "Case', 'names are not quoted');
select is((backup.table_in_backup(:'backup', 'THINGS')).ordinal, null, 'nor folded');
select is((backup.table_in_backup(:'backup', null)).ordinal, null, 'NULL is no table');
insert into backup.backup_tables (backup_id, ordinal, schema_name, table_name, definition, fingerprint) values (:'backup', 90, 'public', 'x.y', '{}', repeat('f', 64)), (:'backup', 91, 'x', 'y', '{}', repeat('f', 64));
select is((backup.table_in_backup(:'backup', 'x.y')).ordinal, 91, 'x.y is rather table y of schema x than table "x.y" of schema public');
delete from backup.backup_tables where ordinal in (90, 91);

-- understood
create function testing.chosen(rows jsonb)
returns jsonb
language sql
as $$ select backup.chosen_rows(made.id, rows) from public.backups as made $$;
select is(testing.chosen('{"things": [1, "2", [3], {"id": 4}]}'), '{"public.things": [["1"], ["2"], ["3"], ["4"]]}', 'every way to write a key comes to the same');
select is(testing.chosen('{"Mixed \"Case": [["x", 1], {"a": 2, "B": "y"}]}'), '{"public.Mixed \"Case": [["x", "1"], ["y", "2"]]}', 'a key of two columns');
select is(testing.chosen('{"things": [1], "unique_only": ["x"]}'), '{"public.things": [["1"]], "public.unique_only": [["x"]]}', 'rows of several tables; a unique column that is never NULL is a key, too');
select is(testing.chosen('{"things": [1, 1]}'), '{"public.things": [["1"], ["1"]]}', 'twice the same');
select is(testing.chosen('{"things": [" 1 "]}') -> 'public.things', '[[" 1 "]]', 'what the type''s input takes is taken');
select is(testing.chosen('{"moments": ["2026-11-22T10:00:00Z"]}') -> 'public.moments', '[["2026-11-22T10:00:00Z"]]', 'a moment');
select is(testing.chosen('{"binaries": ["\\x00ff"]}') -> 'public.binaries', '[["\\x00ff"]]', 'bytes');
select is(testing.chosen('{"unique_only": ["''; drop table public.things; --"]}') -> 'public.unique_only', '[["''; drop table public.things; --"]]', 'a text that looks like SQL is a text');
select has_table('public', 'things', 'and was never run');
select is(testing.chosen('{"rekeyed": ["x"]}') -> 'public.rekeyed', '[["x"]]', 'the key is that of the live table');
select is(testing.chosen(null), null, 'no choice at all');

-- refused
create table testing.refused (nr serial, said text, rows jsonb, table_name text, because text);
insert into testing.refused (said, rows, table_name, because) values
  ('a text for a number',             '{"things": ["x"]}',                 'things', 'has the key (id) of type integer, which "x" is not'),
  ('a fraction for a number',         '{"things": [1.5]}',                 'things', 'has the key (id) of type integer, which 1.5 is not'),
  ('a number that is too large',      '{"things": [99999999999]}',         'things', 'has the key (id) of type integer, which 99999999999 is not'),
  ('an empty text for a number',      '{"things": [""]}',                  'things', 'has the key (id) of type integer, which "" is not'),
  ('null',                            '{"things": [null]}',                'things', 'has the key (id) of type integer, which null is not'),
  ('null among others',               '{"things": [1, 2, null]}',          'things', 'has the key (id) of type integer, which null is not'),
  ('null in an array',                '{"things": [[null]]}',              'things', 'has the key (id) of type integer, which [null] is not'),
  ('a list in a key',                 '{"things": [[[1]]]}',               'things', 'has the key (id) of type integer, which [[1]] is not'),
  ('a key of too many columns',       '{"things": [[1, 2]]}',              'things', 'has the key (id) of type integer, which [1, 2] is not'),
  ('a key of another column',         '{"things": [{"body": "x"}]}',       'things', 'has the key (id) of type integer, which {"body": "x"} is not'),
  ('one value for two columns',       '{"Mixed \"Case": ["x"]}',           'Mixed "Case', 'has the key (B, a) of type text, integer, which "x" is not'),
  ('two values in the wrong order',   '{"Mixed \"Case": [[1, "x"]]}',      'Mixed "Case', 'has the key (B, a) of type text, integer, which [1, "x"] is not'),
  ('what an enum does not have',      '{"feelings": ["angry"]}',           'feelings', 'has the key (mood) of type public.mood, which "angry" is not'),
  ('what a domain refuses',           '{"names": ["long"]}',               'names', 'has the key (name) of type public.short, which "long" is not'),
  ('what a column would cut short',   '{"codes": ["abcd"]}',               'codes', 'has the key (code) of type character varying(3), which "abcd" is not'),
  ('a table without a key',           '{"heap": ["x"]}',                   'heap', 'has no key to choose rows by: choose the whole table'),
  ('a table that is gone',            '{"gone": [1]}',                     'gone', 'does not exist any more'),
  ('no list',                         '{"things": 1}',                     'things', 'needs a list of keys'),
  ('an object for a list',            '{"things": {"id": 1}}',             'things', 'needs a list of keys'),
  ('an empty list',                   '{"things": []}',                    'things', 'has an empty list of keys');
select is(
  (select array[raised.code, raised.message, raised.detail ->> 'table'] from testing.raised(format('select testing.chosen(%L)', refused.rows)) as raised),
  array['BK449', format('The choice of rows of %s cannot be understood: it %s.', refused.table_name, refused.because), refused.table_name],
  'BK449 for ' || refused.said
) from testing.refused order by nr;
select is((testing.raised(format('select testing.chosen(%L)', '{"Mixed \"Case": ["x"]}'))).detail -> 'key', '["B", "a"]', 'the details name the key');
select is((testing.raised(format('select testing.chosen(%L)', '{"heap": ["x"]}'))).detail -> 'key', 'null', 'or that there is none');
select is((testing.raised(format('select testing.chosen(%L)', '{}'))).code, 'BK420', 'BK420 for a choice of nothing');
select is((testing.raised(format('select testing.chosen(%L)', '{"roles": [1]}'))).code, 'BK420', 'BK420 for a table that is not in the backup');

select * from finish();
rollback;
