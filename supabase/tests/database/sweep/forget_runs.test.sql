-- Runs of pg_cron, which it never forgets by itself. (pg_cron lives in one database of a server: this test needs that one.)
begin;
\ir ../support.sql
select plan(2);

select cron.schedule('nightly-report', '0 1 * * *', 'select 1') as report \gset
delete from cron.job_run_details;
insert into cron.job_run_details (jobid, runid, username, status, end_time)
select job.jobid, 1000000 + row_number() over (), current_user, 'succeeded', clock_timestamp() - ago
from cron.job, unnest('{1 day,3 days,400 days}'::interval[]) as ago where jobname in ('backup-sweep', 'nightly-report');
select backup.forget_what_is_over();
select results_eq('select job.jobname::text, count(*) from cron.job_run_details join cron.job using (jobid) group by 1 order by 1', $$ values ('backup-sweep', 1::bigint), ('nightly-report', 3) $$,
  'runs of the sweep are kept for two days; those of the project''s own jobs are not ours to forget');
select is((select min(end_time) > clock_timestamp() - interval '2 days' from cron.job_run_details join cron.job using (jobid) where jobname = 'backup-sweep'), true, 'the young one');

select * from finish();
rollback;
