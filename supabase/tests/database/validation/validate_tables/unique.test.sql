-- unique: values that several records share.
begin;
\ir ../support.sql
select plan(9);

create table public.people (id integer primary key, mail text, first text, year integer, mood box, tags text[]);
insert into public.people (id, mail, first, year) values
  (1, 'a@b.co', 'Ann', 2000), (2, 'A@B.co', 'Ann', 2000), (3, 'c@d.co', 'ann', 2000), (4, null, 'Ann', null), (5, null, 'Ann', null), (6, 'É@é.co', 'x', 1), (7, 'é@É.co', 'y', 1), (8, 'c@d.co', 'z', 2);
select testing.add_rule('people_mail', 'public.people', '{mail}', 'unique');
select testing.add_rule('people_mail_folded', 'public.people', '{mail}', 'unique', '{"ignore_case": true}');
select testing.add_rule('people_pair', 'public.people', '{first,year}', 'unique');
select testing.add_rule('people_pair_folded', 'public.people', '{first,year}', 'unique', '{"ignore_case": true}');
select testing.add_rule('people_tags', 'public.people', '{tags}', 'unique');
create table testing.report as select backup.validate_tables('{people}') as content;
select is(testing.outcome(content, 'people_mail'), 'failed 2: 3, 8', 'every record that shares a value; NULL is not shared') from testing.report;
select is(testing.outcome(content, 'people_mail_folded'), 'failed 6: 1, 2, 3, 6, 7, 8', 'ignoring case, beyond ASCII too') from testing.report;
select is(testing.outcome(content, 'people_pair'), 'failed 2: 1, 2', 'several columns') from testing.report;
select is(testing.outcome(content, 'people_pair_folded'), 'failed 3: 1, 2, 3', 'several columns, ignoring case where there is case') from testing.report;
select is(testing.outcome(content, 'people_tags'), 'passed 0', 'arrays') from testing.report;

-- an index is a proof, unless case is to be ignored
delete from public.people where id = 8;
create unique index people_mail_idx on public.people (mail);
create view testing.scans as select seq_scan from pg_stat_xact_user_tables where relid = 'public.people'::regclass;
select is(testing.outcome(backup.validate_tables('{people}'), 'people_mail_folded'), 'failed 4: 1, 2, 6, 7', 'an index on the values as they are proves nothing about their case');
delete from public.people where id in (2, 6, 7);
select is(testing.outcome(backup.validate_tables('{people}'), 'people_mail_folded'), 'passed 0', 'with only one of each');
create table testing.before_run as select * from testing.scans;
select is(testing.outcome(jsonb_build_object('tables', jsonb_build_array(jsonb_build_object('table', 'x', 'rules', jsonb_build_array(
    backup.check_unique('public.people'::regclass, (select to_jsonb(rule) || '{"reason": null}' from backup.rules as rule where id = 'people_mail')))))), 'people_mail'), 'passed 0', 'a unique index is a proof');
select is((select scans.seq_scan - before_run.seq_scan from testing.scans, testing.before_run), 0::bigint, 'that needs no look at the table');

select * from finish();
rollback;
