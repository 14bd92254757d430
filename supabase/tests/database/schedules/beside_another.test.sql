-- A schedule that is due at the very moment in which somebody asks for a backup by hand: it waits, and is made afterwards.
begin;
\ir ../support.sql
select plan(4);

-- Another session is about to commit its backup: nobody sees it yet, but the one-at-a-time index does.
\set asked 'insert into public.backups (status, kind, notes) values (\'queued\', \'manual\', \'beside another\'); select pg_sleep(0.5)'
\setenv STATEMENT :asked
\! psql --no-psqlrc --quiet --command "$STATEMENT" > /dev/null 2>&1 &
do $$
begin
  for i in 1..500 loop
    exit when exists (select from pg_stat_activity where wait_event = 'PgSleep' and query like '%beside another%' and pid <> pg_backend_pid());
    perform pg_sleep(0.01), pg_stat_clear_snapshot();
  end loop;
end;
$$;
update backup.schedules set is_enabled = true, next_run_at = clock_timestamp() - interval '1 minute', last_status = null where frequency = 'daily';
select lives_ok('select backup.run_schedules()', 'a backup is being asked for at the same moment');
select results_eq('select kind from public.backups', '{manual}'::text[], 'that one is made');
select results_eq('select next_run_at <= clock_timestamp(), last_status, last_error from backup.schedules where frequency = ''daily''', $$ values (true, null, null::jsonb) $$, 'the schedule stays due');
select is_empty('select kind from backup.notifications', 'and nobody is alarmed');

select * from finish();
rollback;
\setenv STATEMENT 'delete from public.backups where notes = \'beside another\''
\! psql --no-psqlrc --quiet --command "$STATEMENT"
