-- A rule that raises an error is reported, has failed, and takes no other rule with it.
begin;
\ir ../support.sql
select plan(12);

create table public.things (id integer primary key, amount integer, code text, box box);
insert into public.things values (1, 0, 'x', '((0,0),(1,1))'), (2, 5, '', null);
insert into backup.rules (id, table_name, columns, kind, parameters, severity, title, message) values
  ('things_ratio',  'public.things', '{amount}', 'expression', '{"condition": "1 / amount > 0"}',              'error',   'Ratio',  'no'),
  ('things_cast',   'public.things', '{code}',   'expression', '{"condition": "code::integer > 0"}',           'warning', 'Cast',   'no'),
  ('things_syntax', 'public.things', '{code}',   'expression', '{"condition": "code = ) or ( -- unfinished"}', 'error',   'Syntax', 'no'),
  ('things_even',   'public.things', '{amount}', 'expression', '{"condition": "amount % 2 = 0 -- even"}',      'error',   'Even',   'no');
select testing.add_rule('things_code', 'public.things', '{code}', 'required');
select testing.add_rule('things_box', 'public.things', '{box}', 'unique');
create table testing.report as select backup.validate_tables('{things}') as content;

select is(testing.outcome(content, 'things_ratio'),  'failed: It could not be evaluated: division by zero (22012).', 'an expression that raises') from testing.report;
select is(testing.outcome(content, 'things_cast'),   'failed: It could not be evaluated: invalid input syntax for type integer: "x" (22P02).', 'a cast that fails') from testing.report;
select alike(testing.outcome(content, 'things_syntax'), 'failed: It could not be evaluated: syntax error%', 'an expression that is no SQL') from testing.report;
select alike(testing.outcome(content, 'things_box'), 'failed: It could not be evaluated: %', 'a type that cannot be compared') from testing.report;
select is(testing.outcome(content, 'things_even'),   'failed 1: 2', 'an expression that holds, its comment included') from testing.report;
select is(testing.outcome(content, 'things_code'),   'failed 1: 2', 'the other rules are checked') from testing.report;
select is(content #> '{tables,0,rows}', '2', 'and the rows counted') from testing.report;
select is(concat_ws(' ', content ->> 'status', content ->> 'errors', content ->> 'warnings'), 'failed 5 1', 'nobody knows whether the data are good: each counts as one violation') from testing.report;

-- an expression about the whole record names no column
insert into backup.rules (id, table_name, kind, parameters, title, message) values ('things_whole', 'public.things', 'expression', '{"condition": "id + amount <> 1"}', 'Whole', 'no');
select is(testing.rule(backup.validate_tables('{things}'), 'things_whole') #> '{sample,0}', '{"record_id": "1", "label": null, "column": null, "value": null, "message": "no"}', 'an expression without columns');

select throws_ok($$ select backup.validate_table(0) $$, 'BK450', null, 'a table that has just been dropped');

-- trouble that is not the rule's is not blamed on it
create function testing.trouble() returns boolean language plpgsql as $$ begin raise exception using errcode = 'disk_full', message = 'no space left'; end $$;
insert into backup.rules (id, table_name, columns, kind, parameters, title, message) values ('things_trouble', 'public.things', '{id}', 'expression', '{"condition": "testing.trouble()"}', 'Trouble', 'no');
select throws_ok($$ select backup.validate_tables('{things}') $$, '53100', 'no space left', 'a disk that is full ends the run');
update backup.rules set is_enabled = false where id like 'things%';
select is(backup.validate_tables('{things}') ->> 'status', 'passed', 'disabled rules are not run');

select * from finish();
rollback;
