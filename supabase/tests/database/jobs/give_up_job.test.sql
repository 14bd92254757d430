-- A job that has been tried often enough is given up: a backup has failed then, and its objects are purged.
begin;
\ir ../support.sql
select plan(18);

select testing.running_job('one') as job \gset
select backup_id as backup from backup.jobs where job_id = :'job' \gset
update backup.jobs set lease_expires_at = clock_timestamp() where job_id = :'job';
select is(backup.claim_job('two') -> 'attempt', '2', 'the second attempt');
update backup.jobs set lease_expires_at = clock_timestamp() where job_id = :'job';
select is(backup.claim_job('three') -> 'attempt', '3', 'the third');
update backup.jobs set lease_expires_at = clock_timestamp() where job_id = :'job';
select is(testing.claim_work('four'), null, 'instead of a fourth one comes a purge, but not while the silent worker may still be uploading');
update backup.jobs set run_after = clock_timestamp() where kind = 'purge';
create table testing.claimed as select testing.claim_work('four') as job;
select is((select job ->> 'kind' from testing.claimed), 'purge', 'then it removes what the others left');
select is((select job ->> 'backup_id' from testing.claimed), :'backup', 'of that backup');
select is((select job -> 'parameters' from testing.claimed), '{"remove_row": false}', 'which keeps its row');
select is((select max_attempts from backup.jobs where kind = 'purge'), 50, 'and is tried often');
select is((select status from backup.jobs where job_id = :'job'), 'failed', 'the job has failed');
select is((select array[status, phase, error ->> 'code', error ->> 'message'] from public.backups where id = :'backup'),
  array['failed', null, 'worker_lost', 'The worker went silent at attempt 3.'], 'so has the backup, and says why');
select ok((select error ->> 'hint' is not null from public.backups where id = :'backup'), 'and what to do');
select is((select array[action, outcome, target] from testing.audited), array['backup_failed', 'failed', :'backup'], 'it is in the audit log');
select throws_ok(format('select backup.heartbeat(%L, ''three'')', :'job'), 'BK412', null, 'a worker that comes back is told that the job is gone');

-- a purge that never worked keeps the error of its last attempt
update backup.jobs set attempt_count = 49 where kind = 'purge';
select job_id as purge from backup.jobs where kind = 'purge' \gset
select backup.fail_job(:'purge', 'four', '{"code": "storage_unavailable"}');
update backup.jobs set run_after = clock_timestamp(), attempt_count = 50 where kind = 'purge';
select is(backup.claim_job('five'), null, 'a purge that was tried 50 times is given up too');
select is((select array[status, error ->> 'code'] from backup.jobs where kind = 'purge'), '{failed,storage_unavailable}', 'with its own error');
select is((select count(*) from backup.jobs where kind <> 'deliver'), 2::bigint, 'and makes no further job');
select is((select status from public.backups where id = :'backup'), 'failed', 'the backup stays what it was');

-- fewer attempts
update backup.settings set value = '1' where key = 'job_max_attempts';
select testing.running_job('one') as short \gset
update backup.jobs set lease_expires_at = clock_timestamp() where job_id = :'short';
select is(testing.claim_work('two'), null, 'there is no second attempt');
update backup.jobs set run_after = clock_timestamp() where kind = 'purge' and status = 'queued';
select is(testing.claim_work('two') ->> 'kind', 'purge', 'the setting job_max_attempts counts for new jobs');

select * from finish();
rollback;
