-- retry_job(): back into the queue after a passing failure, with growing pauses.
begin;
\ir ../support.sql
select plan(9);

select testing.running_job('worker', 'purge') as job \gset

-- The pause, in whole seconds, after so many attempts.
create function testing.pause_after(attempts integer)
returns integer
language sql
as $$
  update backup.jobs set status = 'running', worker_id = 'worker', lease_expires_at = clock_timestamp() + interval '1 minute', attempt_count = attempts, max_attempts = 60;
  select backup.retry_job(job_id, 'worker', '{"code": "storage_unavailable"}') from backup.jobs;
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
select is(testing.pause_after(7), 600, 'ten minutes at most');
select is(testing.pause_after(50), 600, 'however often');
update backup.jobs set run_after = clock_timestamp();
select is(backup.claim_job('worker') -> 'attempt', '51', 'then it is claimed again');
select throws_ok(format('select backup.retry_job(%L, ''other'', ''{}'')', :'job'), 'BK412', null, 'only the worker that holds a job gives it back');
select backup.retry_job(:'job', 'worker', '{}');
select throws_ok(format('select backup.retry_job(%L, ''worker'', ''{}'')', :'job'), 'BK412', null, 'once');

select * from finish();
rollback;
