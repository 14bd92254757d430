-- A backup from its claim to its completion, step by step as a worker reports it.
begin;
\ir ../support.sql
select plan(46);

select testing.sign_in_as('admin');
create table testing.step as select backup.request_backup('{events,roles}', 'a note') as answer;
select (answer ->> 'id')::uuid as backup from testing.step \gset
select testing.use_secret_key();
select backup.claim_job('worker') ->> 'job_id' as job \gset
\set held '\'' :job '\', \'worker\''
create view testing.target as select * from public.backups where id = (select (answer ->> 'id')::uuid from testing.step);

-- begin
update testing.step set answer = answer || jsonb_build_object('begun', backup.begin_backup(:'job', 'worker'));
select is((select answer -> 'begun' -> 'tables' from testing.step), '["public.events", "public.roles"]', 'begin: the choice');
select is((select answer -> 'begun' -> 'session_statements' from testing.step), to_jsonb(backup.session_statements()), 'what to set on the connection');
select is((select array[answer -> 'begun' -> 'lock_timeout_seconds', answer -> 'begun' -> 'gzip_level'] from testing.step), array['10', '2']::jsonb[], 'and the settings');
select results_eq('select status, phase, progress, started_at is not null from testing.target', $$ values ('processing', 'validating', '{"percent": 0}'::jsonb, true) $$, 'it is being validated');

-- validation
select is(
  backup.record_validation(:'job', 'worker', backup.validate_tables('{events,roles}')), true, 'validation: good data may go on'
);
select results_eq('select status, phase, validation_results ->> ''errors'' from testing.target', $$ values ('processing', 'copying', '0') $$, 'the report is with the backup');
select is((select count(*) from backup.validation_runs where backup_id = :'backup'), 1::bigint, 'and among the runs');

-- plan
select is(backup.pending_parts(:'job', 'worker'), '[]', 'before the plan there is no part');
select lives_ok(format('select backup.record_plan(%L, ''worker'', backup.plan_backup(%L, ''{events,roles}''))', :'job', :'backup'), 'plan');
select results_eq(
  'select phase, format, tables, snapshot ? ''xmin'', snapshot -> ''sequences'' from testing.target',
  $$ values ('copying', 1, '{public.events,public.roles}'::text[], true, '[]'::jsonb) $$,
  'tables and snapshot are known'
);
select results_eq(
  'select progress - ''{estimated_bytes,estimated_done}''::text[] from testing.target',
  $$ values ('{"percent": 0, "rows": 0, "raw_bytes": 0, "stored_bytes": 0, "parts_done": 0, "parts_total": 4, "tables_done": 0, "tables_total": 2}'::jsonb) $$,
  'so is how much there is to do'
);
select is((select (progress -> 'estimated_bytes')::numeric from testing.target), (select sum(estimated_bytes) from backup.backup_parts where backup_id = :'backup'), 'and about how many bytes');
select results_eq(
  format('select ordinal, schema_name, table_name, definition = backup.relation_definition(backup.resolve_table(table_name)), fingerprint = backup.fingerprint(definition) from backup.backup_tables where backup_id = %L order by ordinal', :'backup'),
  $$ values (1, 'public', 'events', true, true), (2, 'public', 'roles', true, true) $$,
  'the tables with their definitions'
);

-- parts
select is(
  (select array_agg(part -> 'ordinal' order by position) from jsonb_array_elements(backup.pending_parts(:'job', 'worker')) with ordinality as pending (part, position)),
  array['0', '1', '2', '3']::jsonb[], 'parts: all of them wait'
);
select is(
  (select array_agg(key order by key) from jsonb_object_keys(backup.pending_parts(:'job', 'worker') -> 0) as key),
  '{copy_query,name,object_path,ordinal,prefix,suffix}', 'each says what to read, what to write around it, and where to store it'
);
select is(backup.pending_parts(:'job', 'worker') -> 0 ->> 'object_path', :'backup' || '/00000-head.sql.gz.age', 'in the backup''s own folder');
select is((select array_agg(part -> 'ordinal') from jsonb_array_elements(backup.pending_parts(:'job', 'worker', 0, 2)) as part), array['1', '2']::jsonb[], 'in pages');
select is(backup.pending_parts(:'job', 'worker', 3), '[]', 'which end');

create function testing.store(job_id uuid, ordinal integer, row_count bigint)
returns void
language sql
as $$
  select backup.record_part(job_id, 'worker', ordinal, row_count, row_count * 10, 40 + row_count, 50 + row_count, repeat('a', 64), repeat('b', 64));
$$;
-- one that is half of it
update backup.backup_parts set estimated_bytes = case ordinal when 1 then 4194304 else 0 end where backup_id = :'backup';
update public.backups set progress = progress || '{"estimated_bytes": 4194304}' where id = :'backup';
select testing.store(:'job', 1, 80);
select results_eq(
  'select progress - ''{estimated_bytes,estimated_done}''::text[] from testing.target',
  $$ values ('{"percent": 62.50, "rows": 80, "raw_bytes": 800, "stored_bytes": 130, "parts_done": 1, "parts_total": 4, "tables_done": 1, "tables_total": 2}'::jsonb) $$,
  'a stored part shows as progress; it was its table''s only one'
);
select testing.store(:'job', 1, 99);
select is((select (progress -> 'parts_done')::integer from testing.target), 1, 'said twice, it counts once');
select is((select row_count from backup.backup_parts where backup_id = :'backup' and ordinal = 1), 80::bigint, 'as it was said first');
select is((select array_agg(part -> 'ordinal') from jsonb_array_elements(backup.pending_parts(:'job', 'worker')) as part), array['0', '2', '3']::jsonb[], 'it waits no longer');
select is((testing.raised(format('select backup.close_archive(%L, ''worker'')', :'job'))).code, 'BK452', 'BK452 when the archive is closed before every part is stored');
select testing.store(:'job', 0, 0), testing.store(:'job', 3, 0);
select results_eq('select progress -> ''tables_done'', progress -> ''percent'' from testing.target', $$ values ('1'::jsonb, '87.50'::jsonb) $$, 'head and tail are no table');
select testing.store(:'job', 2, 6);
select results_eq('select progress -> ''tables_done'', progress -> ''percent'' from testing.target', $$ values ('2'::jsonb, '99'::jsonb) $$, '100 percent is for a backup that is complete');
select results_eq(
  format('select table_name, row_count, raw_bytes, stored_bytes from backup.backup_tables where backup_id = %L order by ordinal', :'backup'),
  $$ values ('events', 80::bigint, 800::bigint, 130::bigint), ('roles', 6, 60, 56) $$,
  'each table has what its parts have'
);

-- manifest
create table testing.closed as select backup.close_archive(:'job', 'worker')::jsonb as manifest;
select is((select phase from testing.target), 'finishing', 'manifest: the last thing');
select is(
  (select array_agg(key order by key) from testing.closed, jsonb_object_keys(manifest) as key),
  '{created_at,encoding,filename,format,id,kind,notes,parts,requested_tables,row_count,sequences,snapshot,source,started_at,tables,validation}', 'it has what a reader needs'
);
select is((select array[manifest ->> 'id', manifest ->> 'format', manifest ->> 'notes', manifest ->> 'row_count'] from testing.closed), array[:'backup', '1', 'a note', '86'], 'what it is');
select is(
  (select manifest -> 'parts' -> 1 from testing.closed),
  (select jsonb_build_object('ordinal', 1, 'name', name, 'path', object_path, 'table', 1, 'slice', slice, 'rows', 80, 'raw_bytes', 800, 'clear_bytes', 120, 'stored_bytes', 130,
     'raw_sha256', repeat('a', 64), 'stored_sha256', repeat('b', 64)) from backup.backup_parts where backup_id = :'backup' and ordinal = 1),
  'each part, where it lies, what it holds, and both its hashes'
);
select is((select jsonb_path_query_array(manifest, '$.parts[*].ordinal') from testing.closed), '[0, 1, 2, 3]', 'in the order of the script');
select is(
  (select manifest -> 'tables' -> 1 from testing.closed),
  (select backup.relation_definition('public.roles'::regclass) || jsonb_build_object('ordinal', 2, 'schema', 'public', 'name', 'roles',
     'fingerprint', fingerprint, 'rows', 6, 'raw_bytes', 60, 'stored_bytes', 56) from backup.backup_tables where backup_id = :'backup' and ordinal = 2),
  'each table with its definition'
);
select is((select manifest -> 'validation' from testing.closed) @> '{"status": "passed", "errors": 0, "overridden": false}', true, 'how validation ended');
select ok((select not manifest -> 'validation' ? 'tables' and not manifest -> 'snapshot' ? 'sequences' from testing.closed), 'no row data');
select is((select manifest -> 'snapshot' from testing.closed), (select snapshot - 'sequences' from testing.target), 'which snapshot');

-- complete
select lives_ok(format('select backup.complete_backup(%L, ''worker'', repeat(''c'', 64))', :'job'), 'complete');
select results_eq(
  'select status, phase, error, completed_at is not null, file_size, row_count, raw_size, clear_size, part_count, manifest_sha256, record_counts from testing.target',
  $$
    values ('completed', null, null::jsonb, true, 286::bigint, 86::bigint, 860::bigint, 246::bigint, 4, repeat('c', 64), '{"public.roles": 6, "public.events": 80}'::jsonb)
  $$,
  'sums over all parts'
);
select results_eq('select progress -> ''percent'', progress -> ''tables_done'' from testing.target', $$ values ('100'::jsonb, '2'::jsonb) $$, 'a hundred percent');
select is((select status from backup.jobs where job_id = :'job'), 'succeeded', 'the job is over');
select is(
  (select array_agg(action || ' ' || outcome order by audit_log_id) from testing.audited), '{create succeeded,backup_completed succeeded}', 'beginning and end are in the audit log'
);
select is(testing.claim_work(), null, 'nothing is left to do');

-- a worker that lost the job cannot do any of it
create table testing.calls (nr serial, statement text);
insert into testing.calls (statement) values
  ('begin_backup(%L, %L)'), ('record_plan(%L, %L, ''{}'')'), ('record_part(%L, %L, 0, 0, 0, 0, 0, '''', '''')'), ('close_archive(%L, %L)'), ('complete_backup(%L, %L, '''')');
select throws_ok('select backup.' || format(statement, :'job', 'worker'), 'BK412', null, 'BK412 without the job: ' || statement) from testing.calls order by nr;

select * from finish();
rollback;
