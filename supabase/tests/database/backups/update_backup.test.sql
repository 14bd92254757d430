-- update_backup(): a backup is pinned or unpinned, and its notes are changed.
begin;
\ir ../support.sql
select plan(18);

select testing.backup() as backup \gset
update public.backups set notes = 'A note';
select testing.sign_out();
select throws_ok(format('select backup.update_backup(%L, true)', :'backup'), 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.update_backup(%L, true)', :'backup'), 'BK403', null, 'BK403 for a member');
select testing.sign_in_as('admin') as admin \gset
select throws_ok('select backup.update_backup(gen_random_uuid(), true)', 'BK404', null, 'BK404 for one that does not exist');
select throws_ok('select backup.update_backup(null, true)', 'BK404', null, 'nor does NULL');
select is_empty('select * from testing.audited', 'nothing has changed');

select is(backup.update_backup(:'backup', is_pinned => true) @> '{"is_pinned": true, "notes": "A note"}', true, 'pinned; the notes stay');
select throws_ok(format('select backup.request_deletion(%L)', :'backup'), 'BK411', null, 'it cannot be deleted then');
select is(backup.update_backup(:'backup', notes => 'Another') @> '{"is_pinned": true, "notes": "Another"}', true, 'other notes; it stays pinned');
select is(backup.update_backup(:'backup', false, '') @> '{"is_pinned": false, "notes": ""}', true, 'both');
select is(backup.update_backup(:'backup') @> '{"is_pinned": false, "notes": ""}', true, 'or neither');
select results_eq('select action, actor_id, outcome, details from testing.audited order by audit_log_id', format($$
  values ('update', %L::uuid, 'succeeded', '{"is_pinned": true}'::jsonb), ('update', %1$L, 'succeeded', '{"notes": "Another"}'), ('update', %1$L, 'succeeded', '{"notes": "", "is_pinned": false}'), ('update', %1$L, 'succeeded', '{}') $$, :'admin'),
  'each is in the audit log');
select lives_ok(format('select backup.request_deletion(%L)', :'backup'), 'unpinned, it can be deleted');

-- in whatever state
select testing.backup(status) as backup, status from unnest('{queued,failed,blocked}'::text[]) as status \g /dev/null
select is(backup.update_backup(id, notes => 'n') ->> 'status', status, 'one that is ' || status || ' stays so') from public.backups where id <> :'backup' order by status;
select is((testing.raised(format('select backup.update_backup(%L, true)', :'backup'))).detail, jsonb_build_object('backup_id', :'backup', 'status', 'deleting'), 'BK411 for one that is being deleted: it is too late to keep it');
select is((select is_pinned from public.backups where id = :'backup'), false, 'it is not pinned');
select testing.use_secret_key();
select is(backup.update_backup(id, true) -> 'is_pinned', 'true', 'a secret key may, too') from public.backups where status = 'failed';

select * from finish();
rollback;
