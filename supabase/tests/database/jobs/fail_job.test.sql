-- fail_job(): back into the queue after a failure that may pass, with growing pauses; to its end after any other.
begin;
\ir ../support.sql
select plan(38);

-- a purge is tried again whatever was wrong
select testing.running_job('worker', 'purge') as job \gset

-- The pause, in whole seconds, after so many attempts.
create function testing.pause_after(attempts integer)
returns integer
language sql
as $$
  update backup.jobs set status = 'running', worker_id = 'worker', lease_expires_at = clock_timestamp() + interval '1 minute', attempt_count = attempts, max_attempts = 60;
  select backup.fail_job(job_id, 'worker', '{"code": "storage_unavailable"}') from backup.jobs;
  select round(extract(epoch from run_after - clock_timestamp()))::integer from backup.jobs;
$$;

select is(testing.pause_after(1), 10, 'ten seconds after the first attempt');
select results_eq(
  'select status, worker_id, lease_expires_at, error from backup.jobs',
  $$ values ('queued', null, null::timestamptz, '{"code": "storage_unavailable"}'::jsonb) $$,
  'it waits, is nobody''s, and says what was wrong'
);
select is(backup.claim_job('worker'), null, 'and is not claimed before its time');
select is(array[testing.pause_after(2), testing.pause_after(3), testing.pause_after(4)], '{20,40,80}', 'twice as long each time');
select is(array[testing.pause_after(6), testing.pause_after(7)], '{320,600}', 'ten minutes at most');
select is(testing.pause_after(50), 600, 'however often');
update backup.jobs set run_after = clock_timestamp();
select is(backup.claim_job('worker') -> 'attempt', '51', 'then it is claimed again');
select throws_ok(format('select backup.fail_job(%L, ''other'', ''{}'')', :'job'), 'BK412', null, 'only the worker that holds a job gives it back');
select is(backup.fail_job(:'job', 'worker', '{"code": "identity_missing"}'), 'retried', 'a purge is tried again even after what will not pass');
select throws_ok(format('select backup.fail_job(%L, ''worker'', ''{}'')', :'job'), 'BK412', null, 'once');
delete from public.backups;

-- what may pass, and what will not
select is(backup.may_pass(code), true, code || ' may pass')
from unnest('{storage_unavailable,database_unavailable,database_busy,lock_timeout,table_changed,delivery_failed,worker_lost}'::text[]) as code;
select is(backup.may_pass(code), false, coalesce(code, 'no code') || ' will not')
from unnest('{internal,cancelled,part_corrupt,part_missing,identity_missing,restore_lock_timeout,NULL}'::text[]) as code;

-- a backup
select testing.running_job() as job \gset
select backup_id as backup from backup.jobs where job_id = :'job' \gset
select backup.begin_backup(:'job', 'worker') is not null as begun \gset
select is(backup.fail_job(:'job', 'worker', '{"code": "lock_timeout", "message": "m"}', true), 'retried', 'a backup that found a table locked');
select results_eq(
  format('select status, phase, progress, error from public.backups where id = %L', :'backup'), $$ values ('queued', null, '{}'::jsonb, '{"code": "lock_timeout", "message": "m"}'::jsonb) $$,
  'is queued again, and says why'
);
select is_empty($$ select * from backup.jobs where kind = 'purge' $$, 'nothing is purged while it may still come off');
select is_empty('select * from backup.notifications', 'nor is anybody told');
select is_empty('select * from testing.audited', 'nor is it written down');
update backup.jobs set run_after = clock_timestamp() where job_id = :'job';
select is(backup.claim_job('worker') -> 'attempt', '2', 'then it is begun anew');
select backup.begin_backup(:'job', 'worker') is not null as begun \gset
select is((select error from public.backups where id = :'backup'), null, 'without the error');
select is(backup.fail_job(:'job', 'worker', '{"code": "lock_timeout", "message": "m"}'), 'retried', 'again');
update backup.jobs set run_after = clock_timestamp() where job_id = :'job';
select backup.claim_job('worker') -> 'attempt' as third \gset
select is(backup.fail_job(:'job', 'worker', '{"code": "lock_timeout", "message": "m"}', true), 'failed', 'after the last attempt it has failed');
select is((select status from public.backups where id = :'backup'), 'failed', 'so has the backup');
select is((select count(*) from backup.jobs where kind = 'purge'), 1::bigint, 'what is left in the bucket is purged then');
select results_eq('select kind, severity from backup.notifications', $$ values ('backup_failed', 'error') $$, 'and administrators are told');
delete from public.backups;
select testing.running_job() as job \gset
select is(backup.fail_job(:'job', 'worker', '{"code": "internal", "message": "m"}'), 'failed', 'what will not pass ends the job at once');
select is((select status from backup.jobs where job_id = :'job'), 'failed', 'it has failed');

select * from finish();
rollback;
