-- What a drill finds: rows that are lacking, parts that differ or were not looked at, keys without a parent; and what becomes of one that cannot be made.
begin;
\ir support.sql
select plan(48);

create table public.parents (a integer, b integer, note text, primary key (a, b));
create table public.children (id integer primary key, a integer, b integer, parent_id integer references public.children, foreign key (a, b) references public.parents);
insert into public.parents select n, n, 'note' from generate_series(1, 10) as n;
insert into public.children select n, n, n, null from generate_series(1, 10) as n;
insert into public.children values (11, 1, null, 1), (12, null, 99, 2), (13, null, null, null);
create table public.empty_one (id integer);
select testing.archive_of('parents', 'children', 'empty_one') as backup, testing.archive_of('empty_one') as empty_backup \gset
create table testing.source as select :'backup'::uuid as id, (select ordinal from backup.backup_tables where backup_id = :'backup' and table_name = 'parents') as parents,
  (select ordinal from backup.backup_tables where backup_id = :'backup' and table_name = 'children') as children;

-- What a drill says after something has been done to it: in the statement %1$s is its job, %2$s where its keys are.
create function testing.verdict(statement text default 'select', variadic but integer[] default '{}')
returns jsonb
language plpgsql
as $$
declare
  job uuid;
begin
  update public.backups set verified_at = '2026-01-01' where id = (select id from testing.source);
  job := testing.begun_drill((select id from testing.source));
  perform testing.drill_parts(job, variadic but);
  execute format(statement, quote_literal(job), 'backup_staging.' || backup.scratch_name(job, '1_k'));
  return backup.complete_drill(job, 'worker');
end;
$$;
create view testing.after as select verified_at, verification ->> 'status' as status from public.backups where id = (select id from testing.source);
create function testing.kinds(verdict jsonb)
returns text[]
language sql
as $$ select array(select entry.value ->> 'kind' from jsonb_array_elements(verdict -> 'differences') with ordinality as entry (value, position) order by position) $$;

select is(testing.verdict() ->> 'status', 'passed', 'as it is, it passes: a key that is partly null refers to nothing');

-- keys
create table testing.orphans as select testing.verdict(format('delete from %%2$s%s where a in (3, 4)', source.parents)) as verdict from testing.source;
select is(verdict ->> 'status', 'failed', 'parents that are lacking') from testing.orphans;
select is(verdict -> 'differences',
  '[{"kind": "foreign_key", "table": "public.children", "constraint": "children_a_b_fkey", "rows": 2, "message": "2 rows of public.children have no parent, against children_a_b_fkey, which held when the backup was made."}]',
  'are found by the keys, and counted') from testing.orphans;
select results_eq('table testing.after', $$ values (null::timestamptz, 'failed') $$, 'the backup is proved no longer');
select is((select array[kind, severity] from backup.notifications order by notification_id desc limit 1), '{drill_failed,error}', 'administrators are told');
select matches((select message from backup.notifications order by notification_id desc limit 1), 'is NOT what was stored: 2 rows of public.children have no parent', 'in so many words');
select results_eq('select action, outcome, details from testing.audited order by audit_log_id desc limit 1', $$ values ('drill', 'failed', '{"status": "failed", "differences": 1}'::jsonb) $$, 'it is in the audit log');
select is((select array[status, result ->> 'status'] from backup.jobs where kind = 'verify' order by created_at desc limit 1), '{succeeded,failed}', 'the job is done: it found what it was to find');
select is_empty('select testing.scratch()', 'nothing is left of it');
select is((select testing.verdict(format('delete from %%2$s%s where id = 2', source.children)) #> '{differences,0,rows}' from testing.source), '1', 'a row of the table itself');
select is((select testing.kinds(testing.verdict(format('delete from %%2$s%s', source.parents))) from testing.source), '{foreign_key}', 'no parent at all');
select is((select testing.verdict(format('update %%2$s%s set b = 0 where a = 5', source.parents)) #> '{differences,0,rows}' from testing.source), '1', 'half a key is none');

-- parts
create table testing.skipped as select testing.verdict('select', source.parents, source.children) as verdict from testing.source;
select is(verdict ->> 'status', 'failed', 'parts that nobody has looked at') from testing.skipped;
select is(testing.kinds(verdict), '{part_untested,part_untested,nothing_tested}', 'are told one by one') from testing.skipped;
select is((verdict #> '{differences,0}') - 'message', (select jsonb_build_object('kind', 'part_untested', 'table', 'public.children', 'part', name) from backup.backup_parts where backup_id = :'backup' and ordinal = 1), 'which they are') from testing.skipped;
select is(verdict -> 'rows', '0', 'with what was restored') from testing.skipped;
create table testing.damaged as
select testing.verdict(format('select backup.record_difference(%%1$s, ''worker'', %s, ''{"kind": "part_corrupt", "message": "It is not what was stored.", "expected_sha256": "x"}'')', source.parents), source.parents) as verdict from testing.source;
select is(verdict -> 'differences',
  (select jsonb_build_array(jsonb_build_object('kind', 'part_corrupt', 'message', 'It is not what was stored.', 'expected_sha256', 'x', 'part', name, 'table', 'public.parents')) from backup.backup_parts as part, testing.source
   where part.backup_id = source.id and part.ordinal = source.parents), 'a part that is damaged; what it would have held is not missed as well') from testing.damaged;
select is((select (entry -> 'rows')::integer from jsonb_array_elements(verdict -> 'tables') as entry where entry ->> 'table' = 'public.parents'), 0, 'its rows were not restored') from testing.damaged;
select is((verdict -> 'raw_bytes')::bigint, 130::bigint, 'its bytes prove nothing') from testing.damaged;
select is(testing.kinds(testing.verdict('select backup.record_difference(%1$s, ''worker'', 0, ''{"kind": "part_missing", "message": "m"}'')', 0)), '{part_missing}', 'script may be damaged, too');
select is((select testing.kinds(testing.verdict(format('select backup.record_difference(%%1$s, ''worker'', %s, ''{"kind": "part_missing", "message": "m"}'')', source.parents))) from testing.source), '{}', 'what has been proved stays proved, whatever is said afterwards');

-- counts
create table testing.counted as select testing.verdict(format('update backup.drilled_parts set row_count = 9 where job_id = %%1$s and ordinal = %s', source.parents)) as verdict from testing.source;
select is(verdict -> 'differences', '[{"kind": "row_count", "table": "public.parents", "rows": 9, "expected_rows": 10, "message": "public.parents has 9 rows; the manifest says 10."}]', 'rows against the manifest') from testing.counted;

-- nothing tested
select testing.begun_drill(:'empty_backup') as job \gset
select testing.drill_parts(:'job');
create table testing.nothing as select backup.complete_drill(:'job', 'worker') as verdict;
select is(verdict ->> 'status', 'failed', 'a backup without a row proves nothing') from testing.nothing;
select is(testing.kinds(verdict), '{nothing_tested}', 'and says so') from testing.nothing;
select testing.begun_drill(:'backup') as job \gset
select is(testing.kinds(backup.complete_drill(:'job', 'worker')) @> '{part_untested,nothing_tested}', true, 'nor does a drill that did nothing');

-- cannot be made
create function testing.end_of(error jsonb)
returns jsonb
language plpgsql
as $$
declare
  job uuid;
begin
  update public.backups set verified_at = '2026-01-01', verification = null where id = (select id from testing.source);
  job := testing.begun_drill((select id from testing.source));
  perform testing.drill_part(job, 1);
  perform backup.fail_job(job, 'worker', error);
  return (select verification from public.backups where id = (select id from testing.source));
end;
$$;
select is(testing.end_of('{"code": "identity_missing", "message": "No identity.", "details": {"hint": 1}}') - array['job_id', 'started_at', 'duration_ms', 'tables'],
  '{"status": "error", "parts": 1, "rows": 13, "raw_bytes": 130, "foreign_keys": 2, "differences": [{"kind": "identity_missing", "message": "No identity.", "hint": 1}]}', 'a drill that cannot be made says why');
select results_eq('table testing.after', $$ values ('2026-01-01'::timestamptz, 'error') $$, 'and nothing about the backup');
select is((select array[kind, severity] from backup.notifications order by notification_id desc limit 1), '{drill_failed,warning}', 'administrators are told');
select matches((select message from backup.notifications order by notification_id desc limit 1), 'could not be proved: No identity\.$', 'what it was');
select is_empty('select testing.scratch()', 'nothing is left of it');
select is_empty('select * from backup.drilled_parts', 'nowhere');
select is(testing.end_of(jsonb_build_object('code', code, 'message', 'm')) ->> 'status', 'failed', 'the manifest itself: ' || code) from unnest('{part_corrupt,part_missing}'::text[]) as code;
select is((select verified_at from testing.after), null, 'that is a fault of the backup');

-- tried again, called off, given up
update public.backups set verified_at = '2026-01-01', verification = null where id = :'backup';
select testing.begun_drill(:'backup') as job \gset
select testing.drill_part(:'job', 1);
select is(backup.fail_job(:'job', 'worker', '{"code": "storage_unavailable", "message": "m"}'), 'retried', 'a storage that does not answer');
select is((select verification from public.backups where id = :'backup'), null, 'says nothing yet');
update backup.jobs set run_after = clock_timestamp() where job_id = :'job';
select is(testing.claim_work() ->> 'job_id', :'job', 'it is tried again');
select backup.begin_drill(:'job', 'worker') is not null as begun \gset
select ok((select bool_and(name like '%\_2\_k%') from testing.scratch() as name), 'with tables of its own, those of the first attempt are gone');
select is_empty('select * from backup.drilled_parts', 'from the beginning');
select testing.drill_parts(:'job');
select is(backup.complete_drill(:'job', 'worker') ->> 'status', 'passed', 'and passes');
select testing.begun_drill(:'backup') as job \gset
select backup.cancel_job(:'job', 'As tested.');
select is_empty('select testing.scratch()', 'one that is called off leaves nothing');
select results_eq('select status from testing.after', $$ values ('passed') $$, 'and says nothing');
select throws_ok(format('select testing.drill_part(%L, 1)', :'job'), 'BK412', null, 'its worker is told so');
select testing.begun_drill(:'backup') as job \gset
update backup.jobs set attempt_count = 3, lease_expires_at = clock_timestamp() where job_id = :'job';
select is(testing.claim_work('other'), null, 'one whose worker went silent too often');
select is((select verification #>> '{differences,0,kind}' from public.backups where id = :'backup'), 'worker_lost', 'could not be made');
select is((select status from testing.after), 'error', 'which is no fault of the backup');

-- scratch that was left
create table testing.left as select format('v_%s_1_k1', replace(gen_random_uuid()::text, '-', '')) as name;
select testing.begun_drill(:'backup') as job \gset
select format('create table backup_staging.%I (id integer)', name) as statement from testing.left \gexec
create table backup_staging.other (id integer);
select backup.sweep_drills();
select is_empty('select name from testing.scratch() as name join testing.left using (name)', 'the sweep drops what is left of drills that nobody makes any more');
select ok((select count(*) filter (where name like 'v\_%') > 0 and count(*) filter (where name = 'other') = 1 from testing.scratch() as name), 'and nothing else');

select * from finish();
rollback;
