-- request_deletion(): marks a backup, and queues the removal of its objects and then of its row.
begin;
\ir ../support.sql
select plan(32);

select testing.backup() as done, testing.backup('failed') as failed, testing.backup('blocked') as blocked, testing.backup('queued') as queued,
  testing.backup('processing', 'safety') as running, testing.backup(is_pinned => true) as pinned \gset

select testing.sign_out();
select throws_ok(format('select backup.request_deletion(%L)', :'done'), 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.request_deletion(%L)', :'done'), 'BK403', null, 'BK403 for a member');
select throws_ok('select backup.request_deletion(gen_random_uuid())', 'BK403', null, 'who does not even learn what exists');

select testing.sign_in_as('admin') as admin \gset
select throws_ok('select backup.request_deletion(gen_random_uuid())', 'BK404', null, 'BK404 for one that does not exist');
select throws_ok('select backup.request_deletion(null)', 'BK404', null, 'nor does NULL');
select throws_ok(format('select backup.request_deletion(%L)', :'queued'), 'BK411', 'This backup cannot be deleted: it is queued.', 'BK411 for one that waits');
select throws_ok(format('select backup.request_deletion(%L)', :'running'), 'BK411', 'This backup cannot be deleted: it is processing.', 'BK411 for one that runs');
select throws_ok(format('select backup.request_deletion(%L)', :'pinned'), 'BK411', 'This backup cannot be deleted: it is pinned.', 'BK411 for one that is pinned');
select is((testing.raised(format('select backup.request_deletion(%L)', :'pinned'))).detail, jsonb_build_object('backup_id', :'pinned', 'status', 'completed', 'is_pinned', true, 'restore_id', null), 'which says so');

-- one that is being restored, or that a restore may still need
create function testing.in_use(status text, role text)
returns uuid
language sql
as $$
  with used as (select testing.backup() as id)
  insert into backup.restores (mode, status, backup_id, safety_backup_id, preview, expires_at)
  select 'replace', status, case role when 'source' then used.id end, case role when 'safety' then used.id end, '{}', now() from used
  returning coalesce(backup_id, safety_backup_id);
$$;
create table testing.used as
  select status, testing.in_use(status, 'source') as backup from unnest('{queued,staging,previewed,applying}'::text[]) as status;
select results_eq(
  'select (testing.raised(format(''select backup.request_deletion(%L)'', backup))).code || status from testing.used', '{BK411queued,BK411staging,BK411previewed,BK411applying}'::text[],
  'BK411 for one that a restore needs, in every state'
);
select throws_ok(
  format('select backup.request_deletion(%L)', testing.in_use('applying', 'safety')), 'BK411', 'This backup cannot be deleted: it is being restored.', 'BK411 for the safety backup of one'
);
select is(
  (testing.raised(format('select backup.request_deletion(%L)', used.backup))).detail ->> 'restore_id',
  (select restore_id::text from backup.restores where backup_id = used.backup), 'which says of which one'
) from testing.used where status = 'staging';

select is_empty('select * from backup.jobs', 'nothing is queued');
select is_empty('select * from testing.audited', 'nor written down as done');

create table testing.answered as select backup.request_deletion(:'done') as backup;
select is((select array[backup ->> 'id', backup ->> 'status'] from testing.answered), array[:'done', 'deleting'], 'the answer is the row, marked');
select is((select status from public.backups where id = :'done'), 'deleting', 'it is');
select results_eq('select kind, backup_id, parameters, max_attempts from backup.jobs', format('values (''purge'', %L::uuid, ''{"remove_row": true}''::jsonb, 50)', :'done'), 'its removal is queued');
select results_eq(
  'select actor_id, action, target, outcome, details from testing.audited',
  format('values (%L::uuid, ''delete'', %L, ''succeeded'', ''{"filename": "alumni-backup.sql.gz", "file_size": 300}''::jsonb)', :'admin', :'done'), 'and in the audit log'
);
select is(backup.request_deletion(:'done') ->> 'status', 'deleting', 'asking twice');
select is((select count(*) from backup.jobs), 1::bigint, 'is the same as asking once');
select is((select count(*) from testing.audited), 1::bigint, 'in the audit log too');
select throws_ok(format('select backup.open_download(%L)', :'done'), 'BK410', null, 'what is being deleted is not downloaded any more');

select lives_ok(
  format('select backup.request_deletion(%L)', testing.in_use(status, 'source')), 'a restore that is over does not keep its backup: ' || status
) from unnest('{discarded,expired}'::text[]) as status;

select lives_ok(format('select backup.request_deletion(%L), backup.request_deletion(%L)', :'failed', :'blocked'), 'failed and blocked ones can be deleted');
select testing.use_secret_key();
update public.backups set is_pinned = false where id = :'pinned';
select lives_ok(format('select backup.request_deletion(%L)', :'pinned'), 'one that is not pinned any more, too; by a secret key');

-- a removal that was given up
update backup.jobs set status = 'failed', error = '{"code": "storage_unavailable"}', finished_at = now() where backup_id = :'done';
select backup.request_deletion(:'done');
select is((select count(*) from backup.jobs where backup_id = :'done' and status = 'queued'), 1::bigint, 'a removal that was given up can be asked for again');
update backup.jobs set parameters = '{"remove_row": false}' where backup_id = :'done';
select backup.request_deletion(:'done');
select is((select count(*) from backup.jobs where backup_id = :'done' and status = 'queued'), 2::bigint, 'a purge that leaves the row is not the one that was asked for');
select is((select count(*) from testing.audited where target = :'done'), 3::bigint, 'each is in the audit log');

-- while it is being proved
select testing.backup() as proved \gset
select backup.request_drill(:'proved') #>> '{job,id}' as drill \gset
select is(backup.request_deletion(:'proved') ->> 'status', 'deleting', 'a drill does not keep it');
select is((select array[status, error ->> 'code'] from backup.jobs where job_id = :'drill'), '{cancelled,cancelled}', 'but is called off');
select throws_ok(format('select backup.request_drill(%L)', :'proved'), 'BK410', null, 'and none is begun any more');

select * from finish();
rollback;
