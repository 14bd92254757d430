-- When pg_cron runs the sweep. (pg_cron lives in one database of a server: this test needs that one.)
begin;
\ir ../support.sql
select plan(2);

select set_eq(
  $$ select concat_ws(' | ', jobname, schedule, command) from cron.job where jobname like 'backup-%' $$,
  array['backup-sweep | * * * * * | select backup.sweep()', 'backup-forget-runs | 17 3 * * * | delete from cron.job_run_details where end_time < now() - interval ''7 days'''],
  'pg_cron runs it every minute, and forgets its own runs after a week'
);
\ir ../../../migrations/20261122001600_sweep.sql
select is((select count(*) from cron.job where jobname like 'backup-%'), 2::bigint, 'applied again, the migration schedules nothing twice');

select * from finish();
rollback;
