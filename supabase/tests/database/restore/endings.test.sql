-- How a restore ends: well, badly, or not at all; and what the sweep does about those that nobody ended.
begin;
\ir support.sql
select plan(60);

select testing.did('create table public.things (id integer primary key, body text); insert into public.things select n, ''body '' || n from generate_series(1, 5) as n');
select testing.backup_of('things') as backup \gset
create table testing.source as select :'backup'::uuid as backup;
select testing.did('update public.things set body = ''edited'' where id = 1');
select testing.sign_in_as('admin') as admin \gset
create function testing.staged(restore_id uuid)
returns bigint
language sql
as $$ select count(*) from pg_class where relnamespace = 'backup_staging'::regnamespace and relkind = 'r' and starts_with(relname, 'r_' || replace(restore_id::text, '-', '')) $$;
-- A restore that has come so far: staged, previewed, safety, applying.
create function testing.at(phase text, skip_preview boolean default false)
returns uuid
language plpgsql
as $$
declare
  made uuid := (backup.request_restore((select backup from testing.source), skip_preview => skip_preview) ->> 'id')::uuid;
  job  uuid;
begin
  if phase = 'staged' then
    job := testing.claim(made, 'stage');
    perform backup.begin_staging(job, 'worker');
    perform testing.fill_staging(job);
    return made;
  end if;
  perform testing.preview(made);
  if phase <> 'previewed' and not skip_preview then
    perform backup.request_apply((select backup from testing.source), made);
  end if;
  if phase = 'applying' then
    perform testing.finish_safety(made);
    perform testing.claim(made, 'apply');
  end if;
  return made;
end;
$$;
create function testing.job_of(restore_id uuid)
returns uuid
language sql
as $$ select job_id from backup.jobs as job where job.restore_id = job_of.restore_id and status = 'running' $$;
create function testing.state_of(restore_id uuid)
returns text[]
language sql
as $$ select array[status, phase, error ->> 'code'] from backup.restores as target where target.restore_id = state_of.restore_id $$;

-- new_errors()
create function testing.report(violations bigint, severity text default 'error', rule text default 'foreign_keys', label text default 'public.things')
returns jsonb
language sql
as $$ select jsonb_build_object('tables', jsonb_build_array(jsonb_build_object('table', label, 'rules', jsonb_build_array(jsonb_build_object('id', rule, 'title', 'Foreign keys', 'severity', severity, 'violations', violations))))) $$;
select is(backup.new_errors(testing.report(0), testing.report(0)), '[]', 'no errors before and after');
select is(backup.new_errors(testing.report(0), testing.report(2)), '[{"rule": "foreign_keys", "after": 2, "table": "public.things", "title": "Foreign keys", "before": 0}]', 'errors that came with it');
select is(backup.new_errors(testing.report(2), testing.report(3)) -> 0 -> 'before', '2', 'more of them than before');
select is(backup.new_errors(testing.report(2), testing.report(2)), '[]', 'as many as before are not new');
select is(backup.new_errors(testing.report(3), testing.report(2)), '[]', 'nor are fewer');
select is(backup.new_errors(testing.report(0), testing.report(2, 'warning')), '[]', 'warnings are not errors');
select is(backup.new_errors(testing.report(2, 'warning'), testing.report(2)) -> 0 -> 'before', '0', 'nor do they excuse any');
select is(backup.new_errors(testing.report(2), testing.report(2, rule => 'other')) -> 0 ->> 'rule', 'other', 'of another rule');
select is(backup.new_errors(testing.report(2), testing.report(2, label => 'public.other')) -> 0 ->> 'table', 'public.other', 'of another table');
select is(backup.new_errors(null, testing.report(2)) -> 0 -> 'before', '0', 'without a report of before all are new');
select is(backup.new_errors(testing.report(2), null), '[]', 'without one of after there are none');
select is(backup.new_errors('{}', '{"tables": []}'), '[]', 'or with nothing in it');
select is(
  jsonb_path_query_array(backup.new_errors('{}', jsonb_build_object('tables', (testing.report(1, label => 'b') -> 'tables') || (testing.report(1, label => 'a') -> 'tables') || (testing.report(0, label => 'c') -> 'tables'))), '$[*].table'), '["a", "b"]', 'in their order'
);

-- fails while it is staged
select testing.at('staged') as staged \gset
select cmp_ok(testing.staged(:'staged'), '>', 0::bigint, 'a restore that is being staged');
update testing.before set audit_log_id = (select max(audit_log_id) from backup.audit_log);
select throws_ok(format('select backup.fail_job(%L, ''another'', ''{}'')', testing.job_of(:'staged')), 'BK412', null, 'BK412 for a worker that does not hold the job');
select testing.job_of(:'staged') as job \gset
select backup.fail_job(:'job', 'worker', '{"code": "part_corrupt", "message": "Part 3 is not what it was.", "hint": "h", "details": {"part": 3}}');
select is(testing.state_of(:'staged'), '{failed,NULL,part_corrupt}', 'fails with the worker''s error');
select is((select error from backup.restores where restore_id = :'staged'), '{"code": "part_corrupt", "message": "Part 3 is not what it was.", "hint": "h", "details": {"part": 3}}', 'all of it');
select is(testing.staged(:'staged'), 0::bigint, 'nothing of it is left');
select is((select array[status, error ->> 'code'] from backup.jobs where job_id = :'job'), '{failed,part_corrupt}', 'its job has failed');
select results_eq('select action, outcome, target, details ->> ''code'' from testing.audited', format('values (''restore_failed'', ''failed'', %L, ''part_corrupt'')', :'staged'), 'it is in the audit log');
select results_eq(
  'select kind, severity, message, details from backup.notifications',
  format($$ values ('restore_failed', 'error', 'A restore failed and changed nothing: Part 3 is not what it was.', %L::jsonb) $$, jsonb_build_object('code', 'part_corrupt', 'restore_id', :'staged')), 'administrators are told'
);
delete from backup.notifications;

-- the safety backup fails
select testing.at('safety') as unsafe \gset
select testing.claim_work('worker') ->> 'job_id' as job \gset
select is(testing.state_of(:'unsafe'), '{applying,safety_backup,NULL}', 'a restore that waits for its safety backup');
update backup.jobs set attempt_count = max_attempts where job_id = :'job';
select backup.fail_job(:'job', 'worker', '{"code": "storage_unavailable", "message": "No storage."}', false);
select is(testing.state_of(:'unsafe'), '{failed,NULL,safety_backup_failed}', 'fails with it');
select is((select array[error ->> 'message', error #>> '{details,error,code}', error #>> '{details,backup_id}'] from backup.restores where restore_id = :'unsafe'),
  (select array['The safety backup failed: No storage.', 'storage_unavailable', safety_backup_id::text] from backup.restores where restore_id = :'unsafe'), 'and says why');
select is(testing.staged(:'unsafe'), 0::bigint, 'nothing of it is left');
select is_empty(format('select * from backup.jobs where restore_id = %L and kind = ''apply''', :'unsafe'), 'it is not applied');
select is(backup.get_restore(:'unsafe') ->> 'status', 'failed', 'as everybody can see');

-- nobody is there to make it
select testing.at('safety') as lost \gset
select testing.claim_work('worker') ->> 'job_id' as job \gset
update backup.jobs set attempt_count = 3, lease_expires_at = clock_timestamp() where job_id = :'job';
select is(testing.claim_work('other'), null, 'a safety backup whose worker went silent again and again');
select is(testing.state_of(:'lost'), '{failed,NULL,safety_backup_failed}', 'takes its restore along');

-- other backups are nobody's
select testing.running_job('worker') as ordinary \gset
select lives_ok(format('select backup.fail_job(%L, ''worker'', ''{"code": "internal", "message": "m"}'', false)', :'ordinary'), 'a backup that no restore waits for ends as ever');
select lives_ok($$ select backup.end_safety_backup(gen_random_uuid()), backup.end_safety_backup(null) $$, 'whatever it is');
update backup.jobs set status = 'failed', error = '{}', finished_at = now(), worker_id = null, lease_expires_at = null where status in ('queued', 'running');

-- the worker goes silent
select testing.at('staged') as silent \gset
select testing.job_of(:'silent') as job \gset
update backup.jobs set lease_expires_at = clock_timestamp() where job_id = :'job';
select is(testing.claim_work('second') ->> 'kind', 'stage', 'the next worker takes over');
select is(backup.begin_staging(:'job', 'second') ->> 'restore_id', :'silent', 'and begins anew');
select throws_ok(format('select backup.record_staged_part(%L, ''worker'', 1)', :'job'), 'BK412', null, 'the first one is told that it is not its job any more');
select is((select count(*) from backup.restore_parts where restore_id = :'silent' and staged_at is not null), 0::bigint, 'what it had staged does not count');
select is(jsonb_array_length(backup.staging_parts(:'job', 'second')), 1, 'it is staged again');
update backup.jobs set attempt_count = 3, lease_expires_at = clock_timestamp() where job_id = :'job';
select is(testing.claim_work('third'), null, 'after the last attempt');
select is(testing.state_of(:'silent'), '{failed,NULL,worker_lost}', 'the restore has failed');
select is(testing.staged(:'silent'), 0::bigint, 'nothing of it is left, of any attempt');

-- stale, and nobody has seen a preview
select testing.at('applying', true) as again \gset
select testing.job_of(:'again') as job \gset
select backup.fail_job(:'job', 'worker', '{"code": "preview_stale", "message": "m"}');
select is(testing.state_of(:'again'), '{queued,NULL,NULL}', 'without a preview, data that has changed is looked at again');
select is((select count(*) from backup.jobs where restore_id = :'again' and kind = 'stage' and status = 'queued'), 1::bigint, 'by a job of its own');
select is(testing.staged(:'again'), 0::bigint, 'from the start');
select isnt(testing.preview(:'again'), null, 'it is staged');
select is(testing.state_of(:'again'), '{applying,safety_backup,NULL}', 'and goes on');
select testing.finish_safety(:'again');
select testing.claim(:'again', 'apply') as job \gset
select backup.fail_job(:'job', 'worker', '{"code": "preview_stale", "message": "m"}');
select testing.preview(:'again') is not null as previewed \gset
select testing.finish_safety(:'again');
select testing.claim(:'again', 'apply') as job \gset
select backup.fail_job(:'job', 'worker', '{"code": "preview_stale", "message": "m"}');
select is(testing.state_of(:'again'), '{failed,NULL,preview_stale}', 'but not for ever');
select testing.at('applying') as seen \gset
select testing.job_of(:'seen') as job \gset
select backup.fail_job(:'job', 'worker', '{"code": "preview_stale", "message": "m"}');
select is(testing.state_of(:'seen'), '{failed,NULL,preview_stale}', 'where somebody has seen a preview it fails at once');

-- applied, and then something goes wrong
select testing.at('applying') as applied \gset
select testing.job_of(:'applied') as job \gset
select backup.apply_restore(:'job', 'worker');
select backup.fail_job(:'job', 'worker', '{"code": "internal", "message": "The rules could not be run."}');
select is(testing.state_of(:'applied'), '{completed,NULL,NULL}', 'what is applied is completed, whatever goes wrong afterwards');
select is((select result -> 'validation' from backup.restores where restore_id = :'applied'), '{"error": "The rules could not be run."}', 'and says what did');
select is((select kind from backup.notifications order by notification_id desc limit 1), 'restored', 'administrators are told that it is restored');

-- the sweep
select testing.did('update public.things set body = ''edited'' where id = 2');
select testing.at('previewed') as old, testing.at('previewed') as young \gset
update backup.restores set expires_at = clock_timestamp() where restore_id = :'old';
select lives_ok('select backup.sweep_restores()', 'the sweep');
select is(array[testing.state_of(:'old'), testing.state_of(:'young')], '{{expired,NULL,NULL},{previewed,NULL,NULL}}', 'lets previews expire that are too old, and no others');
select ok(testing.staged(:'old') = 0 and testing.staged(:'young') > 0, 'what they had staged is gone');
select is((select preview is not null from backup.restores where restore_id = :'old'), true, 'the preview itself stays to be read');
create table backup_staging.other (id integer);
select testing.did(format('create table if not exists backup_staging.r_%s_9_9_s (id integer)', replace(id, '-', ''))) from unnest(array[:'old', :'young']) as id;
select is(testing.staged(:'old'), 1::bigint, 'a table that could not be dropped at the end');
select backup.sweep_restores();
select ok(testing.staged(:'old') = 0 and testing.staged(:'young') > 0, 'is dropped by the next sweep, when its restore is over');
select has_table('backup_staging', 'other', 'and nothing else');
select cmp_ok((select count(*) from backup.restore_images where restore_id = :'applied'), '>', 0::bigint, 'images that undo still needs are kept');
update backup.restores set undo_until = clock_timestamp() where restore_id = :'applied';
select backup.sweep_restores();
select is((select count(*) from backup.restore_images where restore_id = :'applied'), 0::bigint, 'until nobody can undo with them any more');
select is((select status from backup.restores where restore_id = :'applied'), 'completed', 'the restore itself stays on record');
select lives_ok('select backup.sweep()', 'the minute sweep does all of this');

select * from finish();
rollback;
