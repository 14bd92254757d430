-- The sweep: once a minute, all that has to happen by itself. One entry of pg_cron for everything, so that there is one place where what was missed
-- is made up for, and one switch that is off in a copy of the project.

create table if not exists backup.chores (
  chore       text        not null,
  last_run_at timestamptz not null default '-infinity',
  last_error  text,
  constraint chores_pkey primary key (chore)
);

alter table backup.chores enable row level security;

comment on table  backup.chores             is 'What the sweep does, and the sweep itself.';
comment on column backup.chores.chore       is 'Its name.';
comment on column backup.chores.last_run_at is 'When it was last done, of those that are not done every minute and of the sweep itself.';
comment on column backup.chores.last_error  is 'Why it could not be done the last time; NULL when it could.';

insert into backup.chores (chore)
select listed.name from unnest('{sweep,jobs,schedules,restores,drills,watch,retention,inventory,forget}'::text[]) as listed (name)
on conflict do nothing;

create or replace function backup.is_chore_due(chore text, pause interval)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  update backup.chores as listed
  set last_run_at = clock_timestamp()
  where listed.chore = is_chore_due.chore
    -- The clock may have been put back since.
    and (listed.last_run_at <= clock_timestamp() - pause or listed.last_run_at > clock_timestamp());
  return found;
end;
$$;

comment on function backup.is_chore_due(text, interval) is 'Whether a chore was last done longer ago than that; it is then taken to be done now.';

create or replace function backup.forget_what_is_over()
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  delete from backup.download_links  as link    where link.expires_at < clock_timestamp() - interval '1 day';
  delete from backup.rate_limit_hits as hit     where hit.hit_at      < clock_timestamp() - interval '7 days';
  delete from backup.jobs            as job     where job.finished_at < clock_timestamp() - interval '30 days';
  delete from backup.notifications   as message
    where message.created_at < clock_timestamp() - make_interval(days => (backup.setting('notification_days'))::integer);
  -- pg_cron never forgets a run by itself. Those of the project's own jobs are not ours to forget.
  if to_regclass('cron.job_run_details') is not null then
    delete from cron.job_run_details as run
    where run.end_time < clock_timestamp() - interval '2 days'
      and run.jobid in (select job.jobid from cron.job as job where job.jobname like 'backup-%');
  end if;
end;
$$;

comment on function backup.forget_what_is_over() is
  'Removes links, counted calls, jobs, notifications and runs of cron that nobody asks for any more.';

create or replace function backup.watch_backups()
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if clock_timestamp() > backup.backup_deadline() and not exists (
    select from backup.notifications as told where told.kind = 'no_recent_backup' and told.created_at between clock_timestamp() - interval '1 day' and clock_timestamp()
  ) then
    perform backup.notify('no_recent_backup', 'error',
      coalesce('There has been no good backup since ' || backup.iso((backup.last_good_backup()).completed_at) || '.',
        'There has never been a good backup.'),
      jsonb_build_object('backup_id', (backup.last_good_backup()).id));
  end if;
end;
$$;

comment on function backup.watch_backups() is 'Raises the alarm, once a day, when there has been no good backup for too long.';

create or replace function backup.try_chore(name text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  case name
    when 'jobs'      then perform backup.mend_job_times();
    when 'schedules' then perform backup.run_schedules();
    when 'restores'  then perform backup.sweep_restores();
    when 'drills'    then perform backup.sweep_drills(); perform backup.run_drill();
    when 'watch'     then perform backup.watch_backups();
    when 'retention' then
      if backup.is_chore_due(name, make_interval(secs => 60 * (backup.setting('retention_interval_minutes'))::double precision)) then
        perform backup.apply_retention();
      end if;
    when 'inventory' then
      if backup.is_chore_due(name, make_interval(secs => 3600 * (backup.setting('inventory_interval_hours'))::double precision)) then
        perform backup.enqueue_rescan(false);
      end if;
    when 'forget' then
      if backup.is_chore_due(name, interval '1 hour') then
        perform backup.forget_what_is_over();
      end if;
  end case;
exception when others then
  -- One thing that cannot be done must not keep the others from being done.
  raise warning 'The sweep could not do %: % (%)', name, sqlerrm, sqlstate;
end;
$$;

comment on function backup.try_chore(text) is
  'Does one thing of the sweep; what goes wrong undoes that thing only, and is a warning in the log of the database.';

create or replace function backup.sweep()
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update backup.chores as listed set last_run_at = clock_timestamp() where listed.chore = 'sweep';
  if not backup.is_own_project() then
    if not exists (select from backup.notifications as told where told.kind = 'project_unconfirmed'
      and told.created_at > clock_timestamp() - interval '1 day') then
      perform backup.notify('project_unconfirmed', 'warning',
        'This is a copy of the project that the backup system was set up in. Nothing runs by itself here before somebody runs "select backup.confirm_project();".');
    end if;
    -- Only because of a stranger who has called? If this is the right place, its own worker sets that right.
    perform backup.wake_worker();
    return;
  end if;

  perform backup.try_chore(chore.name)
  from unnest('{jobs,schedules,restores,drills,watch,retention,inventory,forget}'::text[]) with ordinality as chore (name, position)
  order by chore.position;

  -- A waking call may have been lost, a pause may be over, a worker may have died: whoever comes waits a while for that.
  if backup.next_job_in('') < 60 then
    perform backup.wake_worker();
  end if;
end;
$$;

comment on function backup.sweep() is
  'Makes scheduled backups, prunes, proves, compares and forgets, each when it is due, and wakes a worker when there is, or will soon be, a job for '
  'one. pg_cron runs it every minute; in a copy of the project it does nothing but say so.';

do $$
begin
  begin
    create extension if not exists pg_cron with schema pg_catalog;
  exception when others then
    -- A scratch copy of the database (pg_cron lives in one database of a server): backups by hand work, schedules do not.
    raise notice 'pg_cron is not available here, nothing will run by itself: %', sqlerrm;
    return;
  end;

  perform cron.schedule('backup-sweep', '* * * * *', 'select backup.sweep()');
end;
$$;
