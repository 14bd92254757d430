-- metrics(): the state in numbers, in the shape that Prometheus needs.
begin;
\ir ../support.sql
select plan(27);

select testing.sign_in_as('alumni');
select throws_ok('select backup.metrics()', 'BK403', null, 'BK403 for a member');
select testing.use_secret_key();
create view testing.metrics as
  select entry.value ->> 'name' as name, entry.value ->> 'type' as type, entry.value ->> 'help' as help, entry.value -> 'samples' as samples from jsonb_array_elements(backup.metrics()) as entry;
create view testing.samples as
  select metrics.name, sample.value -> 'labels' as labels, sample.value -> 'value' as value from testing.metrics cross join jsonb_array_elements(metrics.samples) as sample;
create function testing.value(name text, labels jsonb default '{}')
returns numeric
language sql
as $$ select value::numeric from testing.samples where (samples.name, samples.labels) = ('backup_' || value.name, value.labels) $$;

-- an empty project
select set_eq('select name from testing.metrics', array(select 'backup_' || name from unnest('{check_ok,last_backup_age_seconds,last_drill_age_seconds,last_backup_bytes,last_backup_rows,last_backup_duration_seconds,backups,stored_bytes,jobs,
  queue_oldest_waiting_seconds,schedule_enabled,schedule_next_run_timestamp_seconds}'::text[]) as name), 'every metric is there from the beginning');
select is_empty('select name from testing.metrics where samples = ''[]'' and name not in (''backup_last_backup_age_seconds'', ''backup_last_drill_age_seconds'', ''backup_last_backup_bytes'', ''backup_last_backup_rows'',
  ''backup_last_backup_duration_seconds'', ''backup_backups'', ''backup_jobs'', ''backup_schedule_next_run_timestamp_seconds'')', 'with nothing where there is nothing');
select is(testing.value('stored_bytes'), 0::numeric, 'no bytes');

-- one with everything
select testing.backup(created_at => clock_timestamp() - interval '1 hour') as backup, testing.backup('failed') as failed, testing.backup(kind => 'safety') as safety \gset
update public.backups set row_count = 1234, file_size = 5678, completed_at = created_at + interval '1.5 seconds' where id = :'backup';
update public.backups set row_count = null, verified_at = null where id = :'safety';
update public.backups set verified_at = clock_timestamp() - interval '10 minutes', verification = '{"status": "passed"}' where id = :'backup';
select backup.enqueue_job('purge', :'failed') as job \gset
update backup.jobs set run_after = clock_timestamp() - interval '30 seconds';
update backup.schedules set is_enabled = true, next_run_at = '2026-12-01 03:00Z' where frequency = 'daily';
select is(testing.value('last_backup_bytes'), 5678::numeric, 'bytes of the last good backup');
select is(testing.value('last_backup_rows'), 1234::numeric, 'its rows');
select is(testing.value('last_backup_duration_seconds'), 1.5, 'how long it took');
select ok(testing.value('last_backup_age_seconds') between 3590 and 3700, 'its age');
select ok(testing.value('last_drill_age_seconds') between 590 and 700, 'that of the last drill');
select is(testing.value('stored_bytes'), (select sum(file_size) from public.backups where status = 'completed'), 'what all archives take');
select is(testing.value('backups', '{"kind": "manual", "status": "completed"}'), 1::numeric, 'backups by kind and status');
select is(testing.value('backups', '{"kind": "manual", "status": "failed"}'), 1::numeric, 'each of them');
select is(testing.value('jobs', '{"kind": "purge", "status": "queued"}'), 1::numeric, 'jobs likewise');
select ok(testing.value('queue_oldest_waiting_seconds') between 30 and 60, 'the first has been waiting');
select is(testing.value('schedule_enabled', '{"frequency": "daily"}'), 1::numeric, 'a schedule that is enabled');
select is(testing.value('schedule_enabled', '{"frequency": "weekly"}'), 0::numeric, 'one that is not');
select is(testing.value('schedule_next_run_timestamp_seconds', '{"frequency": "daily"}'), extract(epoch from timestamptz '2026-12-01 03:00Z'), 'when it is due');
select is(testing.value('schedule_next_run_timestamp_seconds', '{"frequency": "weekly"}'), null, 'never, when it is not');
select is(testing.value('check_ok', '{"check": "project"}'), 1::numeric, 'a check that passes');
update backup.schedules set last_status = 'failed' where frequency = 'daily';
select is(testing.value('check_ok', '{"check": "schedules"}'), 0::numeric, 'one that does not');

-- the shape, with all kinds of nothing
update public.backups set started_at = null, file_size = file_size where id = :'backup';
select is_empty($$ select * from testing.metrics where name !~ '^backup_[a-z_]+$' or type not in ('gauge', 'counter') or help is null or help = '' or help ~ '\n' or jsonb_typeof(samples) <> 'array' $$, 'names, types and helps');
select is_empty('select name from testing.metrics group by 1 having count(*) > 1', 'each name once');
select is_empty('select name, labels from testing.samples group by 1, 2 having count(*) > 1', 'each sample once');
select is_empty('select * from testing.samples where jsonb_typeof(labels) <> ''object''', 'with its labels');
select is_empty($$ select name, label from testing.samples, jsonb_each(labels) as label where label.key !~ '^[a-z_]+$' or jsonb_typeof(label.value) <> 'string' $$, 'which are texts');
select is_empty('select * from testing.samples where jsonb_typeof(value) <> ''number''', 'and a number: a value that there is not is left out');
update public.backups set started_at = created_at where id = :'backup';
select lives_ok('select backup.metrics()', 'whatever there is');

select * from finish();
rollback;
