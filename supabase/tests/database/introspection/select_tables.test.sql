-- select_tables(): what is in a backup, by default and by choice; every bad name of a choice is named, with its reason.
begin;
\ir ../support.sql
select plan(27);

create schema archive;
create table archive.letters (id integer);
create table archive.notes (id integer);
create table public."Zebra crossing" (id integer);
create table public."2019" (id integer);
create view public.a_view as select 1 as id;
create table public.whole (id integer) partition by range (id);
create table public.half partition of public.whole for values from (0) to (10);
create table public.child () inherits (public.events);

create view testing.selected as select schema_name || '.' || table_name as name from backup.select_tables();

-- by default
select set_eq(
  'select name from testing.selected',
  $$
    select 'public.' || relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'backups'
  $$,
  'by default, every ordinary and partitioned table of public but ours'
);
select ok(exists (select from testing.selected where name = 'public.whole'), 'a partitioned table is one table');
select ok(not exists (select from testing.selected where name = 'public.half'), 'its partitions are not');
select ok(exists (select from testing.selected where name = 'public.child'), 'an inheriting table is a table of its own');
select ok(not exists (select from testing.selected where name = 'public.a_view'), 'views are left out');
select is(
  (select array_agg(ordinal order by ordinal) from backup.select_tables()), (select array_agg(n::integer) from generate_series(1, (select count(*) from testing.selected)) as n),
  'numbered from 1 without a gap'
);
select results_eq(
  'select table_name from backup.select_tables() order by ordinal',
  'select table_name from backup.select_tables() order by table_name collate "C"',
  'in the order of their names, the same on every machine'
);

-- the settings
update backup.settings set value = '["archive.letters"]' where key = 'extra_tables';
select ok(exists (select from testing.selected where name = 'archive.letters'), 'extra_tables adds tables of other schemas');
select ok(not exists (select from testing.selected where name = 'archive.notes'), 'those that it names only');
select is((select table_name from backup.select_tables() order by ordinal desc limit 1), 'letters', 'they come behind public''s');
update backup.settings set value = '["public.events", "archive.letters"]' where key = 'excluded_tables';
select ok(not exists (select from testing.selected where name in ('public.events', 'archive.letters')), 'excluded_tables leaves tables out');
select is((select count(*) from backup.select_tables('{events}')), 1::bigint, 'of the default: who names one gets it');
update backup.settings set value = '["archive.leters"]' where key = 'extra_tables';
select throws_ok('select backup.select_tables()', 'BK420', 'These tables cannot be backed up: archive.leters does not exist.', 'a misspelt extra table is named, not left out');
delete from backup.settings where key in ('extra_tables', 'excluded_tables');
select cmp_ok((select count(*) from testing.selected), '>', 5::bigint, 'without the settings there is still a default');
select throws_ok('select backup.select_tables(''{archive.letters}'')', 'BK420', null, 'which other schemas have no part in');

-- by choice
select results_eq(
  $$ select schema_name, table_name, ordinal from backup.select_tables('{user_roles,public.profiles,Zebra crossing,2019}') $$,
  $$ values ('public', '2019', 1), ('public', 'Zebra crossing', 2), ('public', 'profiles', 3), ('public', 'user_roles', 4) $$,
  'a choice, by bare and by qualified name, in the order of the archive'
);

create function testing.reasons(tables text[])
returns jsonb
language sql
as $$ select raised.detail -> 'tables' from testing.raised(format('select * from backup.select_tables(%L)', tables)) as raised $$;

select is((testing.raised('select * from backup.select_tables(''{nobody}'')')).code, 'BK420', 'one bad name refuses the whole choice');
select is(testing.reasons('{profiles,nobody}'), '[{"table": "nobody", "reason": "does not exist"}]', 'it is named, as it was asked for');
select is(
  testing.reasons('{nobody,public.backups,profiles,a_view,public.half,archive.notes,backup.settings}'),
  '[
    {"table": "nobody",          "reason": "does not exist"},
    {"table": "public.backups",  "reason": "belongs to the backup system itself"},
    {"table": "a_view",          "reason": "is a view"},
    {"table": "public.half",     "reason": "is a partition: name public.whole instead"},
    {"table": "archive.notes",   "reason": "is outside schema public and not named in the setting extra_tables"},
    {"table": "backup.settings", "reason": "belongs to the backup system itself"}
  ]',
  'every bad one is named, in the order of the request'
);
select is(
  testing.reasons('{events,profiles,public.events,events}'),
  '[{"table": "public.events", "reason": "is named twice"}, {"table": "events", "reason": "is named twice"}]',
  'a table that is named twice, in whichever way'
);
select is(
  testing.reasons(array['profiles; drop table public.profiles', '"; select 1; --', 'profiles'' or ''1''=''1']),
  '[
    {"table": "profiles; drop table public.profiles", "reason": "does not exist"},
    {"table": "\"; select 1; --",                     "reason": "does not exist"},
    {"table": "profiles'' or ''1''=''1",              "reason": "does not exist"}
  ]',
  'SQL in a name is but a name that does not exist'
);
select is(
  (testing.raised('select * from backup.select_tables(''{nobody,a_view}'')')).message,
  'These tables cannot be backed up: nobody does not exist; a_view is a view.',
  'the message says it to a person'
);
select is(testing.reasons(array[null, '']), '[{"table": null, "reason": "does not exist"}, {"table": "", "reason": "does not exist"}]', 'no name is no table');
select is((testing.raised('select * from backup.select_tables(''{}'')')).message, 'No table was chosen.', 'a choice of nothing is refused');
select is((testing.raised('select * from backup.select_tables(''{}'')')).code, 'BK420', 'with the same code');
select is(testing.reasons('{}'), '[]', 'and no table to name');

select is(
  (testing.raised('select * from backup.select_tables(array[''%s %I 100%'', ''nobody''])')).message,
  'These tables cannot be backed up: %s %I 100% does not exist; nobody does not exist.',
  'a name is not read as a format'
);

select * from finish();
rollback;
