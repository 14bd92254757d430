-- The sweep: once a minute, what nobody else has noticed.

create or replace function backup.sweep()
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  -- A waking call may have been lost, a pause may be over, a worker may have died.
  if exists (
    select from backup.jobs as job
    where job.status = 'queued'  and job.run_after        <= clock_timestamp()
       or job.status = 'running' and job.lease_expires_at <= clock_timestamp()
  ) then
    perform backup.wake_worker();
  end if;

  perform backup.sweep_restores();

  delete from backup.download_links as link where link.expires_at < clock_timestamp() - interval '1 day';
  delete from backup.rate_limit_hits as hit where hit.hit_at < clock_timestamp() - interval '7 days';
  delete from backup.jobs as job where job.finished_at < clock_timestamp() - interval '30 days';
end;
$$;

comment on function backup.sweep() is 'Wakes a worker when a job waits for one, and removes what is long over. pg_cron runs it every minute.';

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
  -- pg_cron never forgets a run by itself.
  perform cron.schedule('backup-forget-runs', '17 3 * * *', $job$delete from cron.job_run_details where end_time < now() - interval '7 days'$job$);
end;
$$;
