-- A restore drill from beginning to end: every part is loaded, copied out, compared; foreign keys are proved across tables.
begin;
\ir support.sql
select plan(54);

create table public.authors (id integer primary key, name varchar(20) not null, born date);
create table public.books (id integer, author_id integer references public.authors, price numeric(10,2), tags text[], shout integer generated always as (id * 2) stored);
create table public."Odd ""name"", %s" ("odd ""column"", %I" integer primary key, "Self" integer references public."Odd ""name"", %s");
create table public.no_columns ();
create table public.empty_table (id integer);
insert into public.authors values (1, 'Ada', '1815-12-10'), (2, 'Grace', null);
insert into public.books values (1, 1, 9.90, '{a,b}'), (2, 2, 10, null), (3, null, null, '{}'), (4, 1, 0, null);
insert into public."Odd ""name"", %s" values (1, null), (2, 1), (3, 2);
insert into public.no_columns select from generate_series(1, 5);
select testing.archive_of('authors', 'books', 'no_columns', 'empty_table', 'Odd "name", %s') as backup \gset
create view testing.target as select * from public.backups where status = 'completed';
create table testing.listed as select table_name, ordinal from backup.backup_tables where backup_id = :'backup';

-- asked for
select testing.sign_out();
select throws_ok(format('select backup.request_drill(%L)', :'backup'), 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.request_drill(%L)', :'backup'), 'BK403', null, 'BK403 for a member');
select testing.sign_in_as('admin') as admin \gset
select throws_ok('select backup.request_drill(gen_random_uuid())', 'BK404', null, 'BK404 for one that does not exist');
select throws_ok(format('select backup.request_drill(%L)', testing.backup('failed')), 'BK410', null, 'BK410 for one without an archive');
create table testing.asked as select backup.request_drill(:'backup') as answer;
select is((select answer #>> '{backup,id}' from testing.asked), :'backup', 'an administrator may ask');
select is((select array[answer #>> '{job,kind}', answer #>> '{job,status}'] from testing.asked), '{verify,queued}', 'it is queued');
select is(backup.request_drill(:'backup') #>> '{job,id}', answer #>> '{job,id}', 'asked for twice, it is made once') from testing.asked;
select is((select count(*) from testing.audited where action = 'verify'), 1::bigint, 'and is once in the audit log');
select answer #>> '{job,id}' as job from testing.asked \gset

-- begun
select is(testing.claim_work() ->> 'job_id', :'job', 'a worker takes it');
select throws_ok(format('select backup.begin_drill(%L, ''another'')', :'job'), 'BK412', null, 'BK412 for another one');
create table testing.begun as select backup.begin_drill(:'job', 'worker') as answer;
select is((select answer - 'session_statements' from testing.begun), jsonb_build_object('backup_id', :'backup', 'manifest', jsonb_build_object('path', :'backup' || '/manifest.json', 'sha256', repeat('0', 64))), 'what it has to fetch');
select ok((select answer -> 'session_statements' @> '["set datestyle = ''ISO, YMD''", "set synchronize_seqscans = off"]' and not answer ->> 'session_statements' like '%search_path%' from testing.begun), 'its session is pinned, but for the search path of the project');
select set_eq(
  'select testing.scratch()',
  format('select %L || ordinal from testing.listed where table_name in (''authors'', ''books'', ''Odd "name", %%s'')', 'v_' || replace(:'job', '-', '') || '_1_k'), 'tables for the keys, where there are any'
);
select is((select progress from backup.jobs where job_id = :'job'), '{"phase": "loading", "percent": 0}', 'it has begun');

create function testing.key_columns(chosen text)
returns text[]
language sql
as $$
  select array_agg(attname::text order by attname) from pg_attribute
  where attrelid = to_regclass((select format('backup_staging.v_%s_1_k%s', replace(job.job_id::text, '-', ''), listed.ordinal) from testing.listed, backup.jobs as job where kind = 'verify' and listed.table_name = chosen)) and attnum > 0;
$$;
select is(testing.key_columns('authors'), '{id}', 'a parent needs its key');
select is(testing.key_columns('books'), '{author_id}', 'a child what refers to it');
select is(testing.key_columns('Odd "name", %s'), '{Self,"odd \"column\", %I"}', 'one that refers to itself both');

-- its parts
create table testing.parts as select * from jsonb_to_recordset(backup.drill_parts(:'job', 'worker'))
  as part (ordinal integer, "table" text, name text, object_path text, create_statement text, copy_in text, copy_out text, prefix text, suffix text, row_count bigint, raw_bytes bigint, stored_bytes bigint, raw_sha256 text, stored_sha256 text);
select results_eq('select ordinal, name, object_path, prefix, suffix, row_count, raw_bytes, stored_bytes, raw_sha256, stored_sha256 from testing.parts order by 1',
  format('select ordinal, name, object_path, prefix, suffix, row_count, raw_bytes, stored_bytes, raw_sha256, stored_sha256 from backup.backup_parts where backup_id = %L order by 1', :'backup'), 'every part, as it was stored');
select results_eq(
  $$ select replace(replace(create_statement, scratch.name, 'SCRATCH'), 'unlogged ', ''), replace(copy_in, scratch.name, 'SCRATCH'), replace(copy_out, scratch.name, 'SCRATCH')
     from testing.parts, substring(create_statement from 'backup_staging\.v_[0-9a-f]{32}_1_p[0-9]+') as scratch (name) where "table" = 'public.books' $$,
  $$ values ('create table SCRATCH (id pg_catalog.int4, author_id pg_catalog.int4, price pg_catalog."numeric", tags pg_catalog.text[]) with (autovacuum_enabled = false)',
             'copy SCRATCH (id, author_id, price, tags) from stdin', 'copy (select id, author_id, price, tags from only SCRATCH) to stdout') $$, 'a table of its own for each, typed, without limits and without what is generated'
);
select ok((select copy_in not like '%(%' from testing.parts where "table" = 'public.no_columns'), 'a table without columns has none');
select is((select array_agg("table" order by ordinal) from testing.parts where create_statement is null or copy_in is null or copy_out is null), array[null, null]::text[], 'script has no table');
select is(jsonb_array_length(backup.drill_parts(:'job', 'worker', 0, 2)), 2, 'page by page');
select is(backup.drill_parts(:'job', 'worker', 99), '[]', 'until there are no more');
select throws_ok(format('select backup.drill_parts(%L, ''another'')', :'job'), 'BK412', null, 'BK412 for another worker');

-- loaded
select testing.drill_part(:'job', 0);
select is((select progress from backup.jobs where job_id = :'job'), jsonb_build_object('phase', 'loading', 'percent', 90 / count(*), 'parts_done', 1, 'parts_total', count(*), 'rows', 0), 'its progress') from testing.parts;
select ordinal as books from testing.parts where "table" = 'public.books' \gset
select throws_ok(format('select testing.drill_part(%L, %s, rows => 3)', :'job', :'books'), 'BK458', null, 'BK458 when rows are lacking');
select is((testing.raised(format('select testing.drill_part(%L, %s, raw_sha256 => repeat(''e'', 64))', :'job', :'books'))).detail - 'part',
  jsonb_build_object('expected_rows', 4, 'found_rows', 4, 'expected_raw_sha256', backup.sha256_hex('part ' || :'books'), 'found_raw_sha256', repeat('e', 64)), 'or are not the same');
select testing.drill_parts(:'job', 0);
select is((select (progress -> 'parts_done') = (progress -> 'parts_total') and progress -> 'rows' = '14' and progress -> 'percent' = '90' from backup.jobs where job_id = :'job'), true, 'all are loaded');
select is_empty('select * from testing.scratch() as name where name ~ ''_p[0-9]+$''', 'of the parts no table is left');
select ok((select lease_expires_at > clock_timestamp() + interval '29 seconds' from backup.jobs where job_id = :'job'), 'each renews the lease');

-- the verdict
update public.backups set verified_at = '2026-01-01' where id = :'backup';
select throws_ok(format('select backup.complete_drill(%L, ''another'')', :'job'), 'BK412', null, 'BK412 for another worker');
create table testing.verdict as select backup.complete_drill(:'job', 'worker') as verdict;
select is(
  (select verdict - array['started_at', 'duration_ms', 'tables', 'parts', 'raw_bytes'] from testing.verdict), jsonb_build_object('status', 'passed', 'job_id', :'job', 'rows', 14, 'foreign_keys', 2, 'differences', '[]'::jsonb), 'it has passed'
);
select is((select (verdict -> 'parts')::bigint from testing.verdict), (select count(*) from testing.parts), 'every part');
select is((select (verdict -> 'raw_bytes')::bigint from testing.verdict), 140::bigint, 'every byte');
select set_eq(
  'select entry ->> ''table'' as label, (entry -> ''rows'')::integer as rows, (entry -> ''expected_rows'')::integer as expected from testing.verdict, jsonb_array_elements(verdict -> ''tables'') as entry',
  $$ values ('public.authors', 2, 2), ('public.books', 4, 4), ('public.no_columns', 5, 5), ('public.empty_table', 0, 0), ('public.Odd "name", %s', 3, 3) $$, 'every table'
);
select matches((select verdict ->> 'started_at' from testing.verdict), '^\d{4}-\d\d-\d\dT.*Z$', 'when');
select cmp_ok((select (verdict -> 'duration_ms')::integer from testing.verdict), '>=', 0, 'how long it took');
select is((select verification from testing.target), verdict, 'the backup keeps it') from testing.verdict;
select ok((select verified_at > now() from testing.target), 'and since when it is proved');
select results_eq(format('select status, result from backup.jobs where job_id = %L', :'job'), 'select ''succeeded'', verdict - array[''tables'', ''differences''] from testing.verdict', 'the job is over');
select results_eq('select kind, severity, details from backup.notifications where kind <> ''backup_completed''', format('values (''backup_verified'', ''info'', %L::jsonb)', jsonb_build_object('backup_id', :'backup', 'status', 'passed', 'differences', 0)), 'administrators are told');
select results_eq('select action, outcome, target from testing.audited order by audit_log_id desc limit 1', format('values (''drill'', ''succeeded'', %L)', :'backup'), 'it is in the audit log');
select is_empty('select testing.scratch()', 'nothing is left of it');
select is_empty('select * from backup.drilled_parts', 'nowhere');
select throws_ok(format('select backup.record_drilled_part(%L, ''worker'', 0, 0, null)', :'job'), 'BK412', null, 'it is nobody''s any more');
select testing.use_secret_key();
select is(backup.get_backup(:'backup') -> 'verification', verdict, 'the API shows it') from testing.verdict;

-- keys that prove nothing are left out
create function testing.keys(statement text)
returns text[]
language plpgsql
as $$
declare
  names text[];
begin
  begin
    execute statement;
    select coalesce(array_agg(key.name order by key.name), '{}') into names from public.backups as source, backup.drilled_keys(source.id) as key where source.status = 'completed';
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return names;
end;
$$;
select is(testing.keys('select'), '{"Odd \"name\", %s_Self_fkey",books_author_id_fkey}', 'both foreign keys are proved');
select is(testing.keys($$ update backup.backup_tables set definition = jsonb_set(definition, '{foreign_keys,0,is_validated}', 'false') where table_name = 'books' $$), '{"Odd \"name\", %s_Self_fkey"}', 'not one that was never validated');
select is(testing.keys($$ update backup.backup_tables set definition = jsonb_set(definition, '{foreign_keys,0,references}', '"public.gone"') where table_name = 'books' $$), '{"Odd \"name\", %s_Self_fkey"}', 'nor into a table that is not in the backup');
select is(testing.keys($$ update backup.backup_tables set definition = jsonb_set(definition, '{foreign_keys,0,columns}', '["shout"]') where table_name = 'books' $$), '{"Odd \"name\", %s_Self_fkey"}', 'nor of a generated column');
select is(testing.keys($$ update public.backups set validation_results = '{"errors": 1, "tables": [{"table": "public.books", "errors": 1}, {"table": "public.Odd \"name\", %s", "errors": 0}]}' $$), '{"Odd \"name\", %s_Self_fkey"}',
  'nor of a table with errors in its snapshot');
select is(testing.keys($$ update public.backups set validation_results = '{"errors": 1}' $$), '{}', 'an imported one says only whether there were any');
select is(testing.keys($$ update public.backups set validation_results = '{"errors": 0}' $$), '{"Odd \"name\", %s_Self_fkey",books_author_id_fkey}', 'or none');
select is(testing.keys($$ update public.backups set validation_results = null $$), '{}', 'or nothing at all');

select * from finish();
rollback;
