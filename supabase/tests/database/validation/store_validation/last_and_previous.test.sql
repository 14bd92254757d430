-- What was found before: the run before a run, and the newest of all.
begin;
\ir ../support.sql
select plan(20);

delete from backup.validation_runs;
select testing.sign_out() \g /dev/null
select throws_ok('select backup.last_validation()', 'BK403', null, 'nobody may not');
select testing.sign_in_as('alumni') \g /dev/null
select throws_ok('select backup.last_validation()', 'BK403', null, 'nor a member');
select testing.sign_in_as('admin') \g /dev/null
select is(backup.last_validation(), '{"report": null}', 'nothing has been run');

create table public.people (id integer primary key, name text, email text);
insert into public.people values (1, 'Ada', 'broken'), (2, null, 'also broken'), (3, 'Cleo', 'c@example.org');
select testing.add_rule('people_email', 'public.people', '{email}', 'email');
select testing.add_rule('people_name', 'public.people', '{name}', 'required', severity => 'warning');
select testing.add_rule('people_age', 'public.people', '{age}', 'positive');

create table testing.first as select backup.run_validation('{people,roles}') as report;
select is(report -> 'previous', 'null', 'the first run has none before it') from testing.first;
select is(report -> 'backup_id', 'null', 'it belongs to no backup') from testing.first;
select is(backup.last_validation() -> 'report', report, 'as long as there is none of all tables, the newest is shown; it is what was answered, samples and all') from testing.first;
select is(jsonb_array_length(testing.rule(backup.last_validation() -> 'report', 'people_email') -> 'sample'), 2, 'with samples');

update public.people set email = 'a@example.org' where id = 1;
create table testing.other as select backup.run_validation('{people}') as report;
select is(report -> 'previous', 'null', 'a run of other tables is not compared with') from testing.other;
create table testing.second as select backup.run_validation('{roles,people}') as report;
select is(second.report #> '{previous,run_id}', first.report -> 'run_id', 'one of the same tables is, in whatever order') from testing.first, testing.second;
select is(second.report #> '{previous,started_at}', first.report -> 'started_at', 'when it was') from testing.first, testing.second;
select set_eq(
  $$ select concat_ws(' ', rule ->> 'table', rule ->> 'id', rule ->> 'status', rule -> 'violations') from testing.second, jsonb_array_elements(report #> '{previous,rules}') as rule where rule ->> 'id' like 'people%' $$,
  '{public.people people_email failed 2,public.people people_name failed 1}'::text[],
  'what it found; a rule that was not applicable is not among it');
select is(testing.rule(report, 'people_email') -> 'violations', '1', 'and what is found now') from testing.second;

-- runs of backups count as well
select testing.backup() as backup \gset
select pg_sleep(0.002) \g /dev/null
create table testing.of_backup as select backup.store_validation(backup.validate_tables('{people,roles}'), :'backup') as id;
create table testing.third as select backup.run_validation('{people,roles}') as report;
select is(report #>> '{previous,run_id}', (select id::text from testing.of_backup), 'the run of a backup is one before') from testing.third;
select is(report #>> '{previous,backup_id}', :'backup'::text, 'and says of which') from testing.third;
delete from public.backups where id = :'backup';
select is(backup.previous_run((report ->> 'run_id')::uuid) -> 'run_id', (select report -> 'run_id' from testing.second), 'when that is gone, the one before counts') from testing.third;

-- a run of everything
create table testing.whole as select backup.run_validation() as report;
select pg_sleep(0.002) \g /dev/null
create table testing.late as select backup.run_validation('{people}') as report;
select is(backup.last_validation() #> '{report,run_id}', report -> 'run_id', 'a run of all tables goes before a later one of some') from testing.whole;
select is(backup.last_validation() -> 'report', report, 'every member of it') from testing.whole;
create table testing.again as select backup.run_validation() as report;
select is(backup.last_validation() #> '{report,run_id}', report -> 'run_id', 'of those the newest') from testing.again;
select is(report #> '{previous,run_id}', (select report -> 'run_id' from testing.whole), 'which knows the one before') from testing.again;
select is(tables, array(select schema_name || '.' || table_name from backup.select_tables() order by schema_name || '.' || table_name collate "C"), 'its tables stand in the run')
from backup.validation_runs, testing.again where id = (again.report ->> 'run_id')::uuid;

select * from finish();
rollback;
