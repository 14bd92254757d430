-- The worker's steps: what is to be fetched, where it goes, what has arrived; and what happens to values that do not fit.
begin;
\ir support.sql
select plan(61);

select testing.did($$
  create type public.mood as enum ('calm', 'wild');
  create table public.things (id integer primary key, "select" varchar(10), mood public.mood, twice integer generated always as (id * 2) stored, word text collate "C");
  create table public.same (id integer primary key);
  create table public.heap (body text);
  create table public.gone (id integer primary key);
  create table public."Mixed ""Case" ("A b" integer primary key);
  insert into public.things (id, "select", mood, word) select n, 'text ' || n, 'calm', 'word' from generate_series(1, 5) as n;
  insert into public.same values (1), (2);
  insert into public.heap values ('x');
  insert into public."Mixed ""Case" values (1);
$$);
select testing.backup_of('things', 'same', 'heap', 'gone', 'Mixed "Case') as backup \gset
-- a table of several parts (which hold nothing)
insert into backup.backup_parts (backup_id, ordinal, table_ordinal, name, object_path, slice, prefix, suffix, row_count, raw_bytes, clear_bytes, stored_bytes, raw_sha256, stored_sha256, stored_at)
select backup_id, 100 + n, table_ordinal, n || name, object_path || n, slice, 'copy ' || n, E'\\.\n', 0, 10, 20, 30, repeat('a', 64), repeat('b', 64), now()
from backup.backup_parts join backup.backup_tables as covered using (backup_id), generate_series(1, 3) as n
where covered.ordinal = table_ordinal and covered.table_name = 'things';
select testing.did('insert into public.things values (9); insert into public.heap values (''y''); drop table public.gone; update public."Mixed ""Case" set "A b" = 2');
select testing.use_secret_key();
select backup.request_restore(:'backup') ->> 'id' as restore \gset
create view testing.listed as select table_name as name, listed.* from backup.restore_tables as listed where restore_id = (select restore_id from backup.restores order by created_at desc limit 1);

-- begin
select is((select array[claimed ->> 'kind', claimed ->> 'restore_id', claimed ->> 'backup_id'] from backup.claim_job('worker') as claimed), array['stage', :'restore', null], 'the job names its restore');
select job_id as job from backup.jobs where status = 'running' \gset
select throws_ok(format('select backup.begin_staging(%L, ''another'')', :'job'), 'BK412', null, 'BK412 for a worker that does not hold it');
create table testing.begun as select backup.begin_staging(:'job', 'worker') as answer;
select is((select array_agg(key order by key) from testing.begun, jsonb_object_keys(answer) as key), '{backup_id,manifest,restore_id,session_statements}', 'what a worker needs to begin');
select is((select answer - 'session_statements' from testing.begun), jsonb_build_object('restore_id', :'restore', 'backup_id', :'backup', 'manifest', jsonb_build_object('path', :'backup' || '/manifest.json', 'sha256', repeat('0', 64))), 'the manifest, and its hash');
select ok((select answer #>> '{session_statements,0}' like 'set %' and not answer ->> 'session_statements' like '%search_path%' from testing.begun), 'settings of the session; functions of the project that run while rows come in may trust its search path');
select is((select array[status, phase] from backup.restores where restore_id = :'restore'), '{staging,staging}', 'it is being staged');
select results_eq(
  'select name::text, role, is_unchanged, is_blocked, backup_rows, staged is not null from testing.listed order by name collate "C"',
  $$ values ('Mixed "Case', 'chosen', false, false, 1::bigint, true), ('gone', 'chosen', false, true, 0, false), ('heap', 'chosen', false, false, 1, true), ('same', 'chosen', true, false, 2, true), ('things', 'chosen', false, false, 5, true) $$,
  'every table of the backup: which have changed, which cannot be compared'
);
select is((select staged from testing.listed where name = 'same'), (select backup.scan_source('public.same'::regclass)), 'a table that has not changed is its own backup');
select is((select live_rows from testing.listed where name = 'same'), 2::bigint, 'its rows are known');
select is((select seen_snapshot ->> 'xmin' from testing.listed where name = 'same'), (select snapshot ->> 'xmin' from public.backups where id = :'backup'), 'as they were at the backup');
select is((select array_agg(part.ordinal order by part.ordinal) from backup.restore_parts as part join testing.listed using (restore_id) where listed.ordinal = part.table_ordinal and listed.name in ('same', 'gone')), null, 'nothing of it is fetched, nor of what cannot be compared');
select is((select count(*) from backup.restore_parts where restore_id = :'restore'), 6::bigint, 'all parts of the others are');

-- the tables that rows are copied into
create function testing.columns_of(name text)
returns text[]
language sql
as $$ select array_agg(format('%s %s', attname, format_type(atttypid, atttypmod)) order by attnum) from pg_attribute, testing.listed where listed.name = columns_of.name and attrelid = listed.staged::regclass and attnum > 0 $$;
select is(testing.columns_of('things'), '{"id integer","select character varying(10)","mood public.mood","word text"}', 'typed like the live ones, without those that Postgres generates');
select is((select attcollation::regcollation::text from pg_attribute, testing.listed where name = 'things' and attrelid = staged::regclass and attname = 'word'), '"C"', 'of the same collation');
select is((select array[relpersistence::text, relnamespace::regnamespace::text] from pg_class, testing.listed where name = 'things' and pg_class.oid = staged::regclass), '{u,backup_staging}', 'unlogged, in the private schema');
select is((select count(*) from pg_index, testing.listed where name = 'things' and indrelid = staged::regclass), 0::bigint, 'without an index');
select is((select count(*) from pg_constraint, testing.listed where name = 'things' and conrelid = staged::regclass), 0::bigint, 'or a constraint');
select is((select count(*) from pg_class cross join unnest('{anon,authenticated,service_role}'::text[]) as role (name) where relnamespace = 'backup_staging'::regnamespace and relkind = 'r' and has_table_privilege(role.name, pg_class.oid, 'select')), 0::bigint, 'and nobody may read them');

-- the parts
select throws_ok(format('select backup.staging_parts(%L, ''another'')', :'job'), 'BK412', null, 'BK412 for a worker that does not hold it');
create table testing.asked as select backup.staging_parts(:'job', 'worker') as parts;
select is((select jsonb_array_length(parts) from testing.asked), 6, 'all of them wait');
select is(
  (select array_agg(key order by key) from testing.asked, jsonb_object_keys(parts -> 0) as key),
  '{copy_statement,name,object_path,ordinal,prefix,raw_bytes,raw_sha256,row_count,stored_bytes,stored_sha256,suffix,table_ordinal}', 'each says where it lies, what must be in it, and where it goes'
);
select is(
  (select part - 'copy_statement' - 'table_ordinal' from testing.asked, jsonb_array_elements(parts) as part where part -> 'ordinal' = '102'),
  (select jsonb_build_object('ordinal', 102, 'name', name, 'object_path', object_path, 'prefix', 'copy 2', 'suffix', E'\\.\n', 'row_count', 0, 'raw_bytes', 10, 'stored_bytes', 30, 'raw_sha256', repeat('a', 64), 'stored_sha256', repeat('b', 64))
   from backup.backup_parts where backup_id = :'backup' and ordinal = 102), 'as the catalogue has it'
);
select is(
  (select part ->> 'copy_statement' from testing.asked, jsonb_array_elements(parts) as part where part -> 'ordinal' = '102'),
  (select format('copy %s (id, "select", mood, word) from stdin', staged) from testing.listed where name = 'things'), 'into which columns, in the order of the archive'
);
select is((select part ->> 'copy_statement' like 'copy backup_staging.% ("A b") from stdin' from testing.asked, testing.listed, jsonb_array_elements(parts) as part where name = 'Mixed "Case' and part -> 'table_ordinal' = to_jsonb(listed.ordinal)), true, 'names are quoted');
select is((select array_agg((part -> 'ordinal')::integer order by position) from testing.asked, jsonb_array_elements(parts) with ordinality as shown (part, position)), (select array_agg(ordinal order by ordinal) from backup.restore_parts where restore_id = :'restore'), 'in their order');
select is(jsonb_array_length(backup.staging_parts(:'job', 'worker', 2)), 2, 'in pages');

-- one has arrived
select throws_ok(format('select backup.record_staged_part(%L, ''another'', 101)', :'job'), 'BK412', null, 'BK412 for a worker that does not hold it');
select backup.record_staged_part(:'job', 'worker', 101);
select is((select count(*) from backup.restore_parts where restore_id = :'restore' and staged_at is not null), 1::bigint, 'one has arrived');
select is(jsonb_array_length(backup.staging_parts(:'job', 'worker')), 5, 'it is asked for no more');
select is(backup.get_restore(:'restore') #> '{progress}' #- '{raw_bytes}', '{"rows": 0, "phase": "staging", "percent": 15, "parts_done": 1, "parts_total": 6}', 'everybody can see how far it is');
select backup.record_staged_part(:'job', 'worker', 101);
select is(backup.get_restore(:'restore') -> 'progress' -> 'parts_done', '1', 'said twice, it counts once');
select backup.record_progress(:'job', 'worker', '{"percent": 42}');
select is(backup.get_restore(:'restore') -> 'progress', '{"percent": 42}', 'a worker may say more');
select throws_ok(format('select backup.record_progress(%L, ''another'', ''{}'')', :'job'), 'BK412', null, 'BK412 for one that does not hold it');

-- not all of it has arrived
select testing.fill_staging(:'job');
select is(backup.staging_parts(:'job', 'worker'), '[]', 'nothing waits any more');
select is((select progress -> 'percent' from backup.jobs where job_id = :'job'), '90', 'staging is nine tenths of the way');
create function testing.missing()
returns text[]
language sql
as $$ select array[raised.code, raised.detail ->> 'table', raised.detail ->> 'expected', raised.detail ->> 'found']
  from backup.jobs as job, testing.listed, testing.raised(format('do $do$ begin delete from %s where id = 3; perform backup.compare_restore(%L, ''worker''); end $do$', listed.staged, job.job_id)) as raised where job.status = 'running' and name = 'things' $$;
select is(testing.missing(), '{BK451,public.things,5,4}', 'BK451 when not every row is there');
select throws_ok(format('select backup.compare_restore(%L, ''another'')', :'job'), 'BK412', null, 'BK412 for a worker that does not hold it');
select is(
  (testing.raised(format('do $do$ begin perform testing.did(%L); perform backup.compare_restore(%L, ''worker''); end $do$', (select format('truncate %s', oid::regclass) from pg_class where relnamespace = 'backup_staging'::regnamespace and relname like 'r\_%\_0\_w'), :'job'))).code, 'BK442',
  'BK442 when the server has crashed since, and what was staged is lost'
);
select backup.compare_restore(:'job', 'worker');
select is((select array[status, phase] from backup.restores where restore_id = :'restore'), '{previewed,NULL}', 'compared, it is previewed');
select is((select expires_at - previewed_at between interval '23 hours 59 minutes' and interval '24 hours 1 minute' from backup.restores where restore_id = :'restore'), true, 'for a day');
select is((select status from backup.jobs where job_id = :'job'), 'succeeded', 'the job is over');
select is((select testing.counts(preview, 'public.things') from backup.restores where restore_id = :'restore'), '{0,0,1,0}', 'and the differences are known');

-- chosen tables, chosen rows
select backup.request_restore(:'backup', tables => '{same,gone}') ->> 'id' as chosen \gset
select testing.claim(:'chosen', 'stage') as job \gset
select is(backup.begin_staging(:'job', 'worker') -> 'manifest', 'null', 'when nothing is to be fetched, not even the manifest is');
select set_eq('select name::text from testing.listed', '{same,gone}'::text[], 'only the chosen tables are looked at');
select is((select jsonb_path_query_array(drift, '$[*].kind') || to_jsonb(drift @> '[{"is_blocking": true}]') from testing.listed where name = 'gone'), '["table_gone", true]', 'a chosen table that is gone blocks');
select backup.compare_restore(:'job', 'worker');
select is((select jsonb_path_query_array(preview, '$.blocking[*].code') from backup.restores where restore_id = :'chosen'), '["table_gone"]', 'the preview says so');

-- types that have changed
select testing.did($$ alter table public.things alter "select" type integer using id, drop column mood, add column extra text, alter word type varchar(4) $$);
select backup.request_restore(:'backup', tables => '{things}') ->> 'id' as retyped \gset
select testing.claim(:'retyped', 'stage') as job \gset
select backup.begin_staging(:'job', 'worker') is not null as begun \gset
select is(testing.columns_of('things'), '{"id integer","select text","mood text","word text"}', 'what has another type, and what is gone, is staged as text');
select testing.fill_staging(:'job');
select backup.compare_restore(:'job', 'worker');
select is((select attname || ' ' || format_type(atttypid, atttypmod) from pg_attribute, testing.listed where attrelid = staged::regclass and attname = 'word'), 'word character varying(4)', 'then it is made of the live type');
select is((select jsonb_path_query_array(drift, '$[*] ? (@.is_blocking == true).column') from testing.listed), '["select"]', 'what does not fit stays text, and blocks');
select is((select jsonb_array_length(jsonb_path_query_first(drift, '$[*] ? (@.kind == "value_does_not_fit").sample')) from testing.listed), 5, 'the values are named');

-- a value that does not fit is found while it is copied
select testing.did($$ alter table public.things alter "select" type varchar(10) $$);
select backup.request_restore(:'backup', tables => '{things}') ->> 'id' as restaged \gset
select testing.claim(:'restaged', 'stage') as job \gset
select backup.begin_staging(:'job', 'worker') is not null as begun \gset
select testing.fill_staging(:'job');
select throws_ok(format('select backup.restage_as_text(%L, ''another'', 1)', :'job'), 'BK412', null, 'BK412 for a worker that does not hold it');
select backup.restage_as_text(:'job', 'worker', 1);
select is(testing.columns_of('things'), '{"id text","select text","mood text","word text"}', 'after a COPY that failed, all of the table is text');
select is((select is_text from testing.listed), true, 'as is written down');
select is((select count(*) from backup.restore_parts where restore_id = :'restaged' and staged_at is null), 4::bigint, 'all of its parts come once more');
select testing.fill_staging(:'job');
select testing.did(format('update %s set id = ''x'' where id = ''3''', (select staged from testing.listed)));
select backup.compare_restore(:'job', 'worker');
select is(
  (select jsonb_path_query_first(drift, '$[*] ? (@.kind == "value_does_not_fit")') #- '{message}' from testing.listed),
  '{"kind": "value_does_not_fit", "column": "id", "is_blocking": true, "sample": [{"key": {"id": "x"}, "value": "x"}]}', 'the comparison names the value'
);
select is((select is_blocked from testing.listed), true, 'and the table is not compared');
select is((select preview #> '{blocking,0,code}' from backup.restores where restore_id = :'restaged'), '"value_does_not_fit"', 'the preview says why');

-- all of them fit after all
select backup.request_restore(:'backup', tables => '{things}') ->> 'id' as fitting \gset
select testing.claim(:'fitting', 'stage') as job \gset
select backup.begin_staging(:'job', 'worker') is not null as begun \gset
select backup.restage_as_text(:'job', 'worker', 1);
select testing.fill_staging(:'job');
select backup.compare_restore(:'job', 'worker');
select is((select testing.counts(preview, 'public.things') from backup.restores where restore_id = :'fitting'), '{0,5,1,0}', 'texts that fit become values, and are compared as such');

-- a second attempt
select testing.did('update public.heap set body = ''z''');
select backup.request_restore(:'backup', tables => '{heap}') ->> 'id' as retried \gset
select testing.claim(:'retried', 'stage') as job \gset
select backup.begin_staging(:'job', 'worker') is not null as begun \gset
select testing.fill_staging(:'job');
create table testing.first_attempt as select staged from testing.listed;
select backup.fail_job(:'job', 'worker', '{"code": "storage_unavailable", "message": "m"}');
update backup.jobs set run_after = clock_timestamp() where job_id = :'job';
select testing.claim(:'retried', 'stage') = :'job' as claimed \gset
select backup.begin_staging(:'job', 'worker') is not null as begun \gset
select isnt((select staged from testing.listed), (select staged from testing.first_attempt), 'another attempt has tables of its own');
select is((select to_regclass(staged) from testing.first_attempt), null, 'those of the first are gone');
select is(jsonb_array_length(backup.staging_parts(:'job', 'worker')), 1, 'everything is fetched again');

select * from finish();
rollback;
