-- A database that has one of our tables' names already is somebody's: the migration leaves it exactly as it is. It runs here in a
-- public schema of that kind, while the real one waits under another name.
begin;
set local search_path = extensions, pg_catalog;
set local client_min_messages = warning;
select plan(8);

-- Everything in the database that a migration could have changed.
create view pg_temp.catalogue as
    select 'class' as kind, oid, xmin::text as version, relname::text as name from pg_class where relnamespace <> 'pg_toast'::regnamespace and relpersistence <> 't'
    union all select 'attribute', attrelid, attribute.xmin::text, attname from pg_attribute as attribute
        join pg_class on pg_class.oid = attrelid where relpersistence <> 't'
    union all select 'constraint', oid, xmin::text, conname from pg_constraint
    union all select 'function', oid, xmin::text, proname from pg_proc
    union all select 'policy', oid, xmin::text, polname from pg_policy
    union all select 'trigger', oid, xmin::text, tgname from pg_trigger
    union all select 'schema', oid, xmin::text, nspname from pg_namespace
    union all select 'comment', objoid, xmin::text, description from pg_description
    union all select 'default privileges', oid, xmin::text, defaclrole::regrole::text from pg_default_acl;

alter schema public rename to public_aside;
alter schema private rename to private_aside;

-- another shape: full_name, an integer key, rights for everybody, no row level security
create schema public;
create table public.profiles (id integer primary key, full_name text not null);
create view public.directory as select full_name from public.profiles;
insert into public.profiles values (1, 'Somebody Else');
grant select on public.profiles to anon;

create temp table before_migration as select * from pg_temp.catalogue;
\ir ../../../migrations/20261122000100_alumni_tables.sql

select is_empty(
    $$
        (table pg_temp.catalogue except table before_migration)
        union all
        (table before_migration except table pg_temp.catalogue)
    $$,
    'nothing in the catalogue has changed'
);
select results_eq('select * from public.profiles', $$ values (1, 'Somebody Else') $$, 'its rows are as they were');
select hasnt_schema('private', 'no schema was made');
select hasnt_table('public', 'roles', 'no other table was made: the five come together or not at all');

-- one name is enough, whichever it is, and whatever has it
drop schema public cascade;
create schema public;
create table public.jobs (id integer);
create temp table before_jobs as select * from pg_temp.catalogue;
\ir ../../../migrations/20261122000100_alumni_tables.sql
select is_empty(
    'table pg_temp.catalogue except table before_jobs',
    'a foreign jobs table alone keeps the migration away'
);
select hasnt_table('public', 'profiles', 'and nothing was made beside it');

drop schema public cascade;
create schema public;
create view public.profiles as select 1 as id;
create temp table before_view as select * from pg_temp.catalogue;
\ir ../../../migrations/20261122000100_alumni_tables.sql
select is_empty(
    'table pg_temp.catalogue except table before_view',
    'so does a view named profiles'
);
select hasnt_table('public', 'jobs', 'and nothing was made beside it');

select * from finish();
rollback;
