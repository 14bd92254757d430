-- sweep(): once a minute, what nobody else has noticed.
begin;
\ir ../support.sql
select plan(13);

-- A worker is woken by a call; here the calls are counted.
drop schema if exists net, vault cascade;
create schema net;
create schema vault;
create table vault.decrypted_secrets (name text, decrypted_secret text);
insert into vault.decrypted_secrets values ('backup_worker_url', 'https://project.test'), ('backup_worker_key', 'key');
create table testing.calls (url text);
create function net.http_post(url text, body jsonb, headers jsonb)
returns bigint
language sql
as $$ insert into testing.calls values (url) returning 1::bigint $$;
create function testing.calls_of_a_sweep()
returns bigint
language sql
as $$
  delete from testing.calls;
  select backup.sweep();
  select count(*) from testing.calls;
$$;

select is(testing.calls_of_a_sweep(), 0::bigint, 'no job, nobody is woken');
select testing.backup('queued') as backup \gset
select backup.enqueue_job('backup', :'backup') as job \gset
select is(testing.calls_of_a_sweep(), 1::bigint, 'a job waits: the first call may have been lost');
update backup.jobs set run_after = clock_timestamp() + interval '2 minutes';
select is(testing.calls_of_a_sweep(), 0::bigint, 'a job that is to wait is let wait');
update backup.jobs set run_after = clock_timestamp();
select is(testing.calls_of_a_sweep(), 1::bigint, 'until its pause is over');
select backup.claim_job('worker');
select is(testing.calls_of_a_sweep(), 1::bigint, 'a job is held: somebody waits beside, in case its worker dies');
update backup.settings set value = '120' where key = 'job_lease_seconds';
update backup.jobs set lease_expires_at = clock_timestamp() + interval '2 minutes';
select is(testing.calls_of_a_sweep(), 0::bigint, 'unless its lease is long');
update backup.jobs set lease_expires_at = clock_timestamp();
select is(testing.calls_of_a_sweep(), 1::bigint, 'a worker has died');
select is((select worker_id from backup.jobs), 'worker', 'the sweep itself takes no job from anybody');
select testing.finish(:'job');
select is(testing.calls_of_a_sweep(), 0::bigint, 'a job that is over needs nobody');

-- what is long over
select isnt_empty('select * from backup.jobs', 'a job that has just ended is kept for a while');
update backup.jobs set finished_at = clock_timestamp() - interval '31 days';
update backup.chores set last_run_at = '-infinity' where chore = 'forget';
insert into backup.download_links (token_sha256, backup_id, claims, expires_at) values
  ('long over', :'backup', '{}', clock_timestamp() - interval '25 hours'), ('over', :'backup', '{}', clock_timestamp() - interval '1 hour');
select backup.sweep();
select is_empty('select * from backup.jobs', 'for a month');
select results_eq('select token_sha256 from backup.download_links', array['over'], 'a link for a day');
select is((select count(*) from public.backups), 1::bigint, 'a backup is never swept away');

select * from finish();
rollback;
