-- request_backup(): writes down what is wanted and queues a job; every refusal has a code of its own.
begin;
\ir ../support.sql
select plan(34);

-- refusals, one at a time
select testing.sign_out();
select throws_ok('select backup.request_backup()', 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok('select backup.request_backup()', 'BK403', null, 'BK403 for a member');
select throws_ok('select backup.request_backup(''{nobody}'', override_validation => true, kind => ''safety'')', 'BK403', null, 'who may not, learns nothing else');

select testing.sign_in_as('admin') as admin \gset
select throws_ok('select backup.request_backup(''{nobody}'')', 'BK420', null, 'BK420 for a table that does not exist');
select throws_ok('select backup.request_backup(''{}'')', 'BK420', null, 'BK420 for a choice of nothing');
select throws_ok('select backup.request_backup(override_validation => true)', 'BK421', null, 'BK421 for an override without a reason');
select throws_ok('select backup.request_backup(override_validation => true, override_reason => ''  '')', 'BK421', null, 'BK421 for a reason that says nothing');
select throws_ok('select backup.request_backup(kind => ''safety'')', 'BK422', null, 'BK422 for a safety backup, which only a restore makes');
select throws_ok('select backup.request_backup(kind => ''imported'')', 'BK422', null, 'BK422 for an imported one');
select throws_ok('select backup.request_backup(kind => ''hourly'')', 'BK422', null, 'BK422 for a kind that does not exist');
select is((testing.raised('select backup.request_backup(kind => ''hourly'')')).detail, '{"argument": "kind"}', 'it names the argument');
select throws_ok('select backup.request_backup(kind => null)', 'BK422', null, 'BK422 for no kind at all');
select is_empty('select * from public.backups', 'nothing of all this left a row');
select is_empty('select * from testing.audited where outcome = ''succeeded''', 'nor an entry that something was done');

-- a backup
create table testing.answered as
  select backup.request_backup('{events,public.profiles}', 'before the reunion', true, 'An imported row lacks a name', 'manual') as backup;
select id as backup from public.backups \gset
select results_eq(
  'select status, kind, notes, created_by, tables, requested_tables, override_validation, override_reason, is_pinned, progress from public.backups',
  format(
    $$
      values ('queued', 'manual', 'before the reunion', %L::uuid, '{public.events,public.profiles}'::text[], '{public.events,public.profiles}'::text[], true,
        'An imported row lacks a name', false, '{}'::jsonb)
    $$, :'admin'),
  'the row says what was asked for, and by whom'
);
select matches((select filename from public.backups), '^alumni-backup-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.sql\.gz$', 'a download will have a name that every file system takes');
select is((select backup ->> 'id' from testing.answered), :'backup', 'the answer is the row');
select is((select backup -> 'profiles' from testing.answered), '{"first_name": "Test", "last_name": "Person"}', 'with the person''s name');
select matches((select backup ->> 'created_at' from testing.answered), '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$', 'and times in UTC');
select results_eq(
  'select kind, backup_id, status from backup.jobs', format('values (''backup'', %L::uuid, ''queued'')', :'backup'), 'a job is queued'
);
select results_eq(
  'select actor_id, action, target, outcome, details from testing.audited',
  format(
    $$
      values (%L::uuid, 'create', %L, 'succeeded',
        '{"kind": "manual", "tables": ["public.events", "public.profiles"], "override_validation": true, "override_reason": "An imported row lacks a name"}'::jsonb)
    $$, :'admin', :'backup'),
  'it is in the audit log, override and reason included'
);

-- one at a time
select throws_ok('select backup.request_backup()', 'BK409', 'A backup is already running.', 'BK409 while one waits');
select is((testing.raised('select backup.request_backup()')).detail, jsonb_build_object('backup_id', :'backup'), 'it says which');
update public.backups set status = 'processing';
select throws_ok('select backup.request_backup(kind => ''daily'')', 'BK409', null, 'BK409 while one runs, whichever kind');
select is((select count(*) from backup.jobs), 1::bigint, 'and no second job');
update public.backups set kind = 'safety';
select lives_ok('select backup.request_backup()', 'a safety backup is in nobody''s way');
select results_eq(
  'select tables, requested_tables, override_validation, override_reason from public.backups where kind = ''manual''',
  $$ select array_agg(schema_name || '.' || table_name order by ordinal), null::text[], false, null::text from backup.select_tables() $$,
  'without a choice, every table; which they are is decided again when it runs'
);
delete from public.backups;

select testing.use_secret_key();
select lives_ok('select backup.request_backup(kind => ''daily'')', 'a secret key asks for a daily one');
select is((select array[kind, created_by::text] from public.backups), '{daily,null}', 'of which nobody is the author');
delete from public.backups;
select lives_ok('select backup.request_backup(override_reason => ''no override'')', 'a reason without an override');
select is((select override_reason from public.backups), null, 'is not kept');
delete from public.backups;

-- nothing to back up
update backup.settings set value = (select jsonb_agg(schema_name || '.' || table_name) from backup.select_tables()) where key = 'excluded_tables';
select throws_ok('select backup.request_backup()', 'BK420', 'There is no table to back up.', 'BK420 where every table is left out');
select is((testing.raised('select backup.request_backup()')).detail, '{"tables": []}', 'naming none');
select lives_ok('select backup.request_backup(''{profiles}'')', 'a choice still works');

select * from finish();
rollback;
