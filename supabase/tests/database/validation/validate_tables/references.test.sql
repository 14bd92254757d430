-- Relationships: rules of kind references, and every foreign key, however valid it calls itself.
begin;
\ir ../support.sql
select plan(17);

create table public.parents (id integer primary key, a integer, b text, unique (a, b));
insert into public.parents values (1, 1, 'x'), (2, 2, 'y');
create table public.children (
  id integer primary key, parent_id integer constraint children_parent_fkey references public.parents, a integer, b text, friend_id integer constraint children_friend_fkey references public.children,
  constraint children_pair_fkey foreign key (a, b) references public.parents (a, b));
create table public.strict (id integer primary key, a integer, b text, constraint strict_pair_fkey foreign key (a, b) references public.parents (a, b) match full);

select is_empty($$ select * from testing.outcomes(backup.validate_tables('{children}'), 'public.children') $$, 'an empty table');

-- written as a restore writes: nobody looks
set local session_replication_role = replica;
insert into public.children values
  (1, 1, 1, 'x', 1),       -- all is well
  (2, 9, null, 'x', 3),    -- no such parent; half a pair points nowhere
  (3, null, 1, 'y', 8),    -- no such pair, no such friend
  (4, null, null, null, null);
insert into public.strict values (1, 1, 'x'), (2, null, null), (3, null, 'x'), (4, 2, 'x');
set local session_replication_role = origin;
create table testing.report as select backup.validate_tables('{children,strict}') as content;
select is(testing.outcome(content, 'foreign_key:children_parent_fkey'), 'failed 1: 2', 'an orphan of a key that calls itself valid') from testing.report;
select is(testing.outcome(content, 'foreign_key:children_pair_fkey'), 'failed 1: 3', 'two columns: half a pair is none') from testing.report;
select is(testing.outcome(content, 'foreign_key:children_friend_fkey'), 'failed 1: 3', 'a table that points at itself') from testing.report;
select is(testing.outcome(content, 'foreign_key:strict_pair_fkey'), 'failed 2: 3, 4', 'MATCH FULL: half a pair is a fault') from testing.report;
select is(testing.rule(content, 'foreign_key:children_pair_fkey') #> '{sample,0}',
  '{"record_id": "3", "label": null, "column": "a, b", "value": "1, y", "message": "a, b points at 1, y, which does not exist in public.parents."}', 'what the sample says') from testing.report;
select is(content ->> 'errors', '5', 'orphans are errors') from testing.report;

-- NOT VALID, and a parent outside the selection
alter table public.children drop constraint children_parent_fkey;
alter table public.children add constraint children_parent_fkey foreign key (parent_id) references public.parents not valid;
select is(testing.outcome(backup.validate_tables('{children}'), 'foreign_key:children_parent_fkey'), 'failed 1: 2', 'a key that is not validated');
select alike(testing.rule(backup.validate_tables('{children}'), 'foreign_key:children_parent_fkey') ->> 'title', '%not validated', 'and says so');

-- a rule that says the same takes its place; one that is only a warning does not
select testing.add_rule('children_parent', 'public.children', '{parent_id}', 'references', '{"table": "parents"}');
truncate testing.report;
insert into testing.report select backup.validate_tables('{children}');
select is(testing.outcome(content, 'children_parent'), 'failed 1: 2', 'kind references, to the key of the table') from testing.report;
select is(testing.rule(content, 'foreign_key:children_parent_fkey'), null, 'what a rule proves is not proved twice') from testing.report;
update backup.rules set severity = 'warning' where id = 'children_parent';
select is(testing.outcome(backup.validate_tables('{children}'), 'foreign_key:children_parent_fkey'), 'failed 1: 2', 'a warning is no proof');

-- without a foreign key, and with other types
create table public.loose (id integer primary key, parent text, big bigint);
insert into public.loose values (1, '1', 2), (2, 'one', 3), (3, null, null);
select testing.add_rule('loose_text', 'public.loose', '{parent}', 'references', '{"table": "public.parents", "columns": ["id"]}');
select testing.add_rule('loose_big', 'public.loose', '{big}', 'references', '{"table": "public.parents"}');
select testing.add_rule('loose_gone', 'public.loose', '{big}', 'references', '{"table": "public.gone"}');
truncate testing.report;
insert into testing.report select backup.validate_tables('{loose}');
select is(testing.outcome(content, 'loose_text') || ', ' || testing.outcome(content, 'loose_big'), 'failed 1: 2, failed 1: 2', 'text against integer, bigint against integer') from testing.report;
select is(testing.outcome(content, 'loose_gone'), 'not_applicable: public.gone does not exist', 'a table that does not exist') from testing.report;

-- partitions: keys of the whole, and of one part alone; and a partitioned parent
create table public.whole (id integer primary key, parent_id integer constraint whole_parent_fkey references public.parents) partition by range (id);
create table public.part_1 partition of public.whole for values from (0) to (10);
create table public.part_2 partition of public.whole for values from (10) to (20);
create table public.pointing (id integer primary key, whole_id integer constraint pointing_whole_fkey references public.whole);
alter table public.part_2 add constraint part_2_alone_fkey foreign key (id) references public.parents;
set local session_replication_role = replica;
insert into public.whole values (1, 1), (2, 7), (12, 8);
insert into public.pointing values (1, 12), (2, 13);
set local session_replication_role = origin;
truncate testing.report;
insert into testing.report select backup.validate_tables('{whole,pointing}');
select set_eq($$ select outcomes.* from testing.report, testing.outcomes(content, 'public.whole') $$, $$ values ('foreign_key:whole_parent_fkey', 'failed 2: 12, 2'), ('foreign_key:part_2_alone_fkey', 'failed 1: 12') $$, 'a partitioned table');
select set_eq($$ select outcomes.* from testing.report, testing.outcomes(content, 'public.pointing') $$, $$ values ('foreign_key:pointing_whole_fkey', 'failed 1: 2') $$, 'a partitioned parent, once');

-- a tie between two indexes finds what a hash join finds
insert into public.parents select number, number, 'z' from generate_series(100, 5000) as number;
insert into public.children (id, a, b) select number, number, 'z' from generate_series(100, 5000) as number;
set local session_replication_role = replica;
update public.children set id = id + 10000, friend_id = id where id in (200, 300);
set local session_replication_role = origin;
select is(backup.count_by_merging(backup.orphan_query('public.children'::regclass, '{id}', 'public.parents'::regclass, '{p.id = t.id}')), 4::bigint, 'counting by merging');

select * from finish();
rollback;
