-- complete_rescan(): what the bucket has and nobody needs, what backups need and the bucket does not have; not what came or went meanwhile.
begin;
\ir support.sql
select plan(44);

select testing.backup(created_at => '2026-01-01') as whole, testing.backup('failed') as failed, testing.backup('processing', 'safety') as running, testing.backup('deleting') as leaving \gset
select testing.parts(:'whole');
select gen_random_uuid() as stranger \gset

-- A look at a bucket: {path: size}. Times of what was done before are long ago.
create function testing.look(objects jsonb)
returns jsonb
language plpgsql
as $$
declare
  job uuid := testing.begun_rescan(false);
begin
  perform backup.record_objects(job, 'worker', (select jsonb_agg(jsonb_build_object('path', entry.key, 'size', entry.value)) from jsonb_each(objects) as entry));
  return backup.complete_rescan(job, 'worker');
end;
$$;
create function testing.good(backup_id uuid)
returns jsonb
language sql
as $$ select jsonb_object_agg(entry ->> 'path', entry -> 'size') from jsonb_array_elements(testing.objects_of(backup_id)) as entry $$;

-- as it should be
create table testing.looked as select testing.look(testing.good(:'whole')) as result;
select is(result, '{"objects": 3, "bytes": 1300, "imported": [], "broken": [], "orphans": [], "missing": []}', 'nothing differs') from testing.looked;
select is((select result from backup.jobs where kind = 'rescan'), result, 'the job keeps it') from testing.looked;
select is_empty('select * from backup.found_objects', 'nothing else does');
select is_empty('select * from backup.notifications', 'nobody is told of a bucket that is as it should be');
select results_eq('select action, outcome, details from testing.audited', $$ values ('bucket_compared', 'succeeded', '{"broken": 0, "missing": 0, "objects": 3, "orphans": 0, "imported": []}'::jsonb) $$, 'it is in the audit log');

-- missing
select is(testing.look(testing.good(:'whole') - (:'whole' || '/00001-public.profiles.sql.gz.age')) -> 'missing',
  jsonb_build_array(jsonb_build_object('backup_id', :'whole', 'path', :'whole' || '/00001-public.profiles.sql.gz.age', 'expected_bytes', 200, 'found_bytes', null)), 'a part that is not there');
select results_eq('select kind, severity, details - ''job_id'' from backup.notifications', $$ values ('bucket_differs', 'error', '{"missing": 1, "orphans": 0}'::jsonb) $$, 'administrators are told');
select is(testing.look(testing.good(:'whole') || jsonb_build_object(:'whole' || '/00001-public.profiles.sql.gz.age', 199)) #> '{missing,0,found_bytes}', '199', 'one that is not of its size');
select is(testing.look(testing.good(:'whole') - (:'whole' || '/manifest.json')) -> 'missing',
  jsonb_build_array(jsonb_build_object('backup_id', :'whole', 'path', :'whole' || '/manifest.json', 'expected_bytes', null, 'found_bytes', null)), 'the manifest');
select is(jsonb_array_length(testing.look('{}') -> 'missing'), 3, 'an empty bucket');
select is(testing.look('{}') - array['missing'], '{"objects": 0, "bytes": 0, "imported": [], "broken": [], "orphans": []}', 'which has nothing');
delete from backup.notifications;
select testing.look('{}') is not null as looked \gset
select is_empty('select * from backup.notifications', 'the same again is not told again');
select testing.look(testing.good(:'whole')) is not null as looked \gset
select is_empty('select * from backup.notifications', 'nor that all is well');
select testing.look('{}') is not null as looked \gset
select is((select count(*) from backup.notifications), 1::bigint, 'but that it is not any more');
delete from backup.notifications;
select is(testing.look(testing.good(:'whole')) -> 'missing', '[]', 'a backup that failed, runs or is being deleted misses nothing');
update public.backups set manifest_sha256 = null, status = 'failed', error = '{}' where id = :'leaving';
update public.backups set status = 'deleting' where id = :'leaving';

-- orphans
select is(testing.look(testing.good(:'whole') || jsonb_build_object(:'stranger' || '/manifest.json', 5, :'stranger' || '/part', 7, 'readme.txt', 1)) -> 'orphans',
  (select jsonb_agg(orphan order by orphan ->> 'folder') from unnest(array[
    jsonb_build_object('folder', :'stranger', 'objects', 2, 'bytes', 12, 'has_manifest', true), '{"folder": "readme.txt", "objects": 1, "bytes": 1, "has_manifest": false}']) as orphan), 'what belongs to no backup, by folder');
select is((select array[kind, severity] from backup.notifications), '{bucket_differs,warning}', 'administrators are told, less loudly');
select is_empty($$ select * from backup.jobs where kind = 'purge' $$, 'nobody removes what may be somebody''s');
select is(testing.look(testing.good(:'whole') || jsonb_build_object(:'whole' || '/attempt-1-part', 7)) -> 'orphans',
  jsonb_build_array(jsonb_build_object('folder', :'whole', 'objects', 1, 'bytes', 7, 'has_manifest', false)), 'in the folder of a backup, what is none of its parts');
select is(testing.look(testing.good(:'whole') || jsonb_build_object(:'running' || '/part', 7, :'leaving' || '/part', 8)) -> 'orphans', '[]', 'not what is being made or removed');
select is_empty($$ select * from backup.jobs where kind = 'purge' $$, 'which nobody else removes');
select is(testing.look(testing.good(:'whole') || jsonb_build_object(:'failed' || '/part', 7)) #>> '{orphans,0,folder}', :'failed', 'what a failed backup has left');
select results_eq('select backup_id, parameters, max_attempts from backup.jobs where kind = ''purge''', format('values (%L::uuid, ''{"remove_row": false}''::jsonb, 50)', :'failed'), 'is removed');
select is(testing.look(testing.good(:'whole') || jsonb_build_object(:'failed' || '/part', 7)) -> 'orphans', '[]', 'and told no longer');
select is((select count(*) from backup.jobs where kind = 'purge'), 1::bigint, 'nor removed twice');
delete from backup.jobs where kind = 'purge';

-- what came or went meanwhile
select testing.begun_rescan(false) as job \gset
select testing.backup(created_at => clock_timestamp()) as young, gen_random_uuid() as deleted \gset
select testing.parts(:'young');
update public.backups set status = 'failed', error = '{}' where id = :'whole';
select backup.audit('backup_deleted', 'succeeded', :'deleted');
select backup.record_objects(:'job', 'worker', (select jsonb_agg(jsonb_build_object('path', path, 'size', 7)) from unnest(array[:'deleted' || '/part', :'young' || '/00001-public.profiles.sql.gz.age']) as path));
create table testing.raced as select backup.complete_rescan(:'job', 'worker') as result;
select is(result -> 'missing', '[]', 'a backup that was completed while the bucket was listed misses nothing') from testing.raced;
select is(result -> 'orphans', '[]', 'what was deleted meanwhile has left nothing behind') from testing.raced;
update public.backups set status = 'completed', error = null where id = :'whole';
delete from public.backups where id = :'young';
select testing.begun_rescan() as job \gset
select gen_random_uuid() as deleted \gset
select backup.record_objects(:'job', 'worker', jsonb_build_array(jsonb_build_object('path', :'deleted' || '/manifest.json', 'size', 7)));
select backup.audit('backup_deleted', 'succeeded', :'deleted');
select is(backup.folders_to_import(:'job', 'worker'), '[]', 'nor is it imported again');
delete from backup.jobs where job_id = :'job';
select testing.begun_rescan(false) as job \gset
update public.backups set imported_at = clock_timestamp() where id = :'whole';
select is(backup.complete_rescan(:'job', 'worker') -> 'missing', '[]', 'nor does one that was imported meanwhile');
update public.backups set imported_at = null where id = :'whole';
select backup.enqueue_job('purge', :'failed') as purge \gset
select testing.finish(:'purge');
update backup.jobs set finished_at = clock_timestamp() + interval '1 hour' where job_id = :'purge';
select is(testing.look(testing.good(:'whole') || jsonb_build_object(:'failed' || '/part', 7)) -> 'orphans', '[]', 'what a purge has just removed is gone');
delete from backup.jobs;

-- at most a hundred
create table testing.many as select testing.look(testing.good(:'whole') || (select jsonb_object_agg(format('folder-%s/part', n), n) from generate_series(1, 150) as n)) as result;
select is(jsonb_array_length(result -> 'orphans'), 100, 'at most a hundred are told') from testing.many;
select is(result -> 'objects', '153', 'all are counted') from testing.many;

-- a second attempt, and an end without one
select testing.begun_rescan(false) as job \gset
select backup.record_objects(:'job', 'worker', '[{"path": "gone/part", "size": 1}]');
select is(backup.fail_job(:'job', 'worker', '{"code": "storage_unavailable", "message": "m"}'), 'retried', 'a storage that does not answer');
update backup.jobs set run_after = clock_timestamp() where job_id = :'job';
select testing.claim_work() ->> 'job_id' as again \gset
select backup.record_objects(:'job', 'worker', (select jsonb_agg(jsonb_build_object('path', entry.key, 'size', entry.value)) from jsonb_each(testing.good(:'whole')) as entry));
select is(backup.complete_rescan(:'job', 'worker') -> 'orphans', '[]', 'what an attempt before has seen may have gone');
select testing.begun_rescan(false) as job \gset
select backup.record_objects(:'job', 'worker', '[{"path": "gone/part", "size": 1}]');
select is(backup.fail_job(:'job', 'worker', '{"code": "storage_refused", "message": "m"}'), 'failed', 'one that cannot be made');
select is_empty('select * from backup.found_objects', 'leaves nothing');
select is((select array[action, outcome] from testing.audited order by audit_log_id desc limit 1), '{bucket_compared,failed}', 'but an entry in the audit log');

-- an inventory and an import
select is(backup.folders_to_import(testing.begun_rescan(false), 'worker'), '[]', 'an inventory imports nothing');
delete from backup.jobs;
select backup.enqueue_rescan(false) as waiting \gset
select testing.use_secret_key();
select is(backup.request_rescan() ->> 'id', :'waiting', 'an inventory that waits');
select is((select parameters from backup.jobs), '{"import": true}', 'imports as well, when that is asked for');
select is(backup.enqueue_rescan(false), :'waiting'::uuid, 'the daily one');
select is((select parameters from backup.jobs), '{"import": true}', 'takes that back from nobody');
delete from backup.notifications;
select testing.claim_work() is not null as claimed \gset
select backup.import_manifest(:'waiting', 'worker', 'folder', 'nonsense', 'x');
select backup.record_objects(:'waiting', 'worker', (select jsonb_agg(jsonb_build_object('path', entry.key, 'size', entry.value)) from jsonb_each(testing.good(:'whole')) as entry));
select is(backup.complete_rescan(:'waiting', 'worker') #>> '{broken,0,folder}', 'folder', 'what could not be imported is in the result');
select results_eq('select kind, severity from backup.notifications', $$ values ('bucket_rescanned', 'warning') $$, 'and told');

select * from finish();
rollback;
