-- What a row of the catalogue cannot say, each CHECK by its name.
begin;
\ir ../support.sql
select plan(23);

select testing.backup() as backup \gset

create function testing.refused(assignment text, constraint_name text)
returns text
language sql
as $$
  select throws_ok(
    format('update public.backups set %s', assignment), '23514',
    format('new row for relation "backups" violates check constraint "%s"', constraint_name),
    format('%s: %s', constraint_name, assignment));
$$;

select testing.refused('status = ''restored''',                        'backups_state_check');
select testing.refused('kind = ''hourly''',                            'backups_kind_check');
select testing.refused('completed_at = null',                          'backups_completed_is_whole_check');
select testing.refused('manifest_sha256 = null',                       'backups_completed_is_whole_check');
select testing.refused('file_size = null',                             'backups_completed_is_whole_check');
select testing.refused('status = ''failed'', error = null',            'backups_failed_has_error_check');
select testing.refused('status = ''blocked'', validation_results = null', 'backups_blocked_has_report_check');
select testing.refused('override_validation = true',                   'backups_override_has_reason_check');
select testing.refused('override_validation = true, override_reason = ''  ''', 'backups_override_has_reason_check');
select lives_ok('update public.backups set override_validation = true, override_reason = ''Known and harmless''', 'an override with a reason is one');

select lives_ok($$ select testing.backup('queued') $$, 'one backup may wait');
select throws_ok($$ select testing.backup('processing', 'daily') $$, '23505', null, 'a second one may not run, whichever kind');
select throws_ok($$ select testing.backup('queued', 'weekly') $$, '23505', null, 'nor wait');
select lives_ok($$ select testing.backup('processing', 'safety') $$, 'a safety backup may run beside it');
select lives_ok($$ select testing.backup('failed'), testing.backup('blocked'), testing.backup('deleting') $$, 'those that have ended are in nobody''s way');

select testing.parts(:'backup');
select throws_ok(
  format('update backup.backup_parts set %I = null', part.column_name), '23514',
  'new row for relation "backup_parts" violates check constraint "backup_parts_stored_is_whole_check"',
  'a part is stored with its sizes, counts and hashes, or not at all: ' || part.column_name
)
from unnest('{stored_at,row_count,raw_bytes,clear_bytes,stored_bytes,raw_sha256,stored_sha256}'::text[]) as part (column_name);
delete from public.backups where id = :'backup';
select ok(
  not exists (select from backup.backup_parts where backup_id = :'backup') and not exists (select from backup.backup_tables where backup_id = :'backup'),
  'a backup takes its tables and parts with it'
);

select * from finish();
rollback;
