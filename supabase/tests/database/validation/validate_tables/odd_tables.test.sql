-- Names, keys and kinds of tables that real databases have.
begin;
\ir ../support.sql
select plan(17);

-- names
create table public."User" ("Id" integer primary key, "E-Mail" text, "t" text, s text, l text, key text, "row" text, op text, "p""q'r\" text);
insert into public."User" ("Id", "E-Mail", "t", s, l, key, "row", op) values (1, 'a@b.co', 't', 's', 'l', 'k', 'r', 'o'), (2, 'no', ' ', ' ', ' ', ' ', ' ', ' ');
create table public."2019" (a integer primary key);
insert into public."2019" values (0), (1);
select testing.add_rule('user_email', 'public.User', '{E-Mail}', 'email');
select testing.add_rule('user_blank', 'public.User', '{t,s,l,key,row,op}', 'required');
select testing.add_rule('user_odd', 'public.User', '{"p\"q''r\\"}', 'required');
select testing.add_rule('user_unique', 'public.User', '{row,"p\"q''r\\"}', 'unique', '{"ignore_case": true}');
select testing.add_rule('year_positive', 'public.2019', '{a}', 'positive');
create table testing.report as select backup.validate_tables('{User,2019}') as content;
select is(testing.outcome(content, 'user_email'), 'failed 1: 2', 'mixed case and a hyphen') from testing.report;
select is(testing.rule(content, 'user_blank') #>> '{sample,0,column}', 't, s, l, key, row, op', 'columns named like our own aliases; all that are at fault are named') from testing.report;
select is(testing.outcome(content, 'user_odd'), 'failed 2: 1, 2', 'quotes of both kinds and a backslash') from testing.report;
select is(testing.outcome(content, 'user_unique'), 'passed 0', 'unique over such columns') from testing.report;
select is(testing.outcome(content, 'year_positive'), 'failed 1: 0', 'a table named 2019') from testing.report;

-- keys
create table public.pairs (b text, a integer, name text, primary key (a, b));
insert into public.pairs values ('x"y', 1, ' ');
create table public.keyless (name text);
insert into public.keyless values ('x'), (null);
create table public.bare ();
insert into public.bare default values;
select testing.add_rule('pairs_name', 'public.pairs', '{name}', 'required');
select testing.add_rule('keyless_name', 'public.keyless', '{name}', 'required');
truncate testing.report;
insert into testing.report select backup.validate_tables('{pairs,keyless,bare}');
select is((testing.rule(content, 'pairs_name') #>> '{sample,0,record_id}')::jsonb, '{"a": 1, "b": "x\"y"}', 'a key of several columns is a JSON object') from testing.report;
select is(testing.outcome(content, 'keyless_name'), 'failed 1: ctid (0,2)', 'a row of a table without a key is where it lies') from testing.report;
select is(testing.outcome(content, 'table_key', 'public.keyless'), 'failed 1: -', 'a table without a key is warned of') from testing.report;
select is(testing.outcome(content, 'table_key', 'public.pairs'), 'passed 0', 'one with a key is not') from testing.report;
select is(content #> '{tables,2,rows}' || (content #> '{tables,0,rows}'), '[1, 1]', 'tables without columns have rows') from testing.report;

-- partitions and inheritance: the rows that a backup of the table holds
create table public.logs (day date, note text, primary key (day)) partition by range (day);
create table public.logs_1 partition of public.logs for values from ('2026-01-01') to ('2026-02-01');
create table public.logs_2 partition of public.logs for values from ('2026-02-01') to ('2026-03-01');
insert into public.logs values ('2026-01-01', ' '), ('2026-01-02', 'x'), ('2026-02-01', ' ');
create table public.parents (id integer primary key, name text);
create table public.children () inherits (public.parents);
insert into public.parents values (1, ' ');
insert into public.children values (2, ' '), (3, ' ');
select testing.add_rule('logs_note', 'public.logs', '{note}', 'required');
select testing.add_rule('parents_name', 'public.parents', '{name}', 'required');
truncate testing.report;
insert into testing.report select backup.validate_tables('{logs,parents}');
select is(testing.outcome(content, 'logs_note'), 'failed 2: 2026-01-01, 2026-02-01', 'rows of all partitions, though their ctids are the same') from testing.report;
select is(testing.outcome(content, 'parents_name'), 'failed 1: 1', 'not the rows of tables that inherit') from testing.report;

-- row level security does not hide anything, or the run fails
alter table public.parents enable row level security;
alter table public.parents force row level security;
select is(backup.validate_tables('{parents}') #> '{tables,0,rows}', '1', 'FORCE ROW LEVEL SECURITY');

-- types
create domain testing.mail as varchar(100);
create table public.typed (id bigint primary key, mail testing.mail, year smallint, day date, price numeric, doc jsonb, seen timestamp);
insert into public.typed values (1, 'x', 99, current_date - 1, 0, 'null', now() - interval '1 day'), (2, 'a@b.co', 2000, current_date, 0.1, '{}', now() + interval '1 day');
select testing.add_rule('typed_mail', 'public.typed', '{mail}', 'email');
select testing.add_rule('typed_year', 'public.typed', '{year}', 'matches', '{"pattern": "^\\d{4}$"}');
select testing.add_rule('typed_time', 'public.typed', '{day,seen}', 'in_future');
select testing.add_rule('typed_price', 'public.typed', '{price}', 'positive');
select testing.add_rule('typed_doc', 'public.typed', '{doc}', 'required');
select testing.add_rule('typed_text', 'public.typed', '{doc}', 'email');
select testing.add_rule('typed_order', 'public.typed', '{day,seen}', 'date_order');
select set_eq(
  $$ select * from testing.outcomes(backup.validate_tables('{typed}'), 'public.typed') $$,
  $$ values ('typed_mail', 'failed 1: 1'), ('typed_year', 'failed 1: 1'), ('typed_time', 'failed 1: 1'), ('typed_price', 'failed 1: 1'), ('typed_doc', 'failed 1: 1'),
            ('typed_text', 'not_applicable: doc is of type jsonb') $$,
  'domains, smallint, date, timestamp, numeric, jsonb');

-- names that no table has
select is((backup.validate_tables('{achievements}') #> '{tables,0}') - 'rules'::text,
  '{"table": "public.achievements", "rows": 0, "invalid_rows": 0, "status": "not_applicable", "errors": 0, "warnings": 0, "reason": "public.achievements does not exist"}',
  'a table that rules know, but the database does not');
select is(jsonb_path_query_array(backup.validate_tables('{typed,public.achievements}'), '$.tables[*].table'), '["public.typed", "public.achievements"]', 'beside one that exists');
select is((testing.raised($$ select backup.validate_tables('{typed,achievements,nowhere,people;drop}') $$)).detail,
  '{"tables": [{"table": "nowhere", "reason": "does not exist"}, {"table": "people;drop", "reason": "does not exist"}]}', 'any other name is refused');

select * from finish();
rollback;
