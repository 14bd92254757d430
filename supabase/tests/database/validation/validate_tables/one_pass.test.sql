-- However many rules, a table is read once; samples are fetched from where the records lie.
begin;
\ir ../support.sql
select plan(7);

create table public.wide (id integer primary key, a text, b text, c integer);
insert into public.wide select number, case when number % 7 > 0 then 'a' end, 'b', number from generate_series(1, 1000) as number;
select testing.add_rule('wide_' || number, 'public.wide', '{b}', 'max_length', jsonb_build_object('length', number)) from generate_series(1, 130) as number;
select testing.add_rule('wide_a', 'public.wide', '{a}', 'required');
select testing.add_rule('wide_c', 'public.wide', '{c}', 'one_of', '{"values": [1, 2, 3]}', 'warning');
update backup.rules set parameters = '{"condition": "length(b) <> 1 or c < 900"}', kind = 'expression' where id = 'wide_130';

create view testing.scans as select seq_scan, idx_scan from pg_stat_xact_user_tables where relid = 'public.wide'::regclass;
create table testing.before_run as select * from testing.scans;
create table testing.report as select backup.validate_tables('{wide}') as content;

select is((select scans.seq_scan - before_run.seq_scan from testing.scans, testing.before_run), 1::bigint, 'one scan for 132 rules, samples included');
select is(testing.rule(content, 'wide_a') ->> 'violations', '142', 'the first word of the mask') from testing.report;
select is(testing.rule(content, 'wide_130') ->> 'violations', '101', 'the last word of the mask') from testing.report;
select is(testing.rule(content, 'wide_c') ->> 'violations', '997', 'a rule that nearly every row breaks') from testing.report;
select is((select count(*) from testing.report, jsonb_array_elements(content #> '{tables,0,rules}') as rule where rule ->> 'status' = 'passed'), 130::bigint, '129 rules passed, and there is a key') from testing.report;
select is(content #> '{tables,0,invalid_rows}', '997', 'records are counted once') from testing.report;

-- the plan lets several processes share the pass where a table is large
set local min_parallel_table_scan_size = 0;
set local parallel_setup_cost = 0;
set local parallel_tuple_cost = 0;
create function testing.plan_of(statement text) returns setof text language plpgsql as $$ begin return query execute 'explain (costs off) ' || statement; end $$;
select isnt_empty($$ select line from testing.plan_of(backup.tally_statement('public.wide'::regclass, array['t.a is null', 't.b !~ ''x''', 't.c < 5'])) as line where line ~ 'Partial .*Aggregate|Parallel Seq Scan' $$,
  'parallel workers can take part');

select * from finish();
rollback;
