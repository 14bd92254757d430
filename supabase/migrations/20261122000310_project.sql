-- Project: which one this is. Somebody who copies a project (a staging clone, a restored snapshot) copies its jobs, its schedules and its
-- catalogue with it; in the copy they must not run before somebody has said that they may.

create table if not exists backup.installation (
  is_only           boolean     not null default true,
  system_identifier text        not null,
  database_oid      oid         not null,
  project_url       text,
  stranger_url      text,
  bound_at          timestamptz not null default clock_timestamp(),
  constraint installation_pkey          primary key (is_only),
  constraint installation_is_only_check check (is_only)
);

alter table backup.installation enable row level security;

comment on table  backup.installation                   is 'The project that the backup system works for; one row.';
comment on column backup.installation.is_only           is 'Always true: there is one row.';
comment on column backup.installation.system_identifier is 'The database cluster, as in pg_control_system().';
comment on column backup.installation.database_oid      is 'The database in it.';
comment on column backup.installation.project_url       is
  'The functions'' SUPABASE_URL, noted when they called first. A physical copy of a cluster differs by this alone.';
comment on column backup.installation.stranger_url      is
  'The URL of other functions that have called since those of project_url did: this may be a copy. NULL as a rule.';
comment on column backup.installation.bound_at          is 'When that was last confirmed.';

create or replace function backup.current_installation()
returns backup.installation
language sql stable
set search_path = ''
as $$
  select true,
    (select control.system_identifier::text from pg_control_system() as control),
    (select own.oid from pg_catalog.pg_database as own where own.datname = current_database()),
    -- Only the functions know it, and say it with every call.
    nullif(current_setting('backup.project_url', true), ''),
    null::text,
    clock_timestamp();
$$;

comment on function backup.current_installation() is 'Where this is running now; project_url is NULL unless a function of ours calls.';

insert into backup.installation
select (backup.current_installation()).*
on conflict do nothing;

create or replace function backup.is_own_project()
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  here  constant backup.installation := backup.current_installation();
  bound backup.installation;
begin
  if here.project_url is not null then
    update backup.installation as own
    set project_url  = coalesce(own.project_url, here.project_url),
        stranger_url = nullif(here.project_url, coalesce(own.project_url, here.project_url))
    where (own.system_identifier, own.database_oid) = (here.system_identifier, here.database_oid)
      and (own.project_url is null or own.stranger_url is distinct from nullif(here.project_url, own.project_url));
  end if;

  select * into bound from backup.installation;
  return (bound.system_identifier, bound.database_oid) = (here.system_identifier, here.database_oid)
     and bound.project_url is not distinct from coalesce(here.project_url, bound.project_url)
     -- pg_cron knows no URL. Who called last tells where it is.
     and (here.project_url is not null or bound.stranger_url is null);
end;
$$;

comment on function backup.is_own_project() is
  'Whether this database is the one that the backup system was installed in, and not a copy of it. The first function that calls binds its URL; one '
  'of another URL leaves a trace, for pg_cron, until one of the right URL calls again.';

create or replace function backup.assert_project()
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if not backup.is_own_project() then
    raise exception using
      errcode = 'BK461',
      message = 'This is a copy of the project that the backup system was set up in: nothing is backed up, restored or removed here.',
      hint    = 'If it is to have backups of its own, run "select backup.confirm_project();" in the SQL editor. What was under way when it was copied is then called off.';
  end if;
end;
$$;

comment on function backup.assert_project() is 'Raises BK461 in a copy of the project that nobody has confirmed yet.';

create or replace function backup.confirm_project()
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  came_along record;
begin
  for came_along in
    -- What is still to be removed from a bucket, and to be told, does no harm.
    select job.job_id from backup.jobs as job where job.status in ('queued', 'running')
      and job.kind not in ('purge', 'deliver') order by job.created_at
  loop
    perform backup.cancel_job(came_along.job_id, 'It was under way in the project that this one was copied from.');
  end loop;

  update backup.installation as bound
  set (system_identifier, database_oid, project_url, stranger_url, bound_at) = (
    select here.system_identifier, here.database_oid, here.project_url, null, here.bound_at from backup.current_installation() as here);
  -- What would have run since the copy was made is not made up for.
  update backup.schedules as copied set next_run_at = backup.next_run(copied, clock_timestamp()) where copied.is_enabled;
  perform backup.audit('confirm_project', 'succeeded');
end;
$$;

comment on function backup.confirm_project() is
  'For an operator, by SQL: from now on this database is a project of its own. Jobs that came along in the copy are called off; schedules go on.';
