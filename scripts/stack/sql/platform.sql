-- What the hosted platform gives a new project, as far as it concerns us: its roles, schemas, extensions and
-- publication. Runs as the superuser at every start; each statement may run again.
\getenv project_password PROJECT_PASSWORD
\getenv services_password SERVICES_PASSWORD
set client_min_messages = warning;
set log_statement = 'none';

-- roles: the project's owner is not a superuser
select 'create role postgres' where not exists (select from pg_roles where rolname = 'postgres')
union all
select format('create role %I noinherit', name)
  from unnest(array['anon', 'authenticated', 'service_role', 'authenticator']) as name
 where not exists (select from pg_roles where rolname = name)
union all
select format('create role %I', name)
  from unnest(array['supabase_auth_admin', 'supabase_storage_admin', 'supabase_migrations_admin', 'supabase_lite']) as name
 where not exists (select from pg_roles where rolname = name)
\gexec
alter role postgres       login createdb createrole replication bypassrls password :'project_password';
alter role service_role   bypassrls;
alter role authenticator  login;
grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to postgres with admin option;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
grant supabase_storage_admin, supabase_migrations_admin to postgres;
alter role postgres       set search_path = "$user", public, extensions;
alter role anon           set statement_timeout = '3s';
alter role authenticated  set statement_timeout = '8s';
grant set on parameter session_replication_role to postgres;
alter database postgres owner to postgres;

-- REST, Auth and Storage are one program here, lite. It owns the schemas of Auth and Storage and may act as the API roles.
-- It must own nothing else: at its first request it grants all tables of every schema that knows row level security to anon,
-- which PostgreSQL refuses to a role that is not their owner (and only warns, as it may read all data).
alter role supabase_lite  login password :'services_password';
grant anon, authenticated, service_role, pg_read_all_data to supabase_lite;
grant supabase_auth_admin, supabase_storage_admin, supabase_migrations_admin to supabase_lite;
grant create on database postgres to supabase_lite;

-- schemas and extensions
create schema if not exists extensions authorization postgres;
grant usage on schema public, extensions to anon, authenticated, service_role;
create extension if not exists pgcrypto    with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists plpgsql_check with schema extensions;
create extension if not exists pg_cron     with schema pg_catalog;
grant usage on schema cron to postgres with grant option;
grant all on all functions in schema cron to postgres with grant option;
grant all on all tables in schema cron to postgres with grant option;
revoke all on table cron.job from postgres;
grant select on table cron.job to postgres with grant option;

-- a new table of the project has no grants for the Data API: that is PostgreSQL's own default, left as it is

-- realtime
select 'create publication supabase_realtime' where not exists (select from pg_publication where pubname = 'supabase_realtime')
\gexec
alter publication supabase_realtime owner to postgres;
