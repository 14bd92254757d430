-- What cannot be in a backup, and why.
begin;
\ir ../support.sql
select plan(18);

create schema archive;
create table archive.letters (id integer);
create view public.a_view as select 1 as id;
create materialized view public.a_matview as select 1 as id;
create sequence public.a_sequence;
create type public.a_type as (id integer);
create temp table a_temp (id integer);
create table public.whole (id integer) partition by range (id);
create table public.half partition of public.whole for values from (0) to (10) partition by range (id);
create table public.quarter partition of public.half for values from (0) to (5);
create table public.parent (id integer);
create table public.child () inherits (public.parent);
create extension seg schema testing;
create table public.of_extension (id integer);
alter extension seg add table public.of_extension;
create unlogged table public.an_unlogged (id integer);

create function testing.objects(name text, reason text)
returns text
language sql
as $$ select is(backup.table_objection(name::regclass), reason, name || ' ' || coalesce(reason, 'is fine')) $$;

select testing.objects('public.profiles',     null);
select testing.objects('public.parent',       null);
select testing.objects('public.child',        null);
select testing.objects('public.whole',        null);
select testing.objects('public.an_unlogged',  null);
select testing.objects('public.a_view',       'is a view');
select testing.objects('public.a_matview',    'is a view');
select testing.objects('public.a_sequence',   'is not a table');
select testing.objects('pg_temp.a_temp',      'is a temporary table');
select testing.objects('public.half',         'is a partition: name public.whole instead');
select testing.objects('public.quarter',      'is a partition: name public.whole instead');
select testing.objects('public.of_extension', 'belongs to an extension');
select testing.objects('public.backups',      'belongs to the backup system itself');
select testing.objects('backup.settings',     'belongs to the backup system itself');
select testing.objects('archive.letters',     'is outside schema public and not named in the setting extra_tables');

update backup.settings set value = '["archive.letters", "backup.settings"]' where key = 'extra_tables';
select testing.objects('archive.letters',     null);
select testing.objects('backup.settings',     'belongs to the backup system itself');

select is(backup.table_objection(null), 'does not exist', 'nothing does not exist');

select * from finish();
rollback;
