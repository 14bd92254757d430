-- apply_retention() passes over a backup that somebody holds: whoever begins to restore it.
begin;
\ir ../support.sql
select plan(5);

\set made 'insert into public.backups (status, error, created_at) values (\'failed\', \'{}\', \'2001-01-01\')'
\setenv STATEMENT :made
\! psql --no-psqlrc --quiet --command "$STATEMENT"
select id as held_backup, format('select from public.backups where id = %L for no key update', id) as held from public.backups where created_at = '2001-01-01' \gset
select testing.backup('failed', created_at => '2002-01-01') as free \gset
\ir ../another_session.sql
set local statement_timeout = '5s';
select is(backup.apply_retention(), 1, 'one that is held is left alone, at once');
select is((select status from public.backups where id = :'free'), 'deleting', 'the others go');
select is((select status from public.backups where id = :'held_backup'), 'failed', 'it stays');
select testing.let_go();
select is(backup.apply_retention(), 1, 'until the next time');
select is((select status from public.backups where id = :'held_backup'), 'deleting', 'when nobody holds it');

select * from finish();
rollback;
\setenv STATEMENT 'delete from public.backups where created_at = \'2001-01-01\''
\! psql --no-psqlrc --quiet --command "$STATEMENT"
