-- Runs of pg_cron, which it never forgets by itself. Nobody may write its own tables: the function is made to look at others of the same shape.
begin;
\ir ../support.sql
select plan(2);

create table testing.job (jobid bigint, jobname text);
create table testing.job_run_details (jobid bigint, end_time timestamptz);
insert into testing.job values (1, 'backup-sweep'), (2, 'nightly-report');
insert into testing.job_run_details select jobid, clock_timestamp() - ago from testing.job, unnest('{1 day,3 days,400 days}'::interval[]) as ago;
select replace(pg_get_functiondef('backup.forget_what_is_over'::regproc), 'cron.', 'testing.') as statement \gexec
select backup.forget_what_is_over();
select results_eq('select jobname, count(*) from testing.job_run_details join testing.job using (jobid) group by 1 order by 1', $$ values ('backup-sweep', 1::bigint), ('nightly-report', 3) $$,
  'runs of the sweep are kept for two days; those of the project''s own jobs are not ours to forget');
drop table testing.job_run_details;
select lives_ok('select backup.forget_what_is_over()', 'without pg_cron there are none');

select * from finish();
rollback;
