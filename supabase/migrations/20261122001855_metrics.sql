-- Metrics: the state in numbers, for Prometheus.

create or replace function backup.metric(name text, type text, help text, samples jsonb)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('name', 'backup_' || name, 'type', type, 'help', help, 'samples', coalesce(samples, '[]'));
$$;

comment on function backup.metric(text, text, text, jsonb) is 'One metric: {name, type: gauge | counter, help, samples: [{labels, value}]}.';

create or replace function backup.sample(value numeric, labels jsonb default '{}')
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('labels', labels, 'value', value);
$$;

comment on function backup.sample(numeric, jsonb) is 'One value of a metric.';

create or replace function backup.gauge(name text, help text, value numeric)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select backup.metric(name, 'gauge', help, case when value is not null then jsonb_build_array(backup.sample(value)) end);
$$;

comment on function backup.gauge(text, text, numeric) is 'A metric of one value without labels; of none when there is nothing to tell yet.';

create or replace function backup.state_metrics(state jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_array(
    backup.metric('check_ok', 'gauge', 'Whether a health check passes (1) or not (0).', (
      select jsonb_agg(backup.sample((entry.value ->> 'status' = 'ok')::integer, jsonb_build_object('check', entry.value -> 'name')))
      from jsonb_array_elements(state -> 'checks') as entry)),
    backup.gauge('last_backup_age_seconds', 'Seconds since the last good backup of every table was completed.',
      (state #>> '{last_backup,age_seconds}')::numeric),
    backup.gauge('last_drill_age_seconds', 'Seconds since a restore drill last proved a backup.', (state #>> '{last_drill,age_seconds}')::numeric),
    backup.gauge('queue_oldest_waiting_seconds', 'For how long the first job has been waiting that might run.',
      (state #>> '{queue,oldest_waiting_seconds}')::numeric),
    backup.metric('schedule_enabled', 'gauge', 'Whether a schedule is enabled.', (
      select jsonb_agg(backup.sample((entry.value -> 'is_enabled')::boolean::integer, jsonb_build_object('frequency', entry.value -> 'frequency')))
      from jsonb_array_elements(state -> 'schedules') as entry)),
    backup.metric('schedule_next_run_timestamp_seconds', 'gauge', 'When a schedule is due next.', (
      select jsonb_agg(backup.sample(round(extract(epoch from (entry.value ->> 'next_run_at')::timestamptz)),
        jsonb_build_object('frequency', entry.value -> 'frequency')))
      from jsonb_array_elements(state -> 'schedules') as entry where (entry.value -> 'is_enabled')::boolean)));
$$;

comment on function backup.state_metrics(jsonb) is 'What backup.health() says, as metrics.';

create or replace function backup.catalogue_metrics()
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_array(
    backup.gauge('last_backup_bytes', 'Stored bytes of the last good backup.', last_good.file_size),
    backup.gauge('last_backup_rows', 'Rows in the last good backup.', last_good.row_count),
    backup.gauge('last_backup_duration_seconds', 'Seconds that making the last good backup took.',
      round(extract(epoch from last_good.completed_at - last_good.started_at), 3)),
    backup.gauge('stored_bytes', 'Bytes of all archives in the bucket.', (
      select coalesce(sum(source.file_size), 0) from public.backups as source where source.status = 'completed')),
    backup.metric('backups', 'gauge', 'Backups in the catalogue.', (
      select jsonb_agg(backup.sample(counted.number, jsonb_build_object('kind', counted.kind, 'status', counted.status))
        order by counted.kind, counted.status)
      from (select source.kind, source.status, count(*) as number from public.backups as source group by 1, 2) as counted)),
    backup.metric('jobs', 'gauge', 'Jobs of the last 30 days.', (
      select jsonb_agg(backup.sample(counted.number, jsonb_build_object('kind', counted.kind, 'status', counted.status))
        order by counted.kind, counted.status)
      from (select job.kind, job.status, count(*) as number from backup.jobs as job group by 1, 2) as counted)))
  from backup.last_good_backup() as last_good;
$$;

comment on function backup.catalogue_metrics() is 'What there is, as metrics.';

create or replace function backup.metrics()
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  return backup.state_metrics(backup.health()) || backup.catalogue_metrics();
end;
$$;

comment on function backup.metrics() is 'The state in numbers, for Prometheus: [{name, type, help, samples: [{labels, value}]}]. Raises BK403.';
