-- list_row_changes(): all rows that a restore would change, page by page, and those in which a text occurs.
begin;
\ir support.sql
select plan(53);

select testing.did($$
  create table public.things (id integer primary key, first_name text, last_name text, at timestamptz, n numeric, made integer generated always as (id * 2) stored);
  insert into public.things (id, first_name, last_name, at, n) select n, 'First ' || n, 'Last', '2026-01-01 12:00Z', n from generate_series(1, 400) as n;
  create table public.pairs (a integer, b text, body text, primary key (a, b));
  insert into public.pairs values (1, 'x', 'one'), (1, 'y', 'two'), (2, 'x', null);
  create table public.heap (body text, n integer);
  insert into public.heap values ('twice', 1), ('twice', 1), ('once', 1);
  create table public.no_columns ();
  insert into public.no_columns default values;
  create table public.same (id integer primary key);
  create collation testing.any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  create table public.parted (id integer primary key, body text collate testing.any_case) partition by range (id);
  create table public.parted_low partition of public.parted for values from (0) to (10);
  create table public.parted_high partition of public.parted for values from (10) to (20);
  insert into public.parted select n, 'Body ' || n from generate_series(1, 19) as n;
$$);
select testing.backup_of('things', 'pairs', 'heap', 'no_columns', 'same', 'parted') as backup \gset
select testing.did($$
  delete from public.things where id <= 100;
  update public.things set first_name = 'Zoë', n = n + 0.5 where id between 101 and 230;
  update public.things set last_name = null where id between 231 and 240;
  insert into public.things (id, first_name) select n, 'New 100%' from generate_series(1001, 1020) as n;
  update public.pairs set body = 'changed';
  delete from public.heap where body = 'twice';
  insert into public.no_columns default values;
  update public.parted set body = 'Altered ' || id where id in (9, 10);
$$);
select testing.use_secret_key() \g /dev/null
select (backup.request_restore(:'backup') ->> 'id') as restore \gset
create table testing.asked as select :'restore'::uuid as restore;

-- when
select is((testing.raised(format('select backup.list_row_changes(%L, ''things'')', :'restore'))).code, 'BK441', 'not before it is previewed');
select testing.preview(:'restore') \g /dev/null
select testing.sign_out() \g /dev/null
select is((testing.raised(format('select backup.list_row_changes(%L, ''things'')', :'restore'))).code, 'BK403', 'nobody may not');
select testing.sign_in_as('alumni') \g /dev/null
select is((testing.raised(format('select backup.list_row_changes(%L, ''things'')', :'restore'))).code, 'BK403', 'nor a member');
select testing.sign_in_as('admin') \g /dev/null
select is((testing.raised('select backup.list_row_changes(gen_random_uuid(), ''things'')')).code, 'BK440', 'one that does not exist');

create function testing.changes_of(table_name text, change text default null, search text default null, page_limit integer default 50, cursor text default null)
returns jsonb
language sql
as $$ select backup.list_row_changes((select restore from testing.asked), table_name, change, search, page_limit, cursor) $$;
create function testing.refusal(arguments text)
returns text
language sql
as $$ select concat_ws(' ', code, detail ->> 'argument') from testing.raised('select testing.changes_of(' || arguments || ')') $$;

-- what
select is(testing.refusal($$ 'nowhere' $$), 'BK422 table', 'a table that is not in it');
select is(testing.refusal('null'), 'BK422 table', 'none');
select is(testing.refusal($$ 'things', 'kept' $$), 'BK422 change', 'a change that there is not');
select is(testing.refusal($$ 'things', cursor => 'x' $$), 'BK422 cursor', 'a cursor that nobody gave out');
select is(testing.changes_of('public.same'), '{"rows": [], "count": 0, "next_cursor": null}', 'a table that has not changed');
select is(testing.changes_of('things') -> 'count', '260', 'everything that changes');
select is(testing.changes_of('things', 'insert') -> 'count', '100', 'what is inserted');
select is(testing.changes_of('things', 'update') -> 'count', '140', 'what is updated');
select is(testing.changes_of('things', 'delete') -> 'count', '20', 'what is deleted');
select is(jsonb_array_length(testing.changes_of('things', page_limit => 7) -> 'rows'), 7, 'as many as are asked for');

-- all pages
create function testing.walk(table_name text, change text default null, search text default null, page_limit integer default 50)
returns setof jsonb
language plpgsql
as $$
declare
  answer jsonb;
begin
  loop
    answer := testing.changes_of(table_name, change, search, page_limit, answer ->> 'next_cursor');
    return query select value from jsonb_array_elements(answer -> 'rows');
    exit when answer ->> 'next_cursor' is null;
  end loop;
end;
$$;
create table testing.walked as select row -> 'change' as change, (row #>> '{key,id}')::integer as id, row from testing.walk('things', page_limit => 33) as row;
select results_eq('select change #>> ''{}'', count(*), count(distinct id), min(id), max(id) from testing.walked group by 1 order by 1',
  $$ values ('delete', 20::bigint, 20::bigint, 1001, 1020), ('insert', 100, 100, 1, 100), ('update', 140, 140, 101, 240) $$, 'page by page each row once');
select is((select count(*) from testing.walk('things', 'update', page_limit => 1)), 140::bigint, 'one by one');
select is((select count(*) from testing.walk('things', 'update', page_limit => 140)), 140::bigint, 'all in a page that is just full');
select is(testing.changes_of('things', 'update', page_limit => 100, cursor => '999999999999999999') -> 'rows', '[]', 'there is nothing behind the end');

-- a row
select is((select row from testing.walked where id = 7),
  '{"change": "insert", "key": {"id": "7"}, "label": "First 7 Last", "before": null, "after": {"id": "7", "first_name": "First 7", "last_name": "Last", "at": "2026-01-01 12:00:00+00", "n": "7"},
    "columns": [], "is_orphan": false, "is_stale": false}', 'one that comes back');
select is((select row from testing.walked where id = 101) #- '{before,at}' #- '{after,at}',
  '{"change": "update", "key": {"id": "101"}, "label": "Zoë Last", "before": {"id": "101", "first_name": "Zoë", "last_name": "Last", "n": "101.5"},
    "after": {"id": "101", "first_name": "First 101", "last_name": "Last", "n": "101"}, "columns": ["first_name", "n"], "is_orphan": false, "is_stale": false}', 'one that changes, called as it is called now');
select is((select row - '{before}'::text[] from testing.walked where id = 1001),
  '{"change": "delete", "key": {"id": "1001"}, "label": "New 100%", "after": null, "columns": [], "is_orphan": false, "is_stale": false}', 'one that goes');
select is((select row ->> 'label' from testing.walk('pairs') as row limit 1), null, 'without a name or a title there is no label');
set local timezone = 'Asia/Tokyo';
set local datestyle = 'German';
select is(testing.changes_of('things', 'insert', page_limit => 1) #>> '{rows,0,after,at}', '2026-01-01 12:00:00+00', 'times as in the samples, whatever the session');
reset timezone;
reset datestyle;

-- search
create function testing.found(table_name text, search text, change text default null)
returns text
language sql
as $$ select count(*) || ' of ' || coalesce(testing.changes_of(table_name, change, search) ->> 'count', '?') from testing.walk(table_name, change, search, 20) $$;
select is(testing.found('things', 'zoë'), '130 of 130', 'in what is there now, in any case');
select is(testing.found('things', 'FIRST 101'), '1 of 1', 'in what comes back');
select is(testing.found('things', 'new 100%'), '20 of 20', 'a percent sign is one');
select is(testing.found('things', '_'), '0 of 0', 'an underscore is one');
select is(testing.found('things', '1001'), '1 of 1', 'a key');
select is(testing.found('things', 'zoë', 'insert'), '0 of 0', 'among the insertions alone');
select is(testing.found('things', '2026-01-01 12'), '240 of 240', 'a time, as it is shown');
select is(testing.found('things', ''), '260 of 260', 'nothing is sought');
select is(testing.found('things', repeat('x', 300)), '0 of 0', 'nothing is found');
select is(testing.changes_of('things', search => 'zoë', page_limit => 20, cursor => testing.changes_of('things', search => 'zoë', page_limit => 20) ->> 'next_cursor') -> 'count', 'null', 'later pages do not count again');
select is(testing.found('pairs', '1,y'), '1 of 1', 'a key of two columns');
select is(testing.found('pairs', 'two'), '1 of 1', 'a value beside it');
select is(testing.found('heap', 'TWICE'), '2 of 2', 'rows without a key');
select is(testing.found('no_columns', 'x'), '0 of 0', 'rows without a column hold nothing');
select is(testing.found('no_columns', ''), '1 of 1', 'but are there');
select is(testing.found('parted', 'altered'), '2 of 2', 'in partitions, whatever their collation');
select is(testing.found('parted', 'body 10'), '1 of 1', 'and in what comes back to them');

-- bounded: the function beneath, with a window of ten
create function testing.window_walk(search text, window_rows integer, page_limit integer)
returns table (pages integer, hits bigint, counted boolean)
language plpgsql
as $$
declare
  looked_at backup.restore_tables := backup.restore_table((select restore from testing.asked), 'public.things'::regclass::oid);
  place     tid := '(0,0)';
  page      record;
begin
  pages := 0;
  hits := 0;
  counted := true;
  while place is not null loop
    select * into page from backup.find_row_changes(looked_at, '{i,u,d}', search, place, page_limit, window_rows);
    pages := pages + 1;
    hits := hits + jsonb_array_length(page.rows);
    counted := counted and page.is_whole;
    place := page.next_place;
  end loop;
  return next;
end;
$$;
select is((select concat_ws(' ', pages, hits, counted) from testing.window_walk('first 7', 10, 50)), '26 11 f', 'a search goes on where it stopped, through pages that are empty');
select is((select hits from testing.window_walk('first', 10, 3)), (select count(*) from testing.walk('things', null, 'first')), 'and through those that are full');
select is((select concat_ws(' ', pages, hits, counted) from testing.window_walk('first 7', 260, 50)), '1 11 t', 'a window that holds all of it is enough');

-- written to since
select testing.did('update public.things set n = 0 where id = 102');
select is(row - '{label,after,columns}'::text[], '{"change": "update", "key": {"id": "102"}, "before": null, "is_orphan": false, "is_stale": true}', 'a row that was changed since is not shown as if it were the same')
from testing.walk('things', 'update') as row where row #>> '{key,id}' = '102';
select is(row -> 'columns', '[]', 'nor compared') from testing.walk('things', 'update') as row where row #>> '{key,id}' = '102';
select testing.did('delete from public.things where id = 1001');
select is(row, '{"change": "delete", "key": null, "label": null, "before": null, "after": null, "columns": [], "is_orphan": false, "is_stale": true}', 'of one that is gone there is nothing to show')
from testing.walk('things', 'delete') as row where row -> 'is_stale' = 'true';
select is(testing.changes_of('things', 'delete') -> 'count', '20', 'it is counted all the same');
select testing.did('alter table public.things add column more text');
select is(testing.refusal($$ 'things' $$), 'BK442', 'a table that was redefined: a new preview');
select is(testing.refusal($$ 'pairs' $$), '', 'the others go on');

-- until
update backup.restores set expires_at = clock_timestamp() - interval '1 s' where restore_id = :'restore';
select is(testing.refusal($$ 'pairs' $$), 'BK441', 'a preview that is too old');
update backup.restores set expires_at = clock_timestamp() + interval '1 h' where restore_id = :'restore';
select backup.staging_table(:'restore', 0, 'w') as witness \gset
savepoint whole;
truncate :witness;
select is(testing.refusal($$ 'pairs' $$), 'BK442', 'after a crash of the server nothing is staged any more');
rollback to whole;
select is(testing.refusal($$ 'pairs' $$), '', 'as long as it is');
select backup.discard_restore(:'restore') \g /dev/null
select is(testing.refusal($$ 'pairs' $$), 'BK441', 'one that was discarded');

select * from finish();
rollback;
