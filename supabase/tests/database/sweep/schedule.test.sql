-- When pg_cron runs the sweep. (pg_cron lives in one database of a server: this test needs that one.)
begin;
\ir ../support.sql
select plan(2);

select set_eq(
  $$ select concat_ws(' | ', jobname, schedule, command) from cron.job where jobname like 'backup-%' $$,
  array['backup-sweep | * * * * * | select backup.sweep()'],
  'pg_cron runs it every minute, and nothing else of ours'
);
\ir ../../../migrations/20261122001848_sweep.sql
select is((select count(*) from cron.job where jobname like 'backup-%'), 1::bigint, 'applied again, the migration schedules nothing twice');

select * from finish();
rollback;
