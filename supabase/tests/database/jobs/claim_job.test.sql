-- claim_job(): the oldest job that waits, or whose worker went silent; to one worker at a time.
begin;
\ir ../support.sql
select plan(25);

select is(backup.claim_job('worker'), null, 'no job, nothing to claim');

select testing.backup('failed') as first_backup, testing.backup('failed') as second_backup, testing.backup('failed') as third_backup \gset
select backup.enqueue_job('purge', :'first_backup') as first \gset
select backup.enqueue_job('purge', :'second_backup', '{"remove_row": true}', 50) as second \gset
select backup.enqueue_job('purge', :'third_backup') as third \gset
select results_eq(
  'select kind, parameters, status, attempt_count, max_attempts, run_after <= clock_timestamp() from backup.jobs order by created_at',
  $$
    values ('purge', '{}'::jsonb, 'queued', 0, 3, true), ('purge', '{"remove_row": true}', 'queued', 0, 50, true), ('purge', '{}', 'queued', 0, 3, true)
  $$,
  'a job is queued for now, with the setting''s number of attempts unless another is asked for'
);

select is(
  backup.claim_job('one'), jsonb_build_object('job_id', :'first', 'kind', 'purge', 'backup_id', :'first_backup', 'restore_id', null, 'notification_id', null, 'parameters', '{}'::jsonb,
    'attempt', 1, 'lease_seconds', 30), 'the oldest job is first'
);
select results_eq(
  $$ select status, worker_id, attempt_count, lease_expires_at - clock_timestamp() between interval '29 seconds' and interval '30 seconds' from backup.jobs order by created_at limit 1 $$,
  $$ values ('running', 'one', 1, true) $$,
  'it is leased for half a minute'
);
select is(backup.claim_job('two') ->> 'job_id', :'second', 'another worker gets the next one');
update backup.jobs set run_after = clock_timestamp() + interval '1 second' where job_id = :'third';
select is(backup.claim_job('three'), null, 'one that is to wait is left alone');
update backup.jobs set run_after = clock_timestamp() where job_id = :'third';
select is(backup.claim_job('three') ->> 'job_id', :'third', 'until its time has come');
select is(backup.claim_job('four'), null, 'a job that is held is nobody else''s');

-- a worker that dies
update backup.jobs set lease_expires_at = clock_timestamp() where job_id = :'second';
select is(backup.claim_job('four') -> 'attempt', '2', 'when a lease has run out, the job is taken over, as its second attempt');
select is((select worker_id from backup.jobs where job_id = :'second'), 'four', 'by whoever asks first');
select is((select error ->> 'code' from backup.jobs where job_id = :'second'), 'worker_lost', 'it says what became of the first');
select throws_ok(format('select backup.heartbeat(%L, ''two'')', :'second'), 'BK412', 'This worker no longer holds the job.', 'the one that was thought dead is told so');
select throws_ok(format('select backup.hold_job(%L, ''two'')', :'second'), 'BK412', null, 'whatever it reports');
select lives_ok(format('select backup.heartbeat(%L, ''four'')', :'second'), 'its successor holds the job');

-- a lease that is renewed
update backup.jobs set lease_expires_at = clock_timestamp() + interval '1 second' where job_id = :'third';
select backup.heartbeat(:'third', 'three');
select cmp_ok((select lease_expires_at from backup.jobs where job_id = :'third'), '>', clock_timestamp() + interval '28 seconds', 'a heartbeat renews the lease');
update backup.settings set value = '5' where key = 'job_lease_seconds';
select backup.heartbeat(:'third', 'three');
select cmp_ok((select lease_expires_at from backup.jobs where job_id = :'third'), '<', clock_timestamp() + interval '6 seconds', 'for as long as the setting says');
select throws_ok($$ select backup.heartbeat(gen_random_uuid(), 'three') $$, 'BK412', null, 'a job that does not exist is nobody''s');
select is((backup.hold_job(:'third', 'three')).kind, 'purge', 'hold_job() returns the job');

-- a job that is over
select testing.finish(:'third');
select results_eq(
  $$ select status, error, result, finished_at is not null, lease_expires_at from backup.jobs where status = 'succeeded' $$,
  $$ values ('succeeded', null::jsonb, null::jsonb, true, null::timestamptz) $$,
  'a finished job has succeeded'
);
select throws_ok(format('select backup.heartbeat(%L, ''three'')', :'third'), 'BK412', null, 'and is nobody''s any more');
select backup.finish_job(job, '{"code": "internal"}') from backup.jobs as job where job_id = :'second';
select is((select array[status, error ->> 'code'] from backup.jobs where job_id = :'second'), '{failed,internal}', 'or failed, with the error');
select backup.finish_job(job, null, '{"objects": 1}') from backup.jobs as job where job_id = :'first';
select is((select result from backup.jobs where job_id = :'first'), '{"objects": 1}', 'or succeeded with a result');
select is(backup.claim_job('five'), null, 'what is over is not claimed');

select throws_ok(format('select backup.enqueue_job(''dance'', %L)', :'first_backup'), '23514', null, 'a job of another kind does not exist');
select throws_ok($$ select backup.enqueue_job('purge', gen_random_uuid()) $$, '23503', null, 'nor one of no backup');

select * from finish();
rollback;
