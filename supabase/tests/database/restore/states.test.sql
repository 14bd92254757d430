-- What a row of backup.restores cannot say, each CHECK by its name.
begin;
\ir support.sql
select plan(23);

select testing.restore('previewed') as previewed, testing.restore('completed') as completed, testing.restore('queued') as queued \gset

create function testing.refused(restore_id uuid, assignment text, constraint_name text)
returns text
language sql
as $$
  select throws_ok(
    format('update backup.restores set %s where restore_id = %L', assignment, restore_id), '23514',
    format('new row for relation "restores" violates check constraint "%s"', constraint_name),
    format('%s: %s', constraint_name, assignment));
$$;
select testing.refused(:'previewed', 'status = ''restored''',                    'restores_status_check');
select testing.refused(:'previewed', 'mode = ''overwrite''',                     'restores_mode_check');
select testing.refused(:'previewed', 'preview = null',                           'restores_previewed_expires_check');
select testing.refused(:'previewed', 'expires_at = null',                        'restores_previewed_expires_check');
select testing.refused(:'previewed', 'status = ''failed''',                      'restores_failed_has_error_check');
select testing.refused(:'previewed', 'mode = ''undo''',                          'restores_undo_has_origin_check');
select testing.refused(:'previewed', format('undo_of = %L', :'completed'),       'restores_undo_has_origin_check');
select testing.refused(:'previewed', 'requested_tables = ''{}'', requested_rows = ''{}''', 'restores_rows_have_no_tables_check');
select testing.refused(:'previewed', 'applied_at = now()',                       'restores_applied_ends_well_check');
select testing.refused(:'completed', 'status = ''failed'', error = ''{}''',      'restores_applied_ends_well_check');
select testing.refused(:'completed', 'status = ''discarded''',                   'restores_applied_ends_well_check');
select testing.refused(:'completed', 'applied_at = null',                        'restores_completed_is_applied_check');
select testing.refused(:'completed', 'completed_at = null',                      'restores_completed_is_applied_check');
select testing.refused(:'completed', 'result = null',                            'restores_completed_is_applied_check');

-- an undo
select testing.restore('queued', mode => 'undo', undo_of => :'completed') as undoing \gset
select throws_ok(format('select testing.restore(%L, mode => ''undo'', undo_of => %L)', status, :'completed'), '23505', null, 'a restore is undone once: not while another undo is ' || 'queued, nor ' || status)
from unnest('{queued,completed}'::text[]) as status;
update backup.restores set status = 'failed', error = '{}' where restore_id = :'undoing';
select lives_ok(format('select testing.restore(''queued'', mode => ''undo'', undo_of => %L)', :'completed'), 'but an undo that failed may be tried again');

-- jobs
select throws_ok($$ insert into backup.jobs (kind) values ('stage') $$, '23514', null, 'a job that stages has a restore');
select throws_ok($$ insert into backup.jobs (kind) values ('apply') $$, '23514', null, 'as has one that applies');
select throws_ok(format($$ insert into backup.jobs (kind, restore_id) values ('backup', %L) $$, :'queued'), '23514', null, 'a job that backs up has a backup');
select throws_ok(format($$ insert into backup.jobs (kind, restore_id) values ('restore', %L) $$, :'queued'), '23514', null, 'there is no other kind');

-- what goes with what
insert into backup.restore_tables (restore_id, ordinal, role, schema_name, table_name) values (:'completed', 1, 'chosen', 'public', 'profiles');
insert into backup.restore_images (restore_id, table_ordinal, before) values (:'completed', 1, '(x)');
select throws_ok(format('insert into backup.restore_images (restore_id, table_ordinal, before, after_md5) values (%L, 1, ''(x)'', gen_random_uuid())', :'completed'), '23514', null, 'an image is of a row before or of one after');
delete from public.backups;
select is((select count(backup_id) from backup.restores) || '/' || (select count(*) from backup.restore_images), '0/1', 'a restore outlives its backup, and can still be undone');

select * from finish();
rollback;
