-- list_tables(): what a backup would hold now.
begin;
\ir ../support.sql
select plan(17);

select testing.sign_out() \g /dev/null
select throws_ok('select backup.list_tables()', 'BK403', null, 'nobody may not');
select testing.sign_in_as('alumni') \g /dev/null
select throws_ok('select backup.list_tables()', 'BK403', null, 'nor a member');
select testing.sign_in_as('admin') \g /dev/null

create table public.zoo (id integer primary key, name varchar(20), born date, price numeric(5,2), twice integer generated always as (id * 2) stored);
create table public.zoo_parent (id integer primary key, over_id integer references public.zoo_parent, zoo_id integer references public.zoo) partition by hash (id);
create table public.zoo_parent_0 partition of public.zoo_parent for values with (modulus 1, remainder 0);
create table public.zoo_child (parent_id integer references public.zoo_parent_0, other_id integer references public.zoo_parent, zoo_id integer references public.zoo, note text);
insert into public.zoo (id, name) select n, repeat('x', 20) from generate_series(1, 3000) as n;
analyze public.zoo;
insert into public.zoo_parent (id) select n from generate_series(1, 500) as n;
analyze public.zoo_parent;

create table testing.shown as select listed ->> 'table' as label, listed from jsonb_array_elements(backup.list_tables() -> 'tables') as listed;
create function testing.of(table_name text)
returns jsonb
language sql
as $$ select listed from testing.shown where label = 'public.' || table_name $$;

select is((select array_agg(label) from testing.shown), (select array_agg(schema_name || '.' || table_name order by ordinal) from backup.select_tables()), 'the tables of a backup, in its order');
select ok(not exists (select from testing.shown where label = 'public.backups'), 'not ours');
select is(testing.of('zoo') -> 'columns',
  '[{"name": "id", "type": "integer", "family": "integer"}, {"name": "name", "type": "character varying(20)", "family": "text"}, {"name": "born", "type": "date", "family": "date"},
    {"name": "price", "type": "numeric(5,2)", "family": "number"}, {"name": "twice", "type": "integer", "family": "integer"}]', 'columns, with what the rules make of their types');
select is(testing.of('zoo') -> 'key', '["id"]', 'the key');
select is(testing.of('zoo_child') -> 'key', 'null', 'or none');
select is((testing.of('zoo') -> 'estimated_rows')::bigint, 3000::bigint, 'about how many rows');
select ok((testing.of('zoo') -> 'bytes')::bigint between 100000 and 1000000, 'and how large') from (select) as one;
select is((testing.of('zoo_parent') -> 'estimated_rows')::bigint, 500::bigint, 'of a partitioned table those of its partitions');
select is(testing.of('zoo_child') -> 'estimated_rows', '0', 'an empty table');
select is(testing.of('zoo_child') -> 'references', '["public.zoo", "public.zoo_parent"]', 'where its foreign keys lead; a partition is its table');
select is(testing.of('zoo_child') -> 'referenced_by', '[]', 'nobody leads to it');
select is(testing.of('zoo') -> 'referenced_by', '["public.zoo_child", "public.zoo_parent"]', 'and who leads to this one');
select is(testing.of('zoo_parent') -> 'references', '["public.zoo"]', 'itself is not said');
select is(testing.of('zoo_parent') -> 'referenced_by', '["public.zoo_child"]', 'in neither direction');
update backup.settings set value = '["public.nowhere"]' where key = 'extra_tables';
select throws_ok('select backup.list_tables()', 'BK420', null, 'a wrong setting is named');

select * from finish();
rollback;
