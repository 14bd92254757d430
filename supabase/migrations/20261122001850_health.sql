-- Health: what should be true at any time, and whether it is; for an uptime monitor.

create or replace function backup.last_good_backup()
returns public.backups
language sql stable
set search_path = ''
as $$
  select source from public.backups as source
  where source.status = 'completed' and source.manifest_sha256 is not null and source.kind <> 'safety'
    and source.requested_tables is null
    and coalesce(source.verification ->> 'status', '') <> 'failed' and (source.kind <> 'imported' or source.verified_at is not null)
  order by source.completed_at desc
  limit 1;
$$;

comment on function backup.last_good_backup() is
  'The newest backup of every table that is not known to be damaged, or NULLs. An imported one counts when it has been proved.';

create or replace function backup.backup_deadline()
returns timestamptz
language sql stable
set search_path = ''
as $$
  -- A project that backs up weekly is not in danger after three days.
  select coalesce((backup.last_good_backup()).completed_at, bound.bound_at)
    + make_interval(secs => 86400 * greatest((backup.setting('no_backup_days'))::double precision, case when weekly.is_the_only_one then 8 end))
  from backup.installation as bound
  cross join (select bool_and(schedule.is_enabled = (schedule.frequency = 'weekly')) as is_the_only_one from backup.schedules as schedule) as weekly;
$$;

comment on function backup.backup_deadline() is 'Until when there should be another good backup.';

create or replace function backup.queue_state(out waiting bigint, out running bigint, out lost bigint, out oldest_waiting_seconds numeric)
language sql stable
set search_path = ''
as $$
  select
    count(*) filter (where job.status = 'queued'),
    count(*) filter (where job.status = 'running' and job.lease_expires_at > clock_timestamp()),
    -- For a minute that is nobody's concern: the next worker takes it over.
    count(*) filter (where job.status = 'running' and job.lease_expires_at <= clock_timestamp() - interval '2 minutes'),
    coalesce(round(extract(epoch from max(clock_timestamp() - job.run_after) filter (where job.status = 'queued'
      and job.run_after <= clock_timestamp()))), 0)
  from backup.jobs as job where job.status in ('queued', 'running');
$$;

comment on function backup.queue_state() is
  'Jobs that wait, jobs that run, jobs that nobody took over when their worker went silent, and for how long the first has been waiting though it '
  'might run.';

create or replace function backup.health_checks()
returns table (name text, is_ok boolean, message text)
language sql stable
set search_path = ''
as $$
  select 'recent_backup', clock_timestamp() <= backup.backup_deadline(),
    coalesce('The last good backup ' || case when clock_timestamp() > backup.backup_deadline() then 'is too old: it ' else '' end
      || 'was completed at ' || backup.iso((backup.last_good_backup()).completed_at) || '.', 'There is no good backup yet.')
  union all
  select 'recent_drill',
    coalesce(latest.verification ->> 'status' = 'passed', true)
      and coalesce(coalesce(proved.last_at, proved.first_backup_at) > clock_timestamp() - pause.twice, true),
    case when latest.verification ->> 'status' <> 'passed' then format('The last drill found: %s', latest.verification #>> '{differences,0,message}')
      else coalesce('A drill last passed at ' || backup.iso(proved.last_at) || '.', 'There was no drill yet.') end
  from (select make_interval(secs => 2 * 86400 * (backup.setting('drill_interval_days'))::double precision) as twice) as pause
  cross join (
    select max(source.verified_at) as last_at, min(source.completed_at) as first_backup_at
    from public.backups as source where source.status = 'completed' and source.manifest_sha256 is not null) as proved
  cross join (select (
      select source.verification from public.backups as source where source.verification is not null and source.status = 'completed'
      order by (source.verification ->> 'started_at') desc limit 1) as verification) as latest
  union all
  -- Behind a long backup others may wait for long.
  select 'queue', (state.oldest_waiting_seconds <= 600 or state.running > 0) and state.lost = 0,
    format('%s jobs wait, %s run; the first has been waiting for %s s, %s have lost their worker.', state.waiting, state.running,
      state.oldest_waiting_seconds, state.lost)
  from backup.queue_state() as state
  union all
  select 'sweep', not failing.is_late and failing.chores is null,
    case when failing.is_late then 'Nothing has happened by itself for ten minutes: pg_cron does not run backup.sweep().'
      else coalesce('The sweep fails at this: ' || failing.chores, 'What has to happen by itself happens.') end
  from (
    select greatest(bound.bound_at, max(listed.last_run_at) filter (where listed.chore = 'sweep')) < clock_timestamp() - interval '10 minutes' as is_late,
      string_agg(format('%s (%s)', listed.chore, listed.last_error), ', ' order by listed.chore) filter (where listed.last_error is not null) as chores
    from backup.chores as listed cross join backup.installation as bound
    group by bound.bound_at) as failing
  union all
  select 'schedules', count(*) filter (where failing.is_failing) = 0,
    coalesce(string_agg(format('The %s backup %s.', failing.frequency, failing.what), ' ') filter (where failing.is_failing),
      'No schedule is failing.')
  from (
    select schedule.frequency, schedule.is_enabled and (schedule.last_status in ('failed', 'blocked') or late.is_overdue) as is_failing,
      case when late.is_overdue then 'is overdue' when schedule.last_status = 'blocked' then 'was stopped by errors in the data'
        else 'failed' end as what
    from backup.schedules as schedule
    -- It may wait for one that runs.
    cross join lateral (
      select schedule.next_run_at < clock_timestamp() - interval '1 hour' and (backup.running_backup()).id is null as is_overdue) as late) as failing
  union all
  select 'deliveries', count(*) = 0,
    coalesce('Notifications cannot be sent: ' || string_agg(format('%s (%s)', last_one.channel, last_one.error ->> 'message'), ', '),
      'Notifications are sent, or need not be.')
  from (
    -- A channel that is not configured any more is soon forgotten.
    select distinct on (sent.channel) sent.* from backup.deliveries as sent where sent.attempted_at > clock_timestamp() - interval '7 days'
    order by sent.channel, sent.attempted_at desc) as last_one
  where last_one.outcome <> 'sent'
  union all
  select 'bucket', coalesce(latest.result -> 'missing' = '[]', true),
    coalesce(nullif(jsonb_array_length(latest.result -> 'missing'), 0) || ' objects that backups need are not in the bucket.',
      'Nothing is known to be missing from the bucket.')
  from (
    select (select job.result from backup.jobs as job where job.kind = 'rescan' and job.status = 'succeeded' order by job.finished_at desc limit 1) as result
  ) as latest;
$$;

comment on function backup.health_checks() is 'What should be true at any time, whether it is, and a sentence. No row data.';

create or replace function backup.health()
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  checks    jsonb;
  last_good public.backups;
  proved    record;
begin
  perform backup.assert_admin();
  last_good := backup.last_good_backup();
  select source.id, source.verified_at into proved
  from public.backups as source where source.verified_at is not null and source.status = 'completed' order by source.verified_at desc limit 1;

  select jsonb_agg(jsonb_build_object(
    'name', found_check.name, 'status', case when found_check.is_ok then 'ok' else 'failing' end, 'message', found_check.message))
  into checks
  from (
    select * from backup.health_checks()
    union all
    select 'project', own.is_ok,
      case when own.is_ok then 'This is the project that was set up.' else 'This is a copy of the project, and has not been confirmed.' end
    from (select backup.is_own_project() as is_ok) as own
  ) as found_check;

  return jsonb_build_object(
    'status', case when jsonb_path_exists(checks, '$[*] ? (@.status == "failing")') then 'failing' else 'ok' end,
    'checks', checks,
    'last_backup', case when last_good.id is not null then jsonb_build_object('id', last_good.id, 'completed_at', backup.iso(last_good.completed_at),
      'age_seconds', round(extract(epoch from clock_timestamp() - last_good.completed_at))) end,
    'last_drill', case when proved.id is not null then jsonb_build_object('backup_id', proved.id, 'verified_at', backup.iso(proved.verified_at),
      'age_seconds', round(extract(epoch from clock_timestamp() - proved.verified_at))) end,
    'queue', (select to_jsonb(state) from backup.queue_state() as state),
    'schedules', (
      select jsonb_agg(jsonb_build_object(
        'frequency', schedule.frequency, 'is_enabled', schedule.is_enabled, 'next_run_at', backup.iso(schedule.next_run_at),
        'last_status', schedule.last_status) order by schedule.frequency)
      from backup.schedules as schedule));
end;
$$;

comment on function backup.health() is
  'State at a glance: {status: ok | failing, checks: [{name, status, message}], last_backup: {id, completed_at, age_seconds}, last_drill: '
  '{backup_id, verified_at, age_seconds}, queue: {waiting, running, lost, oldest_waiting_seconds}, schedules: [{frequency, is_enabled, next_run_at, '
  'last_status}]}. Raises BK403.';
