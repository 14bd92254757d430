-- Every attempt at a job is written down, with the reason when it failed.
begin;
\ir ../support.sql
select plan(12);

create view testing.tried as
  select attempt, worker_id, ended_at is not null as has_ended, error ->> 'code' as code from backup.job_attempts order by attempt;
select testing.running_job('one') as job \gset
select results_eq('table testing.tried', $$ values (1, 'one', false, null) $$, 'an attempt begins when the job is claimed');
select backup.heartbeat(:'job', 'one');
select is((select count(*) from testing.tried), 1::bigint, 'signs of life are none');
select backup.fail_job(:'job', 'one', '{"code": "database_busy", "message": "Full.", "details": {"connections": 60}}');
select results_eq('table testing.tried', $$ values (1, 'one', true, 'database_busy') $$, 'it ends with the worker''s reason');
select is((select error from backup.job_attempts), '{"code": "database_busy", "message": "Full.", "details": {"connections": 60}}', 'all of it');
update backup.jobs set run_after = clock_timestamp();
select backup.claim_job('two') -> 'attempt' as second \gset
update backup.jobs set lease_expires_at = clock_timestamp();
select backup.claim_job('three') -> 'attempt' as third \gset
select results_eq('table testing.tried', $$ values (1, 'one', true, 'database_busy'), (2, 'two', true, 'worker_lost'), (3, 'three', false, null) $$, 'one whose worker went silent says that');
select is((select error ->> 'message' from backup.job_attempts where attempt = 2), 'The worker went silent at attempt 2.', 'in so many words');
select testing.finish(:'job');
select results_eq('select * from testing.tried where attempt = 3', $$ values (3, 'three', true, null) $$, 'one that succeeds ends without a reason');
select testing.use_secret_key();
select results_eq(
  format('select entry -> ''attempt'', entry #>> ''{error,code}'' from jsonb_array_elements(backup.get_job(%L) -> ''attempts'') as entry', :'job'),
  $$ values ('1'::jsonb, 'database_busy'), ('2', 'worker_lost'), ('3', null) $$, 'the API shows all of them'
);
delete from public.backups;

-- the last one
select testing.running_job('one') as job \gset
update backup.jobs set attempt_count = 3, lease_expires_at = clock_timestamp() where job_id = :'job';
update backup.job_attempts set attempt = 3;
select testing.claim_work('two');
select results_eq('table testing.tried', $$ values (3, 'one', true, 'worker_lost') $$, 'giving up is no attempt');
delete from public.backups;

-- called off
select testing.running_job('one') as job \gset
select backup.cancel_job(:'job', 'As tested.');
select results_eq('table testing.tried', $$ values (1, 'one', true, 'cancelled') $$, 'one that is called off says so');
select is((select status from backup.jobs where job_id = :'job'), 'cancelled', 'as does the job');
delete from public.backups;
select is_empty('table testing.tried', 'attempts go with their job');

select * from finish();
rollback;
