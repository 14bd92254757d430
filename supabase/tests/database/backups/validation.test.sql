-- What validation does to a backup: errors block it, unless somebody said why not; warnings do not.
begin;
\ir ../support.sql
select plan(16);

create table testing.reports (status text, report jsonb);
insert into testing.reports
select status, jsonb_build_object('status', status, 'started_at', now(), 'duration_ms', 5, 'errors', case status when 'failed' then 2 else 0 end, 'warnings', 1,
  'tables', jsonb_build_array(jsonb_build_object('table', 'public.events', 'rows', 80, 'status', status, 'rules', jsonb_build_array(jsonb_build_object(
    'id', 'events_title_required', 'title', 'Title', 'severity', case status when 'failed' then 'error' else 'warning' end, 'status', 'failed', 'violations', 2,
    'suggestion', 'Give it a title.', 'sample', jsonb_build_array(jsonb_build_object('record_id', '1', 'column', 'title', 'value', null, 'message', 'has no title')))))))
from unnest('{warnings,failed}'::text[]) as status;

-- blocked
select testing.running_job() as job \gset
select backup_id as backup from backup.jobs where job_id = :'job' \gset
select backup.begin_backup(:'job', 'worker');
select backup.record_plan(:'job', 'worker', backup.plan_backup(:'backup', '{roles}'));
select is((select backup.record_validation(:'job', 'worker', report) from testing.reports where status = 'failed'), false, 'errors: it may not go on');
select results_eq(
  format('select status, phase, validation_results from public.backups where id = %L', :'backup'),
  'select ''blocked'', null::text, report from testing.reports where status = ''failed''', 'it is blocked, with the whole report'
);
select is((select status from backup.jobs where job_id = :'job'), 'succeeded', 'the job is over: it did what it could');
select is_empty($$ select * from backup.jobs where kind = 'purge' $$, 'nothing was stored, so nothing is purged');
select is_empty(format('select * from backup.backup_parts where backup_id = %L', :'backup'), 'what was planned meanwhile is forgotten');
select results_eq(
  'select action, outcome, target, details from testing.audited', format('values (''backup_blocked'', ''failed'', %L, ''{"errors": 2}''::jsonb)', :'backup'), 'it is in the audit log'
);
select isnt_empty(format('select * from backup.validation_findings join backup.validation_runs on validation_runs.id = run_id where backup_id = %L', :'backup'), 'the findings are kept');
select throws_ok(format('select backup.record_plan(%L, ''worker'', ''{}'')', :'job'), 'BK412', null, 'a worker that goes on regardless is stopped');
select testing.use_secret_key();
select lives_ok('select backup.request_backup()', 'a blocked backup is in nobody''s way');
delete from public.backups;

-- overridden
select testing.running_job() as job \gset
select backup_id as backup from backup.jobs where job_id = :'job' \gset
update public.backups set override_validation = true, override_reason = 'Known' where id = :'backup';
select backup.begin_backup(:'job', 'worker');
select is((select backup.record_validation(:'job', 'worker', report) from testing.reports where status = 'failed'), true, 'errors that somebody overrode: it goes on');
select results_eq(
  format('select status, phase, validation_results ->> ''status'' from public.backups where id = %L', :'backup'), $$ values ('processing', 'copying', 'failed') $$, 'and says what was wrong'
);
select backup.record_plan(:'job', 'worker', backup.plan_backup(:'backup', '{events}'));
select is(backup.manifest(:'backup') -> 'validation' @> '{"status": "failed", "overridden": true, "override_reason": "Known"}', true, 'the manifest says so too, with the reason');
delete from public.backups;

-- warnings
select testing.running_job() as job \gset
select backup.begin_backup(:'job', 'worker');
select is((select backup.record_validation(:'job', 'worker', report) from testing.reports where status = 'warnings'), true, 'warnings alone do not block');

-- a second attempt
select backup_id as backup from backup.jobs where job_id = :'job' \gset
select backup.record_plan(:'job', 'worker', backup.plan_backup(:'backup', '{events}'));
select backup.record_part(:'job', 'worker', 0, 0, 0, 1, 1, 'a', 'b');
update backup.jobs set lease_expires_at = clock_timestamp() where job_id = :'job';
select testing.claim_work('other');
select throws_ok(format('select backup.record_part(%L, ''worker'', 1, 0, 0, 1, 1, ''a'', ''b'')', :'job'), 'BK412', null, 'a worker that was thought dead cannot spoil what its successor does');
select backup.begin_backup(:'job', 'other');
select results_eq(
  format('select status, phase, progress, validation_results from public.backups where id = %L', :'backup'), $$ values ('processing', 'validating', '{"percent": 0}'::jsonb, null::jsonb) $$,
  'a second attempt starts from nothing'
);
select is_empty(format('select ordinal from backup.backup_parts where backup_id = %L union all select ordinal from backup.backup_tables where backup_id = %1$L', :'backup'), 'without a part of the first');

select * from finish();
rollback;
