-- What holds for everything of ours, whoever adds to it.
begin;
\ir ../support.sql
select plan(9);

create view testing.functions as
  select pg_proc.* from pg_proc where pronamespace in ('backup'::regnamespace, 'backup_staging'::regnamespace);
create view testing.tables as
  select pg_class.* from pg_class
  where relkind in ('r', 'p', 'v', 'm')
    and (relnamespace in ('backup'::regnamespace, 'backup_staging'::regnamespace) or oid = 'public.backups'::regclass);

select cmp_ok((select count(*) from testing.functions), '>', 50::bigint, 'there are functions to look at');
select is_empty('select relname from testing.tables where relkind in (''r'', ''p'') and not relrowsecurity', 'every table has row level security');
select set_eq(
  'select format(''%s on %s'', polname, polrelid::regclass) from testing.tables join pg_policy on polrelid = testing.tables.oid',
  '{backups_select_admins on public.backups}'::text[],
  'there is one policy only: nobody but the owner gets at anything else'
);
select is_empty(
  $$ select oid::regprocedure from testing.functions where prokind <> 'a' and not coalesce(proconfig @> '{"search_path=\"\""}', false) $$,
  'every function has an empty search_path (aggregates have none: those of their functions count)'
);
select is_empty(
  $$ select oid::regprocedure from testing.functions where obj_description(oid, 'pg_proc') is null $$,
  'every function says what it is for'
);
select is_empty(
  $$
    select relname, attname from testing.tables
    join pg_attribute on attrelid = testing.tables.oid and attnum > 0 and not attisdropped
    where obj_description(testing.tables.oid, 'pg_class') is null or col_description(testing.tables.oid, attnum) is null
  $$,
  'every table and column says what it is for'
);
select is_empty(
  $$ select nspname from pg_namespace where nspname in ('backup', 'backup_staging') and obj_description(oid, 'pg_namespace') is null $$,
  'both schemas say what they are for'
);
select set_eq(
  'select oid::regprocedure::text from testing.functions where prosecdef',
  '{backup.is_admin()}'::text[],
  'one function runs with its owner''s rights; the others need none but the caller''s'
);
select is_empty(
  $$
    select conrelid::regclass, conname from pg_constraint
    where contype = 'f' and conrelid in (select oid from testing.tables)
      and not exists (select from pg_index where indrelid = conrelid and indkey[0] = conkey[1])
  $$,
  'every foreign key has an index'
);

select * from finish();
rollback;
