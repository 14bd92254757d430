-- Two workers that ask at the same moment: neither waits for the other, and a job goes to one of them.
begin;
\ir ../support.sql
select plan(5);

\set made 'with told as (insert into backup.notifications (kind, severity, message) values (\'test\', \'info\', \'two workers\') returning notification_id) insert into backup.jobs (kind, notification_id, created_at) select \'deliver\', notification_id, timestamptz \'2000-01-01\' from told'
\setenv STATEMENT :made
\! psql --no-psqlrc --quiet --command "$STATEMENT"
select job_id as first, format('select from backup.jobs where job_id = %L for update', job_id) as held from backup.jobs where created_at = '2000-01-01' \gset
insert into backup.notifications (kind, severity, message) values ('test', 'info', 'm') returning notification_id as other \gset
select backup.enqueue_job('deliver', notification_id => :other) as free \gset

\ir ../another_session.sql
set local statement_timeout = '5s';
select is(backup.claim_job('worker') ->> 'job_id', :'free', 'a job that somebody is just taking is passed over for the next one');
select is(backup.claim_job('worker'), null, 'or for none, at once');
select is((select count(*) from backup.job_attempts where job_id = :'first'), 0::bigint, 'nothing is done to it');
select testing.let_go();
select is(backup.claim_job('worker') ->> 'job_id', :'first', 'when nobody took it after all, it is the next one''s');
select is(backup.claim_job('other'), null, 'and his alone');

select * from finish();
rollback;
\setenv STATEMENT 'delete from backup.notifications where message = \'two workers\''
\! psql --no-psqlrc --quiet --command "$STATEMENT"
