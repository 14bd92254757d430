-- A server whose clock is put back: what was put off until a wrong time is not put off for ever.
begin;
\ir ../support.sql
select plan(13);

-- leases and pauses
select testing.running_job('dead') as job \gset
update backup.jobs set lease_expires_at = clock_timestamp() + interval '1 year' where job_id = :'job';
select backup.enqueue_job('purge', testing.backup('failed')) as waiting \gset
update backup.jobs set run_after = clock_timestamp() + interval '1 year' where job_id = :'waiting';
select backup.mend_job_times();
select cmp_ok((select lease_expires_at from backup.jobs where job_id = :'job'), '<', clock_timestamp() + interval '31 seconds', 'no lease is longer than one that is given now');
select cmp_ok((select run_after from backup.jobs where job_id = :'waiting'), '<=', clock_timestamp(), 'no pause is that long');
update backup.jobs set run_after = clock_timestamp() + interval '10 minutes' where job_id = :'waiting';
update backup.jobs set lease_expires_at = clock_timestamp() + interval '20 seconds' where job_id = :'job';
select backup.mend_job_times();
select cmp_ok((select run_after from backup.jobs where job_id = :'waiting'), '>', clock_timestamp() + interval '9 minutes', 'the longest pause is left alone');
select cmp_ok((select lease_expires_at from backup.jobs where job_id = :'job'), '<', clock_timestamp() + interval '21 seconds', 'so is a lease');
delete from public.backups;

-- schedules
update backup.schedules set is_enabled = true, next_run_at = clock_timestamp() + interval '2 years', last_run_at = clock_timestamp() + interval '1 year' where frequency = 'daily';
select backup.run_schedules();
select cmp_ok((select next_run_at from backup.schedules where frequency = 'daily'), '<', clock_timestamp() + interval '25 hours', 'a schedule that ran at a time still to come is due within a day');
select is_empty('select * from public.backups', 'and not at once');
update backup.schedules set next_run_at = clock_timestamp() + interval '2 years', last_run_at = clock_timestamp() - interval '1 day' where frequency = 'daily';
select backup.run_schedules();
select cmp_ok((select next_run_at from backup.schedules where frequency = 'daily'), '>', clock_timestamp() + interval '1 year', 'one that somebody has put off stays so');
update backup.schedules set next_run_at = clock_timestamp() - interval '1 minute', last_run_at = clock_timestamp() + interval '1 year' where frequency = 'daily';
select backup.run_schedules();
select is((select count(*) from public.backups), 1::bigint, 'one that is due is made');
select cmp_ok((select last_run_at from backup.schedules where frequency = 'daily'), '<=', clock_timestamp(), 'then it has run now');

-- alarms
delete from public.backups;
delete from backup.notifications;
insert into backup.notifications (kind, severity, message, created_at) values ('no_recent_backup', 'error', 'of the future', clock_timestamp() + interval '1 year');
update backup.installation set bound_at = '2026-01-01';
select backup.watch_backups();
select is((select count(*) from backup.notifications), 2::bigint, 'an alarm of the future keeps none of today back');
select backup.watch_backups();
select is((select count(*) from backup.notifications), 2::bigint, 'but one of today does');

-- chores
update backup.chores set last_run_at = clock_timestamp() + interval '1 year' where chore = 'inventory';
select is(backup.is_chore_due('inventory', '1 day'), true, 'what was last done in the future is due');
select is(backup.is_chore_due('inventory', '1 day'), false, 'once');

select * from finish();
rollback;
