-- run_schedules(): what is due is made, once however often it was missed, one after the other.
begin;
\ir ../support.sql
select plan(42);

create function testing.due(frequency text, ago interval default '1 minute')
returns void
language sql
as $$ update backup.schedules as schedule set is_enabled = true, next_run_at = clock_timestamp() - ago where schedule.frequency = due.frequency $$;
create view testing.made as select kind, notes, requested_tables, override_validation, created_by from public.backups;
-- The kinds of all of them, in the order in which they were asked for.
create function testing.in_order()
returns text[]
language sql
as $$ select array_agg(source.kind order by job.created_at) from public.backups as source join backup.jobs as job on job.backup_id = source.id and job.kind = 'backup' $$;
create function testing.end_all(status text)
returns void
language plpgsql
as $$
declare
  running record;
begin
  for running in select backup_id from backup.jobs where jobs.status = 'queued' and kind = 'backup' loop
    case status
      when 'completed' then
        perform testing.parts(running.backup_id);
        perform backup.complete_backup((testing.claim_work() ->> 'job_id')::uuid, 'worker', repeat('0', 64));
      when 'blocked' then
        perform backup.record_validation((testing.claim_work() ->> 'job_id')::uuid, 'worker', 
          '{"status": "failed", "errors": 3, "warnings": 0, "row_count": 0, "started_at": "2026-01-01", "duration_ms": 1, "tables": []}');
      else
        perform backup.fail_job((testing.claim_work() ->> 'job_id')::uuid, 'worker', '{"code": "internal", "message": "as tested"}');
    end case;
  end loop;
end;
$$;
create function testing.schedule(frequency text, out last_status text, out code text, out is_known boolean, out is_due boolean)
language sql
as $$
  select last_status, last_error ->> 'code', last_backup_id is not null, next_run_at <= clock_timestamp() from backup.schedules as source where source.frequency = schedule.frequency;
$$;

-- nothing is due
select backup.run_schedules();
select is_empty('table testing.made', 'neither is enabled: nothing is made');
select testing.due('daily', '-1 minute');
select backup.run_schedules();
select is_empty('table testing.made', 'nor before its time');
update backup.schedules set is_enabled = false, next_run_at = null where frequency = 'daily';
select throws_ok($$ update backup.schedules set next_run_at = now() where frequency = 'daily' $$, '23514', null, 'one that is disabled cannot be due');

-- one is due
select testing.due('daily');
update backup.schedules set name = 'Nightly' where frequency = 'daily';
select backup.run_schedules();
select results_eq('table testing.made', $$ values ('daily', 'Nightly', null::text[], false, null::uuid) $$, 'it is made, of every table, by nobody');
select results_eq('select * from testing.schedule(''daily'')', $$ values ('queued', null, true, false) $$, 'and is due no longer');
select is((select last_backup_id from backup.schedules where frequency = 'daily'), (select id from public.backups), 'the schedule knows its backup');
select is((select next_run_at from backup.schedules where frequency = 'daily'), (select backup.next_run(schedule, clock_timestamp()) from backup.schedules as schedule where frequency = 'daily'), 'it is due again at its time');
select is((select array_agg(action order by audit_log_id) from testing.audited), '{create}', 'it is in the audit log');
select is_empty('select * from backup.notifications', 'nobody is told of a beginning');
select backup.run_schedules();
select is((select count(*) from testing.made), 1::bigint, 'it is made once');

-- how it ended
select testing.end_all('completed');
select results_eq('select * from testing.schedule(''daily'')', $$ values ('completed', null, true, false) $$, 'completed');
select testing.due('daily');
select backup.run_schedules();
select testing.end_all('blocked');
select is((testing.schedule('daily')).last_status, 'blocked', 'blocked');
select testing.due('daily');
select backup.run_schedules();
select is((testing.schedule('daily')).last_status, 'queued', 'another day');
select testing.end_all('failed');
select results_eq('select * from testing.schedule(''daily'')', $$ values ('failed', 'internal', true, false) $$, 'failed, and says why');
select testing.due('daily');
select backup.run_schedules();
select is((testing.schedule('daily')).code, null, 'the next one begins without an error');
select testing.end_all('completed');
select is((testing.schedule('daily')).last_status, 'completed', 'and may end well');
delete from public.backups;
select is((testing.schedule('daily')).is_known, false, 'a backup that is deleted is forgotten');
select is((testing.schedule('daily')).last_status, 'completed', 'not how it went');
delete from backup.notifications;

-- missed
select testing.due('daily', '5 days');
select backup.run_schedules();
select is((select count(*) from testing.made), 1::bigint, 'five days that were missed are made up for by one');
select is((testing.schedule('daily')).is_due, false, 'then it is due tomorrow');
select results_eq('select kind, severity, details ->> ''frequency'' from backup.notifications', $$ values ('schedule_missed', 'warning', 'daily') $$, 'and administrators are told');
select testing.end_all('completed');
delete from backup.notifications;
select testing.due('daily', '14 minutes');
select backup.run_schedules();
select is_empty('select * from backup.notifications', 'a few minutes are not worth a word');
select testing.end_all('completed');
delete from public.backups;

-- one at a time
select testing.sign_in_as('admin') as admin \gset
select backup.request_backup() ->> 'id' as manual \gset
select testing.sign_out();
select testing.due('daily'), testing.due('weekly');
select backup.run_schedules();
select is((select count(*) from testing.made), 1::bigint, 'while one is being made none is begun');
select ok((testing.schedule('daily')).is_due and (testing.schedule('weekly')).is_due, 'both stay due');
select testing.end_all('completed');
select backup.run_schedules();
select is(testing.in_order(), '{manual,weekly}', 'then the weekly one');
select ok((testing.schedule('daily')).is_due, 'before the daily one');
select testing.end_all('completed');
select backup.run_schedules();
select is(testing.in_order(), '{manual,weekly,daily}', 'which follows');
select testing.end_all('completed');
delete from public.backups;
select testing.backup('processing', 'safety') as safety \gset
select testing.due('daily');
select backup.run_schedules();
select is((select count(*) from testing.made), 2::bigint, 'a safety backup is in nobody''s way');
delete from public.backups;

-- what it asks for
select backup.set_schedule('daily', tables => '{roles}', override_validation => true, override_reason => 'Known') is not null as changed \gset
select testing.due('daily');
select backup.run_schedules();
select results_eq('select requested_tables, override_validation, override_reason from public.backups', $$ values ('{public.roles}'::text[], true, 'Known') $$, 'some tables, in spite of errors');
select testing.end_all('completed');
delete from public.backups;
delete from backup.notifications;

-- tables that have gone
create table public.passing (id integer primary key);
select backup.set_schedule('daily', tables => '{passing,roles}', override_validation => false) is not null as changed \gset
drop table public.passing;
select testing.due('daily');
select lives_ok('select backup.run_schedules()', 'a table of it is there no longer');
select is_empty('table testing.made', 'nothing is made');
select results_eq('select * from testing.schedule(''daily'')', $$ values ('failed', 'invalid_tables', false, false) $$, 'the schedule says so, and is due again');
select results_eq('select kind, severity, details from backup.notifications', $$ values ('schedule_failed', 'error', '{"code": "invalid_tables", "frequency": "daily"}'::jsonb) $$, 'administrators are told');
select ok((select message like '%passing%' from backup.notifications), 'which table it is');
select results_eq('select action, outcome, target from testing.audited order by audit_log_id desc limit 1', $$ values ('create', 'failed', 'daily') $$, 'it is in the audit log');
select testing.due('weekly');
select backup.run_schedules();
select is((select array_agg(kind) from testing.made), '{weekly}', 'the other one is made');
select testing.end_all('completed');
create table public.passing (id integer primary key);
select testing.due('daily');
select backup.run_schedules();
select is((select requested_tables from public.backups where kind = 'daily'), '{public.passing,public.roles}', 'when it is there again, so is this one');
select testing.end_all('completed');

-- a fault of ours
create function testing.refuse() returns trigger language plpgsql as $$ begin raise exception 'as tested'; end $$;
create trigger refuse before insert on public.backups for each row execute function testing.refuse();
select testing.due('daily'), testing.due('weekly');
select lives_ok('select backup.run_schedules()', 'whatever is wrong');
select results_eq('select * from testing.schedule(''daily'')', $$ values ('failed', 'internal', false, false) $$, 'the schedule says so');
select is((testing.schedule('weekly')).is_due, false, 'and goes on with the next');
drop trigger refuse on public.backups;

-- called off, given up
delete from public.backups;
select testing.due('weekly');
select backup.run_schedules();
select testing.sign_in(:'admin'::uuid);
select backup.request_cancel(id) is not null as cancelled from public.backups \gset
select results_eq('select last_status, code from testing.schedule(''weekly'')', $$ values ('failed', 'cancelled') $$, 'one that is called off has failed');
delete from public.backups;
select testing.due('weekly');
select backup.run_schedules();
select testing.claim_work() ->> 'job_id' as job \gset
update backup.jobs set attempt_count = 3, lease_expires_at = clock_timestamp() where job_id = :'job';
select testing.claim_work();
select results_eq('select last_status, code from testing.schedule(''weekly'')', $$ values ('failed', 'worker_lost') $$, 'one that is given up, too');

select * from finish();
rollback;
