-- wake_worker(): a call by HTTP where pg_net is there and Vault holds address and key. (That it always notifies backup_jobs shows only
-- after a commit: the tests of the worker listen.)
begin;
\ir ../support.sql
select plan(6);

drop schema if exists net cascade;
drop schema if exists vault cascade;
select lives_ok('select backup.wake_worker()', 'without pg_net and Vault there is nothing to call, and nothing goes wrong');
create schema net;
create table testing.calls (url text, body jsonb, params jsonb, headers jsonb, timeout_milliseconds integer);
create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{"Content-Type": "application/json"}', timeout_milliseconds integer default 5000)
returns bigint
language sql
as $$ insert into testing.calls values (url, body, params, headers, timeout_milliseconds) returning 1::bigint $$;
select lives_ok('select backup.wake_worker()', 'with pg_net only, neither');

create schema vault;
create table vault.decrypted_secrets (name text, decrypted_secret text);
select backup.wake_worker();
select is_empty('select * from testing.calls', 'nothing is called while Vault holds nothing');
insert into vault.decrypted_secrets values ('backup_worker_url', 'https://project.test/functions/v1/backup-worker'), ('another', 'secret');
select backup.wake_worker();
select is_empty('select * from testing.calls', 'nor without a key');
insert into vault.decrypted_secrets values ('backup_worker_key', 'sb_secret_test');
select backup.wake_worker();
select results_eq(
  'select url, body, headers from testing.calls',
  $$ values ('https://project.test/functions/v1/backup-worker', '{}'::jsonb, '{"apikey": "sb_secret_test", "content-type": "application/json"}'::jsonb) $$,
  'with both, the worker is called once, with its key'
);
select is((select timeout_milliseconds from testing.calls), 5000, 'and nobody waits for it');

select * from finish();
rollback;
