-- request_cancel(): the making of a backup, or a drill of one, is called off.
begin;
\ir ../support.sql
select plan(39);

-- who may
select testing.backup('queued') as queued, testing.backup() as done \gset
select backup.enqueue_job('backup', :'queued') as job \gset
select testing.sign_out();
select throws_ok(format('select backup.request_cancel(%L)', :'queued'), 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.request_cancel(%L)', :'queued'), 'BK403', null, 'BK403 for a member');
select testing.sign_in_as('admin') as admin \gset
select throws_ok('select backup.request_cancel(gen_random_uuid())', 'BK404', null, 'BK404 for one that does not exist');
select throws_ok('select backup.request_cancel(null)', 'BK404', null, 'nor does NULL');

-- nothing to call off
select is((testing.raised(format('select backup.request_cancel(%L)', :'done'))).detail, jsonb_build_object('backup_id', :'done', 'status', 'completed'), 'BK456 says what it is');
select throws_ok(format('select backup.request_cancel(%L)', testing.backup(status)), 'BK456', null, 'BK456 for one that is ' || status) from unnest('{completed,failed,blocked,deleting}'::text[]) as status;
select testing.backup('deleting') as leaving \gset
select backup.enqueue_job('purge', :'leaving', '{"remove_row": true}', 50) as purge \gset
select throws_ok(format('select backup.request_cancel(%L)', :'leaving'), 'BK456', null, 'a removal is not called off');
select is((select status from backup.jobs where job_id = :'purge'), 'queued', 'it goes on');
delete from backup.jobs where job_id = :'purge';
select is_empty('select * from testing.audited', 'nothing has been called off');

-- one that waits
select is(backup.request_cancel(:'queued') #>> '{error,code}', 'cancelled', 'one that waits');
select results_eq(
  format('select status, phase, error ->> ''message'' from public.backups where id = %L', :'queued'), format('values (''failed'', null, %L)', 'Called off by ' || :'admin' || '@alumni.test.'),
  'has failed, and says who called it off'
);
select is((select array[status, error ->> 'code'] from backup.jobs where job_id = :'job'), '{cancelled,cancelled}', 'its job is called off');
select is(testing.claim_work(), null, 'nobody makes it, and nothing is there to be purged');
select is((select array_agg(action || ' ' || outcome order by audit_log_id) from testing.audited where target = :'queued'), '{backup_failed failed,cancel succeeded}', 'it is in the audit log');
select is_empty('select * from backup.notifications', 'whoever calls it off need not be told');
select throws_ok(format('select backup.request_cancel(%L)', :'queued'), 'BK456', null, 'once');
select lives_ok('select backup.request_backup()', 'and is in nobody''s way');
delete from public.backups;

-- one that is being made
select testing.running_job() as job \gset
select backup_id as running from backup.jobs where job_id = :'job' \gset
select backup.begin_backup(:'job', 'worker') is not null as begun \gset
select is(backup.request_cancel(:'running') ->> 'status', 'failed', 'one that is being made');
select throws_ok(format(statement, :'job'), 'BK412', null, 'its worker is told so: ' || statement)
from unnest('{"select backup.heartbeat(%L, ''worker'')","select backup.record_part(%L, ''worker'', 0, 0, 0, 0, 0, '''', '''')","select backup.complete_backup(%L, ''worker'', '''')","select backup.fail_job(%L, ''worker'', ''{}'')"}'::text[]) as statement;
select results_eq('select parameters, max_attempts, run_after > clock_timestamp() + interval ''20 seconds'' from backup.jobs where kind = ''purge''', $$ values ('{"remove_row": false}'::jsonb, 50, true) $$,
  'what it has stored is purged, when it must have noticed');
select is((select error ->> 'code' from backup.job_attempts where job_id = :'job'), 'cancelled', 'the attempt was called off');
delete from public.backups;

-- one that waits for its second attempt
select testing.running_job() as job \gset
select backup_id as retried from backup.jobs where job_id = :'job' \gset
select backup.fail_job(:'job', 'worker', '{"code": "storage_unavailable", "message": "m"}', true);
select is(backup.request_cancel(:'retried') #>> '{error,code}', 'cancelled', 'one that waits for another attempt');
select is((select count(*) from backup.jobs where kind = 'purge'), 1::bigint, 'may have stored something');
delete from public.backups;

-- a drill
select testing.backup() as proved \gset
update public.backups set verified_at = '2026-01-01', verification = '{"status": "passed"}' where id = :'proved';
select backup.request_drill(:'proved') #>> '{job,id}' as drill \gset
select is(backup.request_cancel(:'proved') ->> 'status', 'completed', 'a drill that waits: the backup stays what it is');
select is((select array[status, error ->> 'code'] from backup.jobs where job_id = :'drill'), '{cancelled,cancelled}', 'the drill is called off');
select is((select verification from public.backups where id = :'proved'), '{"status": "passed"}', 'and says nothing about the backup');
select is((select verified_at from public.backups where id = :'proved'), '2026-01-01', 'which is still proved');
select backup.request_drill(:'proved') #>> '{job,id}' as drill \gset
select is(testing.claim_work() ->> 'job_id', :'drill', 'one that runs');
select is(backup.request_cancel(:'proved') ->> 'status', 'completed', 'too');
select is((select status from backup.jobs where job_id = :'drill'), 'cancelled', 'it is called off');
select is_empty($$ select * from backup.jobs where kind = 'purge' $$, 'the archive stays');
select throws_ok(format('select backup.complete_drill(%L, ''worker'')', :'drill'), 'BK412', null, 'its worker is told so');
select lives_ok(format('select backup.request_drill(%L)', :'proved'), 'another one may be asked for');

select * from finish();
rollback;
