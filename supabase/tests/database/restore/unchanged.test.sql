-- is_unchanged_since(): proved from transaction ids, without reading a value. Whoever tries to fool it gets "changed".
begin;
\ir support.sql
select plan(67);

select testing.did($$
  create type public.mood as enum ('calm', 'wild');
  create type public.place as (street text, number integer);
  create table public.things (id integer primary key, body text, mood public.mood, place public.place);
  insert into public.things select n, 'body ' || n, 'calm', row('street', n)::public.place from generate_series(1, 100) as n;
  create table public.other (like public.things including all);
  insert into public.other select * from public.things;
  create table public.no_rows (id integer primary key);
  create table public.years (year integer, n integer) partition by list (year);
  create table public.year_1 partition of public.years for values in (2001);
  create table public.year_2 partition of public.years for values in (2002);
  create table public.year_3 (year integer, n integer);
  insert into public.years select 2001 + n % 2, n from generate_series(1, 100) as n;
  create table public.parent (id integer);
  create table public.child () inherits (public.parent);
  insert into public.parent values (1);
  insert into public.child values (2);
$$);
select testing.snapshot() as snapshot \gset

create function testing.things(row_count bigint default 100, label text default 'public.things')
returns text
language sql
as $$ select format('backup.is_unchanged_since(%L::regclass, %s, (select taken from testing.moment))', label, row_count) $$;
create table testing.moment as select :'snapshot'::jsonb as taken;

-- what has not been touched
select ok(backup.is_unchanged_since('public.things'::regclass, 100, :'snapshot'), 'the rows of then');
select ok(not backup.is_unchanged_since('public.things'::regclass, 99,  :'snapshot'), 'but not when there were fewer');
select ok(not backup.is_unchanged_since('public.things'::regclass, 101, :'snapshot'), 'or more');
select ok(not backup.is_unchanged_since('public.things'::regclass, null, :'snapshot'), 'or nobody knows how many') ;
select ok(backup.is_unchanged_since('public.no_rows'::regclass, 0, :'snapshot'), 'no rows, then and now');
select ok(not backup.is_unchanged_since('public.no_rows'::regclass, 1, :'snapshot'), 'no rows now, one then');
select ok(backup.is_unchanged_since('public.years'::regclass, 100, :'snapshot'), 'a partitioned table: the rows of its partitions');
select ok(backup.is_unchanged_since('public.parent'::regclass, 1, :'snapshot'), 'an inherited one: its own rows only');

-- what touches it, each undone before the next
create table testing.attempts (nr serial, said text, statement text, label text default 'public.things', row_count bigint default 100, expected boolean default false);
insert into testing.attempts (said, statement, label, row_count, expected) values
  ('a row inserted',                       'insert into public.things values (101)',                                  'public.things', 100, false),
  ('a row inserted, counted in',           'insert into public.things values (101)',                                  'public.things', 101, false),
  ('a row updated',                        'update public.things set body = ''x'' where id = 7',                      'public.things', 100, false),
  ('a row updated to what it was',         'update public.things set body = body where id = 7',                       'public.things', 100, false),
  ('a row updated and updated back',       'update public.things set body = ''x'' where id = 7; update public.things set body = ''body 7'' where id = 7', 'public.things', 100, false),
  ('a row deleted',                        'delete from public.things where id = 7',                                  'public.things', 100, false),
  ('every row deleted',                    'delete from public.things',                                               'public.things', 100, false),
  ('a row deleted, an equal one inserted', 'with gone as (delete from public.things where id = 7 returning *) insert into public.things select * from gone', 'public.things', 100, false),
  ('a row deleted, another one inserted',  'delete from public.things where id = 7; insert into public.things values (101)', 'public.things', 100, false),
  ('TRUNCATE',                             'truncate public.things',                                                  'public.things', 100, false),
  ('TRUNCATE and refill',                  'create temp table kept as table public.things; truncate public.things; insert into public.things table kept', 'public.things', 100, false),
  ('a row inserted and deleted',           'insert into public.things values (101); delete from public.things where id = 101', 'public.things', 100, true),
  ('a row locked',                         'select from public.things where id = 7 for update',                       'public.things', 100, true),
  ('another table changed',                'update public.other set body = ''x''',                                    'public.things', 100, true),
  ('the first row of an empty table',      'insert into public.no_rows values (1)',                                   'public.no_rows', 0, false),
  ('the first row of an empty table, counted in', 'insert into public.no_rows values (1)',                            'public.no_rows', 1, false),
  ('a partition''s row updated',           'update public.year_2 set n = n where n = 7',                              'public.years', 100, false),
  ('a row moved to another partition',     'update public.years set year = 2001 where n = 7',                         'public.years', 100, false),
  ('a partition truncated',                'truncate public.year_2',                                                  'public.years', 50, false),
  ('a child''s row updated',               'update public.child set id = 3',                                          'public.parent', 1, true),
  ('the parent''s own row updated',        'update only public.parent set id = 3',                                    'public.parent', 1, false),
  -- the definition
  ('a column added',                       'alter table public.things add column extra text',                         'public.things', 100, false),
  ('a column added, with a constant',      'alter table public.things add column extra text default ''x''',           'public.things', 100, false),
  ('a column dropped',                     'alter table public.things drop column body',                              'public.things', 100, false),
  ('a column dropped and added again',     'alter table public.things drop column body, add column body text',        'public.things', 100, false),
  ('a column renamed',                     'alter table public.things rename body to text',                           'public.things', 100, false),
  ('columns that exchange their names',    'alter table public.things rename id to x; alter table public.things rename body to id; alter table public.things rename x to body', 'public.things', 100, false),
  ('a column of another type',             'alter table public.things alter id type bigint',                          'public.things', 100, false),
  ('a column of another type, rows as they are', 'alter table public.things alter body type varchar',                 'public.things', 100, false),
  ('the table rewritten',                  'alter table public.things alter id type bigint; alter table public.things alter id type integer', 'public.things', 100, false),
  ('tables that exchange their names',     'alter table public.things rename to swap; alter table public.other rename to things; alter table public.swap rename to other', 'public.things', 100, false),
  ('renamed, and back',                    'alter table public.things rename to swap; alter table public.swap rename to things', 'public.things', 100, false),
  ('another table of its name',            'alter table public.things rename to swap; create table public.things (like public.swap)', 'public.things', 0, false),
  ('moved to another schema, another one in its place', 'alter table public.things set schema testing; alter table public.other rename to things', 'public.things', 100, false),
  ('a partition attached',                 'alter table public.years attach partition public.year_3 for values in (2003)', 'public.years', 100, false),
  ('a partition of old rows attached, one detached', 'alter table public.years detach partition public.year_1; alter table public.years attach partition public.year_3 for values in (2003)', 'public.years', 50, false),
  ('a partition detached',                 'alter table public.years detach partition public.year_1',                 'public.years', 100, false),
  ('a partition detached and attached',    'alter table public.years detach partition public.year_1; alter table public.years attach partition public.year_1 for values in (2001)', 'public.years', 100, false),
  ('a partition''s column renamed with the root''s', 'alter table public.years rename n to m',                        'public.years', 100, false),
  -- types: the rows stay, their texts do not
  ('an enum value renamed',                'alter type public.mood rename value ''calm'' to ''quiet''',               'public.things', 100, false),
  ('enum values that exchange their names', 'alter type public.mood rename value ''calm'' to ''x''; alter type public.mood rename value ''wild'' to ''calm''; alter type public.mood rename value ''x'' to ''wild''', 'public.things', 100, false),
  ('a composite type''s attribute renamed', 'alter type public.place rename attribute street to road',                'public.things', 100, false),
  ('a composite type''s attribute added',  'alter type public.place add attribute city text cascade',                 'public.things', 100, false),
  -- what no row notices
  ('a comment',                            'comment on table public.things is ''things''',                            'public.things', 100, true);
select is(
  testing.after(attempt.statement, testing.things(attempt.row_count, attempt.label)), to_jsonb(attempt.expected),
  case when attempt.expected then 'unchanged: ' else 'changed: ' end || attempt.said
) from testing.attempts as attempt order by attempt.nr;

-- every attempt undone, it is unchanged again: what failed above failed because of the attempt
select ok(backup.is_unchanged_since('public.things'::regclass, 100, :'snapshot') and backup.is_unchanged_since('public.years'::regclass, 100, :'snapshot'), 'an attempt that was rolled back leaves no trace');

-- snapshots that say nothing about this database
select is(backup.is_unchanged_since('public.things'::regclass, 100, :'snapshot'::jsonb || other.difference::jsonb), false, 'a snapshot of ' || other.said)
from (values
  ('another cluster',             '{"system_identifier": "1"}'),
  ('another timeline',            '{"timeline": 99}'),
  ('another database',            '{"database": "another"}'),
  ('the future',                  format('{"xmin": "%s"}', (:'snapshot'::jsonb ->> 'xmin')::bigint + 1000000)),
  ('two billion transactions later', format('{"xmin": "%s"}', (:'snapshot'::jsonb ->> 'xmin')::bigint + 2100000000)),
  ('an epoch later',              format('{"xmin": "%s"}', (:'snapshot'::jsonb ->> 'xmin')::bigint + 4294967296)),
  ('no known cluster',            '{"system_identifier": null}'),
  ('no known timeline',           '{"timeline": null}'),
  ('no known moment',             '{"xmin": null}')) as other (said, difference);
select is(backup.is_unchanged_since('public.things'::regclass, 100, '{}'), false, 'a backup that kept no snapshot');
select is(backup.is_unchanged_since('public.things'::regclass, 100, null), false, 'nor one at all');

-- somebody was at work when the snapshot was taken: from the oldest of those on, everything counts as newer
select ok(
  not backup.is_unchanged_since('public.things'::regclass, 100, :'snapshot'::jsonb || jsonb_build_object('xmin', (select min(xmin::text::bigint) from public.things)::text)),
  'rows of a transaction that had not ended at the snapshot count as changed'
);
select ok(
  backup.is_newer((select min(xmin::text) from public.things)::xid, :'snapshot'::jsonb || jsonb_build_object('xmin', (select min(xmin::text) from public.things)))
  and not backup.is_newer((select min(xmin::text) from public.things)::xid, :'snapshot'::jsonb || jsonb_build_object('xmin', (select min(xmin::text::bigint) + 1 from public.things)::text)),
  'xmin is the first id that is newer'
);
select ok(not backup.is_newer('2', :'snapshot'), 'a frozen row is older than anything');

select * from finish();
rollback;
