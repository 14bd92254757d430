-- In a new project the migration makes five tables that the Data API can serve safely. It runs here in an empty public schema,
-- while the real one waits under another name.
begin;
set local search_path = extensions, pg_catalog;
set local client_min_messages = warning;
select plan(11);

alter schema public rename to public_aside;
create schema public;
\ir ../../../migrations/20261122000100_alumni_tables.sql

select set_eq(
    $$ select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' $$,
    '{profiles,roles,user_roles,events,jobs}'::text[],
    'the plan''s tables exist'
);
select is_empty(
    $$ select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity $$,
    'every table has row level security'
);
select is_empty(
    $$
        select relname, command
        from pg_class
        cross join unnest('{r,a,w,d}'::"char"[]) as command
        where relnamespace = 'public'::regnamespace and relkind = 'r'
            and 1 <> (select count(*) from pg_policy where polrelid = pg_class.oid and polcmd = command)
    $$,
    'every table has exactly one policy per command'
);
select is_empty(
    $$
        select relname, privilege
        from pg_class
        cross join unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) as privilege
        where relnamespace = 'public'::regnamespace and relkind = 'r' and has_table_privilege('anon', pg_class.oid, privilege)
    $$,
    'anon may try nothing'
);
select is_empty(
    $$
        select relname, role_name, privilege
        from pg_class
        cross join unnest('{authenticated,service_role}'::text[]) as role_name
        cross join unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) as privilege
        where relnamespace = 'public'::regnamespace and relkind = 'r'
            and has_table_privilege(role_name, pg_class.oid, privilege) <> (privilege in ('select', 'insert', 'update', 'delete'))
    $$,
    'authenticated and service_role may select, insert, update and delete, whatever the default privileges are; no more'
);
select is_empty(
    $$
        select conrelid::regclass, conname
        from pg_constraint
        where connamespace = 'public'::regnamespace and contype = 'f'
            and not exists (
                select
                from pg_index
                where indrelid = conrelid and indkey[0] = conkey[1]
            )
    $$,
    'every foreign key has an index'
);
select is_empty(
    $$
        select relname, attname
        from pg_class
        join pg_attribute on attrelid = pg_class.oid and attnum >= 0 and not attisdropped
        where relnamespace = 'public'::regnamespace and relkind = 'r'
            and (col_description(pg_class.oid, attnum) is null or obj_description(pg_class.oid, 'pg_class') is null)
    $$,
    'every table and column says what it is for'
);
select is_empty(
    $$
        select oid::regprocedure
        from pg_proc
        where pronamespace = 'private'::regnamespace
            and (not coalesce(proconfig @> '{"search_path=\"\""}', false) or obj_description(oid, 'pg_proc') is null)
    $$,
    'every function has an empty search_path and a comment'
);
select set_eq(
    $$
        select oid::regprocedure::text
        from pg_proc
        where pronamespace = 'private'::regnamespace
            and (has_function_privilege('authenticated', oid, 'execute') or has_function_privilege('anon', oid, 'execute'))
    $$,
    '{private.has_role(text[])}'::text[],
    'policies'' helper is the one function that people may call'
);
select ok(not has_function_privilege('anon', 'private.has_role(text[])', 'execute'), 'and not without signing in');

insert into public.roles (name) values ('kept');
\ir ../../../migrations/20261122000100_alumni_tables.sql
select results_eq('select name from public.roles', $$ values ('kept') $$, 'applied again, the migration changes nothing');

select * from finish();
rollback;
