-- Runs and findings: who may run, what is kept, for how long.
begin;
\ir ../support.sql
select plan(18);

create table public.people (id integer primary key, name text, email text);
insert into public.people select number, nullif('Person ' || number, 'Person 3'), 'broken' from generate_series(1, 150) as number;
select testing.add_rule('people_email', 'public.people', '{email}', 'email');
select testing.add_rule('people_name', 'public.people', '{name}', 'required', severity => 'warning');

-- who
select testing.sign_out() \g /dev/null
select throws_ok($$ select backup.run_validation('{people}') $$, 'BK403', null, 'nobody may not');
select testing.sign_in_as('alumni') \g /dev/null
select throws_ok($$ select backup.run_validation('{people}') $$, 'BK403', null, 'a member may not');
create table testing.admin as select testing.sign_in_as('admin') as id;

-- run_validation
create table testing.report as select backup.run_validation('{people,achievements}') as content;
select is(concat_ws(' ', content ->> 'status', content ->> 'errors', content ->> 'warnings'), 'failed 150 1', 'the report') from testing.report;
create view testing.run as select run.* from backup.validation_runs as run, testing.report where run.id = (content ->> 'run_id')::uuid;
select is(concat_ws(' ', status, error_count, warning_count, row_count), 'failed 150 1 150', 'the run is stored') from testing.run;
select is(requested_by, (select id from testing.admin), 'with the person') from testing.run;
select is(jsonb_path_query_array(report, '$.tables[*].rules[*].sample'), '[]', 'the report without its samples') from testing.run;
select is(report #> '{tables,0,rules,0,violations}', '150', 'but with its counts') from testing.run;
select results_eq($$ select rule_id, severity, count(*), min(ordinal), max(ordinal) from backup.validation_findings where run_id = (select id from testing.run) group by 1, 2 order by 4 $$,
  $$ values ('people_email', 'error', 100::bigint, 1, 100), ('people_name', 'warning', 1::bigint, 101, 101) $$, 'findings are the samples, in order');
select is(to_jsonb(finding) - '{run_id,ordinal}'::text[],
  '{"table_name": "public.people", "rule_id": "people_name", "severity": "warning", "record_id": "3", "label": "broken", "column_name": "name", "value": null, "message": "name of public.people is NULL", "suggestion": null}',
  'with all that a person must know') from backup.validation_findings as finding where rule_id = 'people_name' and run_id = (select id from testing.run);
select is((select concat_ws(' ', action, outcome, target = (select id::text from testing.run), details ->> 'status') from testing.audited), 'validate succeeded t failed', 'the run is audited');
select throws_ok($$ select backup.run_validation('{nowhere}') $$, 'BK420', null, 'an unknown table is refused');

-- store_validation, as a worker calls it
select testing.sign_out() \g /dev/null
create table testing.made as select testing.backup() as id;
create table testing.stored as select backup.store_validation(backup.validate_tables('{people}'), id) as id from testing.made;
select is(backup_id, (select id from testing.made), 'a run of a backup') from backup.validation_runs where id = (select id from testing.stored);
select throws_ok($$ select backup.store_validation('{"status": "passed", "started_at": "2026-01-01T00:00:00Z", "duration_ms": 1, "errors": 1, "warnings": 0, "tables": []}') $$, '23514', null, 'a report that contradicts itself is not stored');
select throws_ok($$ select backup.store_validation('{}') $$, '23502', null, 'nor one that is none');

-- retention
update backup.validation_runs set created_at = now() - interval '91 days';
update backup.settings set value = '90' where key = 'validation_retention_days';
create table testing.kept as select backup.store_validation(backup.validate_tables('{people}')) as id;
select is((select count(*) from testing.run), 0::bigint, 'a run on its own is forgotten after ninety days');
select is((select count(*) from backup.validation_findings where run_id not in (select id from backup.validation_runs)), 0::bigint, 'with its findings');
select is((select count(*) from backup.validation_runs where id = (select id from testing.stored)), 1::bigint, 'a run of a backup is kept as long as the backup');
delete from public.backups where id = (select id from testing.made);
select is((select count(*) from backup.validation_runs where id = (select id from testing.stored)), 0::bigint, 'and no longer');

select * from finish();
rollback;
