-- A copy of the project does nothing by itself, and nothing that is asked of it, until somebody has said that it may.
begin;
\ir ../support.sql
select plan(32);

-- One row of backup.installation says which project this is.
create function testing.bind(column_name text, value text)
returns void
language plpgsql
as $$
begin
  delete from backup.installation;
  insert into backup.installation select (backup.current_installation()).*;
  update backup.installation set project_url = 'https://own.test';
  execute format('update backup.installation set %I = %L', column_name, value);
end;
$$;
select set_config('backup.project_url', 'https://own.test', true);

select testing.bind('project_url', null);
select is(backup.is_own_project(), true, 'a project is its own');
select is((select project_url from backup.installation), 'https://own.test', 'the first call of a function says where it is');
select set_config('backup.project_url', 'https://other.test', true);
select is(backup.is_own_project(), false, 'functions of another address belong to a copy');
select is((select project_url from backup.installation), 'https://own.test', 'which changes nothing of what is known');
select set_config('backup.project_url', '', true);
select is(backup.is_own_project(), false, 'SQL by hand and cron know no address: who called last tells');
select set_config('backup.project_url', 'https://own.test', true);
select is(backup.is_own_project(), true, 'when the right ones call again');
select set_config('backup.project_url', '', true);
select is(backup.is_own_project(), true, 'all is well');
select testing.bind('database_oid', '1');
select is(backup.is_own_project(), false, 'a copy in the same cluster has another database');
select testing.bind('system_identifier', '1');
select is(backup.is_own_project(), false, 'one elsewhere another cluster');
select testing.bind('project_url', null);
update backup.installation set system_identifier = '1';
select set_config('backup.project_url', 'https://copy.test', true);
select is(backup.is_own_project(), false, 'a function of the copy that calls first');
select is((select project_url from backup.installation), null, 'does not bind it');
select is((select stranger_url from backup.installation), null, 'nor leaves a trace');

-- what it refuses
select testing.backup() as backup, testing.backup('queued') as running, testing.backup('deleting') as leaving \gset
select backup.enqueue_job('backup', :'running') as making \gset
select backup.enqueue_job('verify', :'backup') as proving \gset
select backup.enqueue_job('rescan') as looking \gset
select backup.enqueue_job('purge', :'leaving', '{"remove_row": true}', 50) as purging \gset
update backup.jobs set created_at = clock_timestamp() - interval '1 hour';
select backup.notify('test', 'info', 'As tested.') as told \gset
update backup.schedules set is_enabled = true, next_run_at = clock_timestamp() - interval '1 minute';
select throws_ok('select backup.claim_job(''worker'')', 'BK461', null, 'no job is claimed in a copy');
select testing.sign_in_as('admin') as admin \gset
select throws_ok(statement, 'BK461', null, 'BK461: ' || statement)
from unnest(array[
  'select backup.request_backup()', format('select backup.request_drill(%L)', :'backup'), 'select backup.request_rescan()', 'select backup.set_schedules(''{}'')',
  'select backup.set_retention(''{}'')', format('select backup.request_restore(%L)', :'backup')
]) as statement;
select lives_ok('select backup.list_backups()', 'it can be looked at');
select is((select entry ->> 'status' from jsonb_array_elements(backup.health() -> 'checks') as entry where entry ->> 'name' = 'project'), 'failing', 'and health says what is wrong');

-- the sweep
delete from backup.notifications;
select backup.sweep();
select results_eq('select kind, severity from backup.notifications', $$ values ('project_unconfirmed', 'warning') $$, 'the sweep says so');
select is((select count(*) from public.backups where kind in ('daily', 'weekly')), 0::bigint, 'and makes nothing that is due');
select backup.sweep();
select is((select count(*) from backup.notifications), 1::bigint, 'it says it once');
update backup.notifications set created_at = clock_timestamp() - interval '25 hours';
select backup.sweep();
select is((select count(*) from backup.notifications), 2::bigint, 'a day');

-- confirmed
select lives_ok('select backup.confirm_project()', 'somebody says that it may');
select is(backup.is_own_project(), true, 'it is a project of its own');
select results_eq(
  format('select status, error ->> ''code'' from backup.jobs where job_id in (%L, %L, %L) group by 1, 2', :'making', :'proving', :'looking'), $$ values ('cancelled', 'cancelled') $$,
  'what came along is called off'
);
select is((select status from backup.jobs where job_id = :'purging'), 'queued', 'what was to be removed still is');
select is((select array[status, error ->> 'code'] from public.backups where id = :'running'), '{failed,cancelled}', 'a backup that was being made will not be');
select is((select verification from public.backups where id = :'backup'), null, 'nothing is said about one that was being proved');
select ok((select bool_and(next_run_at > clock_timestamp()) from backup.schedules), 'schedules go on, and make up for nothing');

select * from finish();
rollback;
