-- A backup that is taken into the catalogue by its manifest is what it was: tables, parts, the text around the rows.
begin;
\ir support.sql
select plan(42);

create table public.authors (id integer primary key, name varchar(20) not null);
create table public.books (id integer primary key, author_id integer references public.authors, twice integer generated always as (id * 2) stored, check (id > 0));
create table public."Odd ""name"", %s" ("odd ""column"", %I" integer primary key, "Self" text collate "C");
create table public.no_columns ();
create table public.only_generated (twice integer generated always as (2) stored);
create table public.empty_table (id integer);
insert into public.authors values (1, 'Ada'), (2, 'Grace');
insert into public.books values (1, 1), (2, 2), (3, null);
insert into public."Odd ""name"", %s" values (1, 'x');
insert into public.no_columns select from generate_series(1, 5);
insert into public.only_generated default values;
select testing.sign_in_as('admin') as admin \gset
select testing.archive_of('authors', 'books', 'no_columns', 'only_generated', 'empty_table', 'Odd "name", %s') as backup \gset
update public.backups set notes = 'A note', requested_tables = tables, kind = 'daily', created_by = :'admin' where id = :'backup';
create table testing.manifest as select jsonb_pretty(backup.manifest(:'backup')) as text;
create table testing.objects as select testing.objects_of(:'backup') as objects;
create table testing.was_backup as select to_jsonb(source) as row from public.backups as source where id = :'backup';
create table testing.was_tables as select ordinal, schema_name, table_name, definition, fingerprint, row_count, raw_bytes, stored_bytes from backup.backup_tables where backup_id = :'backup';
create table testing.was_parts as select * from backup.backup_parts where backup_id = :'backup';
delete from public.backups;
delete from backup.jobs;

-- asked for
select testing.sign_out();
select throws_ok('select backup.request_rescan()', 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok('select backup.request_rescan()', 'BK403', null, 'BK403 for a member');
select testing.use_secret_key();
create table testing.asked as select backup.request_rescan() as job;
select is(job - array['id', 'created_at', 'run_after'], '{"kind": "rescan", "status": "queued", "backup_id": null, "restore_id": null, "attempt_count": 0, "max_attempts": 3, "finished_at": null, "progress": {}, "result": null, "error": null, "attempts": []}', 'a rescan is asked for') from testing.asked;
select is(backup.request_rescan() ->> 'id', job ->> 'id', 'there is one at a time') from testing.asked;
select job ->> 'id' as job from testing.asked \gset
select is(testing.claim_work() -> 'parameters', '{"import": true}', 'it is to import');
select is(backup.request_rescan() ->> 'id', :'job', 'one that runs is the one');

-- found
select throws_ok(format('select backup.record_objects(%L, ''another'', ''[]'')', :'job'), 'BK412', null, 'BK412 for another worker');
select backup.record_objects(:'job', 'worker', jsonb_path_query_array(objects, '$[0 to 3]')), backup.record_objects(:'job', 'worker', jsonb_path_query_array(objects, '$[3 to last]')) from testing.objects;
select is((select count(*)::integer from backup.found_objects), jsonb_array_length(objects), 'page by page; what comes twice counts once') from testing.objects;
select is(backup.folders_to_import(:'job', 'worker'), jsonb_build_array(jsonb_build_object('folder', :'backup', 'manifest_path', :'backup' || '/manifest.json')), 'an archive that the catalogue does not know');
select throws_ok(format('select backup.import_manifest(%L, ''another'', '''', '''', '''')', :'job'), 'BK412', null, 'BK412 for another worker');
select is((select backup.import_manifest(:'job', 'worker', :'backup', text, repeat('e', 64)) from testing.manifest), 'imported', 'is imported');
select is((select jsonb_object_agg(folder, is_imported) from backup.rescan_findings where job_id = :'job'), jsonb_build_object(:'backup', true), 'which is noted');

-- the row
create view testing.is_backup as select source.* from public.backups as source where id = :'backup';
select results_eq('select kind, status, created_by, imported_at > now(), verified_at, verification, is_pinned, phase, error from testing.is_backup', $$ values ('imported', 'completed', null::uuid, true, null::timestamptz, null::jsonb, false, null, null::jsonb) $$, 'as imported, and not yet proved');
select is(to_jsonb(source) -> name, row -> name, name || ' is what it was') from testing.is_backup as source, testing.was_backup,
  unnest('{id,filename,notes,tables,requested_tables,record_counts,row_count,file_size,raw_size,clear_size,part_count,format,snapshot,override_validation,override_reason}'::text[]) as name;
select is(array[created_at, started_at], array[date_trunc('milliseconds', (row ->> 'created_at')::timestamptz), date_trunc('milliseconds', (row ->> 'started_at')::timestamptz)], 'its times, to the millisecond') from testing.is_backup, testing.was_backup;
select is(manifest_sha256, repeat('e', 64), 'the manifest''s hash is that of what was read') from testing.is_backup;
select is(validation_results, (row -> 'validation_results') - 'tables', 'the sums of the validation report') from testing.is_backup, testing.was_backup;

-- its tables and parts
select set_eq('select ordinal, schema_name, table_name, fingerprint, row_count, raw_bytes, stored_bytes from backup.backup_tables', 'select ordinal, schema_name, table_name, fingerprint, row_count, raw_bytes, stored_bytes from testing.was_tables', 'its tables');
select set_eq('select table_name, definition from backup.backup_tables', 'select table_name, definition from testing.was_tables', 'with their definitions');
select set_eq('select ordinal, table_ordinal, name, object_path, slice, row_count, raw_bytes, clear_bytes, stored_bytes, raw_sha256, stored_sha256 from backup.backup_parts',
  'select ordinal, table_ordinal, name, object_path, slice, row_count, raw_bytes, clear_bytes, stored_bytes, raw_sha256, stored_sha256 from testing.was_parts', 'its parts');
select results_eq('select ordinal, prefix, suffix from backup.backup_parts where table_ordinal is not null order by 1', 'select ordinal, prefix, suffix from testing.was_parts where table_ordinal is not null order by 1', 'with the text around the rows, whatever names the table and its columns have');
select ok((select prefix = 'copy public.no_columns from stdin;' || chr(10) from backup.backup_parts join backup.backup_tables on backup_tables.ordinal = table_ordinal where table_name = 'no_columns'), 'none of them for a table without columns');
select is_empty('select ordinal from backup.backup_parts where table_ordinal is null and prefix || suffix <> ''''', 'that of script parts is theirs alone');
select is(backup.manifest(:'backup') - array['kind', 'filename'], text::jsonb - array['kind', 'filename'], 'its manifest says the same as before') from testing.manifest;

-- what it is good for
select is(backup.get_backup(:'backup') ->> 'kind', 'imported', 'it is listed');
select lives_ok(format('select backup.open_download(%L)', :'backup'), 'it can be downloaded');
create table testing.ended as select backup.complete_rescan(:'job', 'worker') as result;
select is(result, jsonb_build_object('objects', jsonb_array_length(objects), 'bytes', (select sum((entry -> 'size')::bigint) from jsonb_array_elements(objects) as entry), 'imported', jsonb_build_array(:'backup'),
  'broken', '[]'::jsonb, 'orphans', '[]'::jsonb, 'missing', '[]'::jsonb), 'the rescan tells what it found') from testing.ended, testing.objects;
select testing.begun_drill(:'backup') as drill \gset
update backup.backup_parts as part set copy_query = was.copy_query from testing.was_parts as was where was.ordinal = part.ordinal;
select testing.drill_parts(:'drill');
select is(backup.complete_drill(:'drill', 'worker') ->> 'status', 'passed', 'and be proved by a drill');

select * from finish();
rollback;
