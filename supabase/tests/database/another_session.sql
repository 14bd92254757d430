-- Another session that holds what :held locks, until testing.let_go(). Included with \ir where two sessions meet; what both are to see has to be
-- committed, so it is made by another session too, and removed again after the rollback:
--
--     \set made 'insert …'
--     \setenv STATEMENT :made
--     \! psql --no-psqlrc --quiet --command "$STATEMENT"
--     \set held 'select … for update'
--     \ir ../another_session.sql
create or replace function testing.let_go()
returns void
language plpgsql
as $$
begin
  perform pg_advisory_unlock(4711);
  for i in 1..500 loop
    exit when not exists (select from pg_stat_activity where application_name = 'another session' and datname = current_database());
    perform pg_sleep(0.01), pg_stat_clear_snapshot();
  end loop;
end;
$$;

select pg_advisory_lock(4711);
\setenv HELD :held
\setenv PGAPPNAME 'another session'
\! psql --no-psqlrc --quiet --command "$HELD; select pg_advisory_xact_lock(4711)" > /dev/null 2>&1 &
do $$
begin
  for i in 1..500 loop
    exit when exists (select from pg_locks where locktype = 'advisory' and objid = 4711 and not granted);
    perform pg_sleep(0.01);
  end loop;
end;
$$;
