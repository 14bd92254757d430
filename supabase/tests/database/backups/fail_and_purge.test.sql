-- Ends that are none: a worker reports a failure; objects that remain are purged by a job of their own.
begin;
\ir ../support.sql
select plan(23);
\set error '\'{"code": "storage_refused", "message": "The bucket is not there.", "hint": "Make it.", "details": {"bucket": "backups"}}\''

-- nothing remains
select testing.running_job() as job \gset
select backup_id as backup from backup.jobs where job_id = :'job' \gset
select backup.begin_backup(:'job', 'worker');
select throws_ok(format('select backup.fail_job(%L, ''other'', %L, false)', :'job', :error), 'BK412', null, 'only the worker that holds the job reports its failure');
select lives_ok(format('select backup.fail_job(%L, ''worker'', %L, false)', :'job', :error), 'it does');
select results_eq(format('select status, phase, error, completed_at from public.backups where id = %L', :'backup'), format('values (''failed'', null, %L::jsonb, null::timestamptz)', :error), 'the backup has failed, with the whole error');
select is((select array[status, error ->> 'code'] from backup.jobs where job_id = :'job'), '{failed,storage_refused}', 'so has the job');
select is_empty($$ select * from backup.jobs where kind = 'purge' $$, 'nothing is left to purge');
select results_eq('select action, outcome, target, details from testing.audited', format('values (''backup_failed'', ''failed'', %L, ''{"code": "storage_refused"}''::jsonb)', :'backup'), 'it is in the audit log, by its code');
select throws_ok(format('select backup.complete_backup(%L, ''worker'', '''')', :'job'), 'BK412', null, 'a backup that failed is not completed afterwards');
delete from public.backups;
delete from backup.notifications;

-- something remains
select testing.running_job() as job \gset
select backup_id as backup from backup.jobs where job_id = :'job' \gset
select backup.begin_backup(:'job', 'worker'), backup.fail_job(:'job', 'worker', :error, true);
select results_eq(
  'select kind, parameters, status, max_attempts from backup.jobs where kind = ''purge''', $$ values ('purge', '{"remove_row": false}'::jsonb, 'queued', 50) $$,
  'what remains in the bucket is purged, however often it takes'
);
select is(testing.claim_work('purger'), null, 'but not while an upload may still be on its way');
update backup.jobs set run_after = clock_timestamp() where kind = 'purge';
select testing.claim_work('purger') ->> 'job_id' as purge \gset
select throws_ok(format('select backup.complete_purge(%L, ''worker'')', :'purge'), 'BK412', null, 'by the worker that holds that job');
select lives_ok(format('select backup.complete_purge(%L, ''purger'')', :'purge'), 'when it is done');
select is((select status from public.backups where id = :'backup'), 'failed', 'the row stays, to say what was wrong');
select is((select status from backup.jobs where job_id = :'purge'), 'succeeded', 'the job is over');
delete from public.backups;
delete from backup.notifications;

-- a purge that takes the row with it
select testing.running_job('purger', 'purge') as purge \gset
select backup_id as backup from backup.jobs where job_id = :'purge' \gset
select testing.parts(:'backup');
select backup.complete_purge(:'purge', 'purger');
select is_empty(format('select id from public.backups where id = %L', :'backup'), 'after a deletion the row goes');
select is_empty(format('select ordinal from backup.backup_parts where backup_id = %L', :'backup'), 'with its parts');
select is_empty(format('select job_id from backup.jobs where backup_id = %L', :'backup'), 'and its jobs');
select results_eq('select action, outcome, target from testing.audited order by audit_log_id desc limit 1', format('values (''backup_deleted'', ''succeeded'', %L)', :'backup'), 'the audit log keeps that it is gone');

-- what the tables themselves refuse
select testing.running_job('purger', 'purge') as purge \gset
create function testing.refused(assignment text, constraint_name text, description text)
returns text
language sql
as $$
  select throws_ok(
    format('update backup.jobs set %s', assignment), '23514', format('new row for relation "jobs" violates check constraint "%s"', constraint_name), description);
$$;
select testing.refused('lease_expires_at = null', 'jobs_running_is_leased_check', 'a running job has a lease');
select testing.refused('worker_id = null', 'jobs_running_is_leased_check', 'and a worker');
select testing.refused('status = ''failed'', lease_expires_at = null, finished_at = now()', 'jobs_failed_has_error_check', 'a failed one an error');
select testing.refused('status = ''succeeded'', lease_expires_at = null', 'jobs_ended_is_dated_check', 'one that is over says since when');
select testing.refused('attempt_count = max_attempts + 1', 'jobs_attempt_count_check', 'nor is one tried more often than is allowed');
select testing.refused('status = ''paused'', lease_expires_at = null', 'jobs_status_check', 'nor in a state that does not exist');

select * from finish();
rollback;
