-- discard_restore(): a restore that nobody wants any more, and the staged rows with it.
begin;
\ir support.sql
select plan(27);

select testing.did('create table public.things (id integer primary key); insert into public.things values (1)');
select testing.backup_of('things') as backup \gset
select testing.restore('queued') as queued \gset

select testing.sign_out();
select throws_ok(format('select backup.discard_restore(%L)', :'queued'), 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.discard_restore(%L)', :'queued'), 'BK403', null, 'BK403 for a member');
select testing.sign_in_as('admin') as admin \gset
select throws_ok('select backup.discard_restore(gen_random_uuid())', 'BK440', null, 'BK440 for one that does not exist');
select throws_ok('select backup.discard_restore(null)', 'BK440', null, 'nor does NULL');
select is((testing.raised(format('select backup.discard_restore(%L)', testing.restore('completed')))).message, 'This restore has been applied.', 'one that has been applied cannot be discarded');
update backup.restores set applied_at = null, completed_at = null, status = 'applying' where status = 'completed';
select is(
  (select array[raised.code, raised.message, raised.detail ->> 'status'] from backup.restores as target, testing.raised(format('select backup.discard_restore(%L)', target.restore_id)) as raised where status = 'applying'),
  '{BK441,"This restore is being applied.",applying}', 'BK441 while it is being applied'
);
select is_empty('select * from testing.audited', 'nothing has been discarded');

-- one that waits
select backup.enqueue_job('stage', null, restore_id => :'queued') as job \gset
select is(backup.discard_restore(:'queued') ->> 'status', 'discarded', 'one that waits');
select results_eq(
  format('select status, error ->> ''code'', attempt_count from backup.jobs where restore_id = %L', :'queued'), $$ values ('cancelled', 'cancelled', 0) $$, 'its job is called off'
);
select results_eq(
  'select actor_id, action, target, outcome from testing.audited', format('values (%L::uuid, ''discard'', %L, ''succeeded'')', :'admin', :'queued'), 'it is in the audit log'
);
select is(backup.discard_restore(:'queued') ->> 'status', 'discarded', 'discarding it again');
select is((select count(*) from testing.audited), 1::bigint, 'does nothing again');
select is_empty('select * from backup.notifications', 'nobody needs to be told');

-- one that is over anyway
select is(backup.discard_restore(testing.restore(status)) ->> 'status', status, 'one that is over stays what it is: ' || status) from unnest('{failed,expired}'::text[]) as status;
select is((select count(*) from testing.audited), 1::bigint, 'and nothing is said about it');

-- one that is being staged
create function testing.staged(restore_id uuid)
returns bigint
language sql
as $$ select count(*) from pg_class where relnamespace = 'backup_staging'::regnamespace and relkind = 'r' and starts_with(relname, 'r_' || replace(restore_id::text, '-', '')) $$;
select testing.use_secret_key();
select backup.request_restore(:'backup') ->> 'id' as staging, backup.request_restore(:'backup') ->> 'id' as other \gset
select testing.did('insert into public.things values (2)');
select testing.claim(:'staging', 'stage') as job \gset
select testing.claim(:'other', 'stage') as other_job \gset
select backup.begin_staging(:'job', 'worker') ->> 'restore_id' as begun, backup.begin_staging(:'other_job', 'worker') ->> 'restore_id' as other_begun \gset
select cmp_ok(testing.staged(:'staging'), '>', 0::bigint, 'one that is being staged has tables');
select is(backup.discard_restore(:'staging') ->> 'status', 'discarded', 'it can be discarded');
select is(testing.staged(:'staging'), 0::bigint, 'then they are gone');
select cmp_ok(testing.staged(:'other'), '>', 0::bigint, 'and no others');
select throws_ok(format('select backup.heartbeat(%L, ''worker'')', :'job'), 'BK412', null, 'its worker is told so');
select throws_ok(format('select backup.staging_parts(%L, ''worker'')', :'job'), 'BK412', null, 'whatever it asks');
select throws_ok(format('select backup.compare_restore(%L, ''worker'')', :'job'), 'BK412', null, 'or says');
select throws_ok(format('select backup.fail_job(%L, ''worker'', ''{}'')', :'job'), 'BK412', null, 'or complains about');

-- one that was previewed
select testing.fill_staging(:'other_job');
select backup.compare_restore(:'other_job', 'worker');
select cmp_ok(testing.staged(:'other'), '>', 1::bigint, 'one that was previewed has tables');
select is(backup.discard_restore(:'other') -> 'preview' <> 'null', true, 'it keeps its preview');
select is(testing.staged(:'other'), 0::bigint, 'and none of the tables');

select * from finish();
rollback;
