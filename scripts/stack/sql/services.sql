-- Auth and Storage have made their schemas: give the project's role what it has on the hosted platform.
-- Runs as the superuser after lite has started; each statement may run again.
set client_min_messages = warning;

grant usage on schema auth, storage to anon, authenticated, service_role, postgres;
grant references on all tables in schema auth to postgres;
grant all on all tables in schema auth to postgres;
grant all on all routines in schema auth to postgres;
grant create on schema storage to postgres;

select format('alter table %s owner to postgres', oid::regclass)
  from pg_class
 where relnamespace in (select oid from pg_namespace where nspname in ('storage', 'supabase_migrations'))
   and relkind in ('r', 'p') and relowner <> 'postgres'::regrole
union all
select format('alter schema %I owner to postgres', nspname)
  from pg_namespace
 where nspname = 'supabase_migrations' and nspowner <> 'postgres'::regrole
\gexec
