-- The report: its shape, its counts, its samples.
begin;
\ir ../support.sql
select plan(19);

create table public.people (id integer primary key, name text, email text, age integer, nick text);
insert into public.people select number, 'Person ' || number, case when number > 250 then 'p' || number || '@example.org' else 'broken ' || number end, number, 'x' from generate_series(1, 300) as number;
update public.people set name = ' ' where id in (1, 2, 299);
update public.people set nick = repeat('ä', 1000) where id = 300;
select testing.add_rule('people_email', 'public.people', '{email}', 'email');
select testing.add_rule('people_name', 'public.people', '{name}', 'required', severity => 'warning');
select testing.add_rule('people_nick', 'public.people', '{nick}', 'max_length', '{"length": 999}', 'warning');
select testing.add_rule('people_height', 'public.people', '{height}', 'positive');
create table testing.report as select backup.validate_tables('{people}') as content;

select set_eq($$ select jsonb_object_keys(content) from testing.report $$, '{status,started_at,duration_ms,errors,warnings,tables}'::text[], 'a report has these members');
select set_eq($$ select jsonb_object_keys(content #> '{tables,0}') from testing.report $$, '{table,rows,invalid_rows,status,errors,warnings,rules}'::text[], 'a table of it these');
select set_eq($$ select jsonb_object_keys(testing.rule(content, 'people_email')) from testing.report $$, '{id,title,severity,status,violations,sample,suggestion}'::text[], 'a rule these');
select set_eq($$ select jsonb_object_keys(testing.rule(content, 'people_email') #> '{sample,0}') from testing.report $$, '{record_id,label,column,value,message}'::text[], 'a sample these');
select ok(content ->> 'started_at' ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$' and jsonb_typeof(content -> 'duration_ms') = 'number', 'times') from testing.report;

select is(testing.rule(content, 'people_email') ->> 'violations', '250', 'the count is exact') from testing.report;
select is(jsonb_array_length(testing.rule(content, 'people_email') -> 'sample'), 100, 'a sample has at most 100 records') from testing.report;
select is((select count(distinct finding ->> 'record_id') from testing.report, jsonb_array_elements(testing.rule(content, 'people_email') -> 'sample') as finding), 100::bigint, 'different ones');
select is(content #> '{tables,0,invalid_rows}', '252', 'a record that breaks several rules is one invalid record') from testing.report;
select is(content #> '{tables,0,rows}', '300', 'all rows are counted') from testing.report;
select is(concat_ws(' ', content ->> 'status', content ->> 'errors', content ->> 'warnings'), 'failed 250 4', 'errors and warnings count violations') from testing.report;
select is(concat_ws(' ', content #>> '{tables,0,status}', content #>> '{tables,0,errors}', content #>> '{tables,0,warnings}'), 'failed 250 4', 'for each table too') from testing.report;
select is(testing.outcome(content, 'people_height'), 'not_applicable: public.people has no column height', 'a rule that does not apply says so') from testing.report;
select is(testing.outcome(content, 'table_key'), 'passed 0', 'the structure is checked as well') from testing.report;

select is(finding - 'record_id', '{"label": "Person 7", "column": "email", "value": "broken 7", "message": "email of public.people is broken 7"}', 'column, value and message of a record')
  from testing.report, jsonb_array_elements(testing.rule(content, 'people_email') -> 'sample') as finding where finding ->> 'record_id' = '7';
select is(length(testing.rule(content, 'people_nick') #>> '{sample,0,value}'), 200, 'a long value is shortened') from testing.report;
select ok(not testing.rule(content, 'people_nick') #>> '{sample,0,message}' ~ 'ä{201}', 'in the message too') from testing.report;
select is(testing.rule(content, 'people_name') #>> '{sample,0,label}', 'broken 1', 'a record without a name is called by what else it has') from testing.report;

delete from public.people where id <= 250 or id in (299, 300);
select is(backup.validate_tables('{people}') - '{started_at,duration_ms,tables}'::text[], '{"status": "passed", "errors": 0, "warnings": 0}', 'nothing wrong');

select * from finish();
rollback;
