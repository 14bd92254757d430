-- The sweep's chores: each when it is due, and none kept from its turn by another that cannot be done.
begin;
\ir ../support.sql
select plan(36);
set local client_min_messages = error;

-- What runs: every chore leaves its name, or raises when it is told to.
create table testing.done (chore text);
create table testing.broken (chore text);
create function testing.do(chore text)
returns void
language plpgsql
as $$
begin
  insert into testing.done values (chore);
  if exists (select from testing.broken where broken.chore = "do".chore) then
    raise exception 'as tested';
  end if;
end;
$$;
-- The sweep's own functions take the place of their chores for a while.
create function testing.stand_in()
returns void
language plpgsql
as $$
begin
  create or replace function backup.mend_job_times() returns void language sql as 'select testing.do(''jobs'')';
  create or replace function backup.run_schedules()  returns void language sql as 'select testing.do(''schedules'')';
  create or replace function backup.sweep_restores() returns void language sql as 'select testing.do(''restores'')';
  create or replace function backup.sweep_drills()   returns void language sql as 'select testing.do(''drills'')';
  create or replace function backup.watch_backups()  returns void language sql as 'select testing.do(''watch'')';
  create or replace function backup.apply_retention() returns integer language sql as 'select testing.do(''retention''); select 0';
  create or replace function backup.enqueue_rescan(imports boolean) returns uuid language sql as 'select testing.do(''inventory''); select null::uuid';
  create or replace function backup.forget_what_is_over() returns void language sql as 'select testing.do(''forget'')';
end;
$$;
-- What a sweep does when these chores cannot be done.
create function testing.sweep(variadic broken text[] default '{}')
returns text[]
language plpgsql
as $$
begin
  truncate testing.done, testing.broken;
  insert into testing.broken select unnest(broken);
  perform backup.sweep();
  return array(select chore from testing.done);
end;
$$;

savepoint own;
select testing.stand_in();
update backup.chores set last_run_at = '-infinity';
select is(testing.sweep(), '{jobs,schedules,restores,drills,watch,retention,inventory,forget}', 'the first sweep does everything, in this order');
select is(testing.sweep(), '{jobs,schedules,restores,drills,watch}', 'the next one what is done every minute');
select is(testing.sweep(chore), array_remove('{jobs,schedules,restores,drills,watch}'::text[], chore), 'one that cannot be done is undone, and keeps no other from being done: ' || chore)
from unnest('{jobs,schedules,restores,drills,watch}'::text[]) as chore;
select is(testing.sweep('jobs', 'schedules', 'restores', 'drills', 'watch'), '{}', 'nor do all of them fail the sweep');

-- how often
create function testing.done_after(chore text, pause interval)
returns boolean
language plpgsql
as $$
begin
  update backup.chores set last_run_at = clock_timestamp();
  update backup.chores as listed set last_run_at = clock_timestamp() - pause where listed.chore = done_after.chore;
  return chore = any (testing.sweep());
end;
$$;
select is(testing.done_after(chore, pause), expected, format('%s after %s: %s', chore, pause, expected)) from (values
  ('retention', interval '59 minutes', false), ('retention', '61 minutes', true), ('inventory', '23 hours', false), ('inventory', '25 hours', true), ('forget', '59 minutes', false), ('forget', '61 minutes', true),
  ('retention', '-1 day', true), ('inventory', '-1 day', true)) as due (chore, pause, expected);
update backup.settings set value = '10' where key = 'retention_interval_minutes';
select is(testing.done_after('retention', '11 minutes'), true, 'the setting retention_interval_minutes counts');
update backup.settings set value = '1' where key = 'inventory_interval_hours';
select is(testing.done_after('inventory', '61 minutes'), true, 'the setting inventory_interval_hours counts');
update backup.chores set last_run_at = '-infinity';
select is('retention' = any (testing.sweep('retention')), false, 'one that cannot be done');
select is('retention' = any (testing.sweep()), true, 'is due still');
rollback to own;

-- inventory
update backup.chores set last_run_at = '-infinity' where chore = 'inventory';
select backup.sweep();
select results_eq('select kind, parameters from backup.jobs', $$ values ('rescan', '{"import": false}'::jsonb) $$, 'the inventory is a rescan that imports nothing');
delete from backup.jobs;

-- the alarm
update backup.installation set bound_at = clock_timestamp() - interval '71 hours';
select backup.watch_backups();
select is_empty('select * from backup.notifications', 'a new project has three days');
update backup.installation set bound_at = clock_timestamp() - interval '73 hours';
select backup.watch_backups();
select results_eq('select kind, severity, message, details from backup.notifications', $$ values ('no_recent_backup', 'error', 'There has never been a good backup.', '{"backup_id": null}'::jsonb) $$, 'then there is an alarm');
select backup.watch_backups();
select is((select count(*) from backup.notifications), 1::bigint, 'once');
update backup.notifications set created_at = clock_timestamp() - interval '25 hours';
select backup.watch_backups();
select is((select count(*) from backup.notifications), 2::bigint, 'a day');
delete from backup.notifications;
select testing.backup(created_at => '2026-01-01 12:00Z') as backup \gset
select backup.watch_backups();
select is((select message from backup.notifications), 'There has been no good backup since 2026-01-01T12:00:01.500Z.', 'or says since when');
select is((select details ->> 'backup_id' from backup.notifications), :'backup', 'and which it was');
delete from backup.notifications;
select testing.backup(created_at => clock_timestamp() - interval '1 day') as good \gset
select backup.watch_backups();
select is_empty('select * from backup.notifications', 'one of yesterday is good enough');
update public.backups set verification = '{"status": "failed"}' where id = :'good';
select backup.watch_backups();
select is((select count(*) from backup.notifications), 1::bigint, 'unless it failed its drill');
delete from public.backups;
delete from backup.notifications;

-- what is over
insert into backup.notifications (kind, severity, message, created_at) values ('test', 'info', 'old', clock_timestamp() - interval '181 days'), ('test', 'info', 'young', clock_timestamp() - interval '179 days');
insert into backup.notification_reads (notification_id, reader_id) select notification_id, gen_random_uuid() from backup.notifications;
delete from backup.rate_limit_hits;
insert into backup.rate_limit_hits (action, actor_id, hit_at) values ('old', gen_random_uuid(), clock_timestamp() - interval '8 days'), ('young', gen_random_uuid(), clock_timestamp() - interval '6 days');
insert into backup.jobs (kind, status, finished_at, error) values ('rescan', 'failed', clock_timestamp() - interval '31 days', '{}'), ('rescan', 'succeeded', clock_timestamp() - interval '29 days', null);
insert into backup.job_attempts (job_id, attempt, worker_id) select job_id, 1, 'worker' from backup.jobs;
select backup.forget_what_is_over();
select results_eq('select message from backup.notifications', '{young}'::text[], 'notifications are kept for half a year');
select is((select count(*) from backup.notification_reads), 1::bigint, 'and who read them');
update backup.settings set value = '178' where key = 'notification_days';
select backup.forget_what_is_over();
select is_empty('select * from backup.notifications', 'the setting notification_days counts');
select results_eq('select action from backup.rate_limit_hits', '{young}'::text[], 'calls that were counted for a week');
select results_eq('select status from backup.jobs', '{succeeded}'::text[], 'jobs for a month');
select is((select count(*) from backup.job_attempts), 1::bigint, 'with their attempts');
update backup.jobs set status = 'queued', finished_at = null, created_at = '2020-01-01';
select backup.forget_what_is_over();
select is((select count(*) from backup.jobs), 1::bigint, 'one that has not ended is never forgotten');

select * from finish();
rollback;
