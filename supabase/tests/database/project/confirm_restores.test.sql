-- Restores that came along in a copy are called off when the copy is confirmed; those that were only looked at stay.
begin;
\ir ../restore/support.sql
select plan(6);

select testing.did('create table public.things (id integer primary key, body text); insert into public.things values (1, ''x'')');
select testing.backup_of('things') as backup \gset
select testing.did('update public.things set body = ''y''');
select testing.use_secret_key();
select backup.request_restore(:'backup') ->> 'id' as previewed \gset
select testing.preview(:'previewed') is not null as done \gset
select backup.request_restore(:'backup') ->> 'id' as staging \gset
select testing.claim(:'staging', 'stage') as job \gset
select backup.begin_staging(:'job', 'worker') is not null as begun \gset
update backup.installation set system_identifier = '1';
delete from backup.notifications;

select testing.sign_out();
select lives_ok('select backup.confirm_project()', 'a copy is confirmed');
select is((select array[status, error ->> 'code'] from backup.restores where restore_id = :'staging'), '{failed,cancelled}', 'a restore that was under way is called off');
select throws_ok(format('select backup.heartbeat(%L, ''worker'')', :'job'), 'BK412', null, 'its worker is told so');
select is((select status from backup.restores where restore_id = :'previewed'), 'previewed', 'one that was previewed can still be applied or discarded');
select is((select body from public.things), 'y', 'nothing is restored');
select results_eq('select action, actor_kind from testing.audited order by audit_log_id desc limit 1', $$ values ('confirm_project', 'system') $$, 'it is in the audit log');

select * from finish();
rollback;
