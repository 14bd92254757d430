-- request_restore(): who may, what of which backup, and what is written down. Nothing is restored yet.
begin;
\ir support.sql
select plan(58);

select testing.did($$
  create table public.things (id integer primary key, body text);
  create table public."Mixed ""Case" (id integer primary key);
  create table public.heap (body text);
  insert into public.things select n, 'body ' || n from generate_series(1, 10) as n;
$$);
select testing.backup_of('things', 'Mixed "Case', 'heap') as backup \gset

-- who may
select testing.sign_out();
select throws_ok(format('select backup.request_restore(%L)', :'backup'), 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.request_restore(%L)', :'backup'), 'BK403', null, 'BK403 for a member');
select throws_ok('select backup.request_restore(gen_random_uuid())', 'BK403', null, 'who does not even learn what exists');
select testing.sign_in_as('moderator');
select throws_ok(format('select backup.request_restore(%L)', :'backup'), 'BK403', null, 'BK403 for a moderator');

-- of which backup
select testing.sign_in_as('admin') as admin \gset
select throws_ok('select backup.request_restore(gen_random_uuid())', 'BK404', null, 'BK404 for a backup that does not exist');
select throws_ok('select backup.request_restore(null)', 'BK404', null, 'nor does NULL');
select throws_ok(format('select backup.request_restore(%L)', testing.backup(status, kind)), 'BK410', null, format('BK410 for a backup that is %s', status))
from (values ('queued', 'safety'), ('processing', 'safety'), ('failed', 'manual'), ('blocked', 'manual'), ('deleting', 'manual')) as other (status, kind);
select lives_ok(format('select backup.request_restore(%L)', testing.backup('completed', 'safety')), 'a safety backup can be restored like any other');
delete from backup.restores;
update testing.before set audit_log_id = (select max(audit_log_id) from backup.audit_log);

-- how
select throws_ok(format('select backup.request_restore(%L, mode => %L)', :'backup', mode), 'BK422', null, format('BK422 for the mode %s', coalesce(mode, 'null')))
from unnest('{overwrite,REPLACE,undo,"",NULL}'::text[]) as mode;
select is((testing.raised(format('select backup.request_restore(%L, mode => ''undo'')', :'backup'))).detail, '{"argument": "mode"}', 'it names the argument');
select throws_ok(format('select backup.request_restore(%L, tables => ''{things}'', rows => ''{"things": [1]}'')', :'backup'), 'BK422', null, 'BK422 for tables and rows');
select is((testing.raised(format('select backup.request_restore(%L, tables => ''{things}'', rows => ''{"things": [1]}'')', :'backup'))).detail, '{"argument": "rows"}', 'it names the argument');

-- which tables
create table testing.source as select :'backup'::uuid as backup;
create function testing.objections(tables text[])
returns jsonb
language sql
as $$
  select raised.detail -> 'tables'
  from testing.source, testing.raised(format('select backup.request_restore(%L, tables => %L)', source.backup, tables)) as raised
  where raised.code = 'BK420';
$$;
select throws_ok(format('select backup.request_restore(%L, tables => ''{roles}'')', :'backup'), 'BK420', 'These tables cannot be restored: roles is not in this backup.', 'BK420 for a table that is not in the backup');
select is(testing.objections('{things,roles,nothing}'), '[{"table": "roles", "reason": "is not in this backup"}, {"table": "nothing", "reason": "is not in this backup"}]', 'it names each');
select is(testing.objections('{things,public.things}'), '[{"table": "public.things", "reason": "is named twice"}]', 'and one that is named twice');
select throws_ok(format('select backup.request_restore(%L, tables => ''{}'')', :'backup'), 'BK420', 'No table was chosen.', 'BK420 for no table');
select is(testing.objections('{NULL}') -> 0 ->> 'reason', 'is not in this backup', 'BK420 for NULL');
select is(testing.objections('{things; drop table public.things}') -> 0 ->> 'reason', 'is not in this backup', 'BK420 for SQL');
insert into backup.backup_tables (backup_id, ordinal, schema_name, table_name, definition, fingerprint, row_count)
select :'backup', 10 + position, split_part(name, '.', 1), split_part(name, '.', 2), '{"columns": []}', repeat('f', 64), 0
from unnest('{public.backups,backup.audit_log,backup.rules,storage.objects,cron.job,pg_catalog.pg_class,public.gone}'::text[]) with ordinality as forged (name, position);
select is(testing.objections(array[forbidden.name]) -> 0 ->> 'reason', forbidden.reason, 'BK420 for a table that is in the backup and may not be restored: ' || forbidden.name)
from (values
  ('backups',           'belongs to the backup system itself'),
  ('public.backups',    'belongs to the backup system itself'),
  ('backup.audit_log',  'belongs to the backup system itself'),
  ('backup.rules',      'belongs to the backup system itself'),
  ('storage.objects',   'belongs to Storage, whose rows are changed through its API only'),
  ('cron.job',          'belongs to the platform'),
  ('pg_catalog.pg_class', 'belongs to the platform')) as forbidden (name, reason);
select is(backup.restore_objection('public', 'gone'), null, 'a table that is gone may be chosen: the preview says that it is gone');
select is(backup.restore_objection('public', 'things'), null, 'as may any other');
select throws_ok(
  format('select backup.request_restore(%L, rows => ''{"backup.audit_log": [1]}'')', :'backup'), 'BK420', null, 'nor may rows of a forbidden table be chosen'
);
delete from backup.backup_tables where backup_id = :'backup' and ordinal > 10;

select is_empty('select * from backup.restores', 'after all of these no restore is there');
select is_empty('select * from backup.jobs where restore_id is not null', 'nor is a job');
select is_empty('select * from testing.audited', 'nor an entry that says it was done');

-- a request
create table testing.answered as select backup.request_restore(:'backup') as restore;
select is((select count(*) from backup.restores), 1::bigint, 'a request is written down');
select restore_id as restore from backup.restores \gset
select results_eq(
  'select backup_id, created_by, mode, requested_tables, requested_rows, with_children, skip_preview, status, phase, preview, undo_of, safety_backup_id from backup.restores',
  format('values (%L::uuid, %L::uuid, ''replace'', null::text[], null::jsonb, false, false, ''queued'', null::text, null::jsonb, null::uuid, null::uuid)', :'backup', :'admin'),
  'replace, everything, with a preview, as it is meant unless somebody says more'
);
select results_eq(
  'select accept_privilege_changes, accept_cascade, accept_foreign_source, skip_orphans from backup.restores', 'values (false, false, false, false)', 'nothing is accepted'
);
select results_eq(
  'select kind, backup_id, restore_id, status, parameters from backup.jobs', format('values (''stage'', null::uuid, %L::uuid, ''queued'', ''{}''::jsonb)', :'restore'), 'its staging is queued'
);
select results_eq(
  'select actor_id, action, target, outcome, details - ''backup_id'' from testing.audited',
  format($$ values (%L::uuid, 'preview', %L, 'succeeded', '{"mode": "replace", "with_children": false, "accept_privilege_changes": false, "accept_cascade": false, "accept_foreign_source": false, "skip_orphans": false}'::jsonb) $$, :'admin', :'restore'),
  'it is in the audit log, as a preview'
);
select is((select details ->> 'backup_id' from testing.audited), :'backup', 'with its backup');
select is(
  (select array_agg(key order by key) from testing.answered, jsonb_object_keys(restore) as key),
  '{accept_cascade,accept_foreign_source,accept_privilege_changes,applied_at,backup_id,can_undo,completed_at,created_at,created_by,error,expires_at,id,mode,phase,preview,previewed_at,profiles,progress,result,rows,safety_backup_id,skip_orphans,skip_preview,status,tables,undo_of,undo_until,undone_by,with_children}',
  'the answer is the restore as the API shows it'
);
select is((select restore from testing.answered), backup.get_restore(:'restore'), 'and as it can be asked for');
select is((select array[restore ->> 'id', restore ->> 'status'] from testing.answered), array[:'restore', 'queued'], 'it waits');
select is((select restore -> 'tables' from testing.answered), '["public.Mixed \"Case", "public.heap", "public.things"]', 'for all tables of the backup');
select is((select restore -> 'profiles' from testing.answered), '{"first_name": "Test", "last_name": "Person"}', 'somebody asked for it');
select is((select array[restore -> 'can_undo', restore -> 'rows', restore -> 'progress'] from testing.answered), array['false', 'null', '{}']::jsonb[], 'and there is nothing to undo');

-- another one, by a secret key, with everything said
select testing.use_secret_key();
select lives_ok(
  format($$ select backup.request_restore(%L, 'merge', tables => '{things,"Mixed \"Case"}', skip_preview => true, accept_privilege_changes => true, accept_cascade => true,
    accept_foreign_source => true, skip_orphans => true) $$, :'backup'),
  'two restores of one backup may wait'
);
select results_eq(
  $$ select created_by, mode, requested_tables, skip_preview, accept_privilege_changes, accept_cascade, accept_foreign_source, skip_orphans from backup.restores where mode = 'merge' $$,
  $$ values (null::uuid, 'merge', '{public.things,"public.Mixed \"Case"}'::text[], true, true, true, true, true) $$,
  'everything that was said; tables by their full names, in the order of the request'
);
select is((select action from testing.audited order by audit_log_id desc limit 1), 'restore', 'without a preview it is audited as a restore');

-- rows
select lives_ok(format($$ select backup.request_restore(%L, 'undelete', rows => '{"things": [1, "2"]}', with_children => true) $$, :'backup'), 'rows');
select results_eq(
  $$ select requested_tables, requested_rows, with_children from backup.restores where mode = 'undelete' $$,
  $$ values (null::text[], '{"public.things": [["1"], ["2"]]}'::jsonb, true) $$, 'as they were meant'
);
select is((select backup.restore_json(target) -> 'tables' from backup.restores as target where mode = 'undelete'), '["public.things"]', 'its tables are those of the rows');

-- somebody wakes the worker, and the backup stays
select is((testing.raised(format('select backup.request_deletion(%L)', :'backup'))).code, 'BK411', 'its backup is kept for it');

select * from finish();
rollback;
