-- Names: what a request may call a table, and what the API calls it.
begin;
\ir ../support.sql
select plan(16);

create schema "Odd.Schema";
create schema archive;
create table public."User" (id integer);
create table public."2019" (id integer);
create table public."select" (id integer);
create table public."with space; drop table x" (id integer);
create table public."archive.letters" (id integer);
create table public."dotted.name" (id integer);
create table archive.letters (id integer);
create table archive.profiles (id integer);

select is(backup.resolve_table('profiles'), 'public.profiles'::regclass::oid, 'a bare name means public');
select is(backup.resolve_table('public.profiles'), 'public.profiles'::regclass::oid, 'so does a qualified one');
select is(backup.resolve_table('archive.profiles'), 'archive.profiles'::regclass::oid, 'another schema is said');
select is(backup.resolve_table('User'), 'public."User"'::regclass::oid, 'names are as they are, not as SQL writes them');
select is(backup.resolve_table('user'), null, 'their case counts');
select is(backup.resolve_table('"User"'), null, 'quotes are no part of them');
select is(backup.resolve_table('2019'), 'public."2019"'::regclass::oid, 'digits');
select is(backup.resolve_table('public.select'), 'public."select"'::regclass::oid, 'a reserved word');
select is(backup.resolve_table('with space; drop table x'), 'public."with space; drop table x"'::regclass::oid, 'anything at all');
select is(backup.resolve_table('public.dotted.name'), 'public."dotted.name"'::regclass::oid, 'the first dot parts schema and table');
select is(backup.resolve_table('dotted.name'), 'public."dotted.name"'::regclass::oid, 'a bare name may have a dot where no such schema has the table');
select is(backup.resolve_table('archive.letters'), 'archive.letters'::regclass::oid, 'where one has, schema and table win');
select is_empty(
  $$ select name from unnest('{nobody,public.nobody,nobody.profiles,.profiles,public.,.,"",profiles.,pg_temp.before}'::text[]) as name where backup.resolve_table(name) is not null $$,
  'what does not exist means nothing'
);
select is(backup.resolve_table(null), null, 'nor does NULL');

select is(backup.table_label('public."with space; drop table x"'::regclass), 'public.with space; drop table x', 'the API shows names without quotes');
select is_empty(
  $$
    select oid::regclass from pg_class
    where relkind in ('r', 'p') and relnamespace in ('public'::regnamespace, 'archive'::regnamespace, 'backup'::regnamespace)
      and backup.resolve_table(backup.table_label(oid)) is distinct from oid
  $$,
  'what the API shows can be asked for'
);

select * from finish();
rollback;
