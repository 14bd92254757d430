-- A safety backup that is called off takes its restore along: nothing is restored that could not be undone.
begin;
\ir support.sql
select plan(6);

select testing.did('create table public.things (id integer primary key, body text); insert into public.things values (1, ''x'')');
select testing.backup_of('things') as backup \gset
select testing.did('update public.things set body = ''y''');
select testing.sign_in_as('admin') as admin \gset
select backup.request_restore(:'backup') ->> 'id' as restore \gset
select testing.preview(:'restore') is not null as previewed \gset
select backup.request_apply(:'backup', :'restore') ->> 'status' as status \gset
select safety_backup_id as safety from backup.restores where restore_id = :'restore' \gset

select is(backup.request_cancel(:'safety') ->> 'status', 'failed', 'a safety backup may be called off');
select is((select array[status, error ->> 'code', error #>> '{details,error,code}'] from backup.restores where restore_id = :'restore'), '{failed,safety_backup_failed,cancelled}', 'the restore fails with it');
select is_empty($$ select * from backup.jobs where kind = 'apply' $$, 'it is not applied');
select results_eq('select kind from backup.notifications', $$ values ('restore_failed') $$, 'administrators hear of the restore, not of its backup');
select is((select body from public.things), 'y', 'nothing is restored');
select is_empty('select relname from pg_class where relnamespace = ''backup_staging''::regnamespace and relkind = ''r''', 'and nothing is left of it');

select * from finish();
rollback;
