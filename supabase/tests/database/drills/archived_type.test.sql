-- archived_type(), archived_columns(): the columns of a scratch table, from what an archive says of them. Nothing that it says is ever run.
begin;
\ir ../support.sql
select plan(54);

create domain public.positive as integer check (value > 0);
create domain public.positive_and_even as public.positive check (value % 2 = 0);
create type public.mood as enum ('sad', 'glad');
create type public."Odd ""type" as (a integer);
create type public.passing as enum ('x');

select is(backup.archived_type(type), expected, type) from (values
  ('integer', 'pg_catalog.int4'), ('bigint', 'pg_catalog.int8'), ('text', 'pg_catalog.text'), ('character varying(20)', 'pg_catalog."varchar"'), ('character(3)', 'pg_catalog.bpchar'),
  ('numeric(10,2)', 'pg_catalog."numeric"'), ('numeric', 'pg_catalog."numeric"'), ('timestamp(3) with time zone', 'pg_catalog.timestamptz'), ('bit varying(8)', 'pg_catalog.varbit'),
  ('interval day to second(3)', 'pg_catalog."interval"'), ('double precision', 'pg_catalog.float8'),
  ('integer[]', 'pg_catalog.int4[]'), ('text[][]', 'pg_catalog.text[]'), ('numeric(10,2)[]', 'pg_catalog."numeric"[]'), ('public.mood[]', 'public.mood[]'),
  ('public.positive', 'pg_catalog.int4'), ('public.positive_and_even', 'pg_catalog.int4'), ('public.positive[]', 'pg_catalog.int4[]'), ('public.positive_and_even[]', 'pg_catalog.int4[]'), ('public.mood', 'public.mood'), ('public."Odd ""type"', 'public."Odd ""type"'), ('public.profiles', 'public.profiles'), ('"char"', 'pg_catalog."char"'), ('int2vector', 'pg_catalog.int2vector'), ('oidvector', 'pg_catalog.oidvector'), ('point', 'pg_catalog.point')
) as known (type, expected);
drop type public.passing;
select is(backup.archived_type(type), 'pg_catalog.text', 'no such type, no harm: ' || coalesce(type, 'NULL')) from unnest(array[
  'public.passing', 'nowhere.thing', '', ' ', null, 'int); drop table public.backups; --', 'int; drop table public.backups', 'text collate "C"', 'integer default pg_sleep(60)', 'integer check (false)', 'integer primary key',
  'integer generated always as identity', 'integer, more text', '"unclosed', E'int\n)', '1', 'serial', 'a.b.c.d', repeat('x', 10000), $$'$$, '%I %s', 'numeric(99999,1)' || repeat('(', 5000)
]) as type;

-- columns
create function testing.columns(definition jsonb)
returns text[]
language sql
as $$ select array_agg(declaration order by "position") from backup.archived_columns(jsonb_build_object('columns', definition)) $$;
select is(
  testing.columns('[{"name": "id", "type": "bigint", "is_generated": false}, {"name": "Odd \"name\", %s", "type": "text[]", "is_generated": false}, {"name": "sum", "type": "integer", "is_generated": true}]'),
  array['id pg_catalog.int8', '"Odd ""name"", %s" pg_catalog.text[]'], 'in their order, by their names, without what is generated'
);
select is(testing.columns('[{"name": "a); drop table public.backups; --", "type": "int); drop table public.backups; --", "is_generated": false}]'), array['"a); drop table public.backups; --" pg_catalog.text'], 'a hostile name is a name');
select is(testing.columns('[{"name": "a", "type": "text", "collation": "pg_catalog.\"C\"", "is_generated": false}]'), array['a pg_catalog.text collate pg_catalog."C"'], 'a collation is kept');
select is(testing.columns('[{"name": "a", "type": "public.passing", "collation": "pg_catalog.\"C\"", "is_generated": false}]'), array['a pg_catalog.text'], 'not of a type that is gone');
select is(testing.columns('[{"name": "a", "type": "text", "collation": "public.nowhere", "is_generated": false}]'), array['a pg_catalog.text'], 'nor one that is not there');

select is(testing.columns('[{"name": "a", "type": "text", "collation": "no such; drop", "is_generated": false}]'), array['a pg_catalog.text'], 'whatever it is said to be');

select * from finish();
rollback;
