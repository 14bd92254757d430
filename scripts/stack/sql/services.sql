-- Auth and Storage have made their schemas: give them the owners that they have on the hosted platform, and the project's role
-- what it may do there. Runs as the superuser after lite has started; each statement may run again.
set client_min_messages = warning;

create temp table owners (schema_name, role_name) as
values ('auth', 'supabase_auth_admin'), ('storage', 'supabase_storage_admin'), ('supabase_migrations', 'supabase_migrations_admin');

select format('alter schema %I owner to %I', schema_name, role_name) from owners
union all
select format('alter table %s owner to %I', pg_class.oid::regclass, role_name)
  from pg_class join owners on schema_name::regnamespace = relnamespace
 where relkind in ('r', 'p', 'v')
union all
select format('alter routine %s owner to %I', pg_proc.oid::regprocedure, role_name)
  from pg_proc join owners on schema_name::regnamespace = pronamespace
\gexec

-- storage.objects and storage.buckets are behind row level security, so every API role may ask
grant usage on schema auth, storage to anon, authenticated, service_role, postgres;
grant all on all tables in schema storage to anon, authenticated, service_role, postgres;
grant all on all tables in schema auth to postgres;
grant all on all routines in schema auth, storage to postgres;
