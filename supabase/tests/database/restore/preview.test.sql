-- What a restore would do, row by row: what counts as a difference, what each mode makes of it, and how the preview shows it.
begin;
\ir support.sql
select plan(68);

select testing.did($$
  create extension if not exists citext with schema extensions;
  create table public.things (id integer primary key, body text, price numeric, ratio double precision, span interval, nick extensions.citext, data jsonb, list text[], made integer generated always as (id * 2) stored);
  insert into public.things (id, body, price, ratio, span, nick, data, list)
    select n, 'body ' || n, 1.0, 0, '24:00', 'Nick', '{"a": 1}', '{a,b}' from generate_series(1, 20) as n;
  create table public.heap (body text, n integer);
  insert into public.heap values ('twice', 1), ('twice', 1), ('once', 1), (null, null), ('', null);
  create table public.unique_only (code text not null unique, body text);
  insert into public.unique_only values ('a', 'x'), ('b', 'y');
  create table public.no_columns ();
  insert into public.no_columns default values;
  insert into public.no_columns default values;
$$);
select testing.backup_of('things', 'heap', 'unique_only', 'no_columns') as backup \gset
create table testing.source as select :'backup'::uuid as backup;
select testing.use_secret_key();

create function testing.previewed(statement text, mode text default 'replace', tables text[] default '{things}')
returns jsonb
language plpgsql
as $$
declare
  answer jsonb;
begin
  begin
    execute statement;
    answer := testing.preview((backup.request_restore((select backup from testing.source), mode, tables => tables) ->> 'id')::uuid);
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return answer;
end;
$$;
-- insert, update, delete, kept
create function testing.counted(statement text, mode text default 'replace', label text default 'things')
returns integer[]
language sql
as $$ select testing.counts(testing.previewed(statement, mode, array[label]), 'public.' || label) $$;

-- identical or not: update one row, see whether it is noticed
create table testing.values (nr serial, assignment text, said text, is_noticed boolean);
insert into testing.values (assignment, said, is_noticed) values
  ('body = body',                'written again as it was', false),
  ('price = 1.00',               '1.0 and 1.00', true),
  ('price = 1.0',                '1.0 and 1.0', false),
  ('ratio = ''-0''',             '0 and -0', true),
  ('span = ''1 day''',           '24:00 and 1 day', true),
  ('span = ''24 hours''',        '24:00 and 24 hours', false),
  ('nick = ''NICK''',            'citext in another case', true),
  ('data = ''{"a":1}''',         'jsonb in another spelling', false),
  ('data = ''{"a": 1.0}''',      'jsonb with a number of more digits', true),
  ('body = null',                'NULL', true),
  ('body = ''''',                'an empty text', true),
  ('body = body || '' ''',       'a space at the end', true),
  ('body = ''ｂody 3''',         'a letter that looks the same', true),
  ('list = ''{a}''',             'an array', true),
  ('list = ''[0:1]={a,b}''',     'an array of other bounds', true),
  ('price = ''NaN''',            'not a number', true);
select is(
  testing.counted('update public.things set ' || assignment || ' where id = 3'), case when is_noticed then '{0,1,0,0}' else '{0,0,0,0}'::integer[] end,
  case when is_noticed then 'a difference: ' else 'none: ' end || said
) from testing.values order by nr;

-- what each mode makes of it: one row gone, two changed, three new
\set edit '\'delete from public.things where id = 1; update public.things set body = null where id in (2, 3); insert into public.things (id) values (31), (32), (33)\''
select is(testing.counted(:edit), '{1,2,3,0}', 'replace: becomes what it was');
select is(testing.counted(:edit, 'merge'), '{1,2,0,3}', 'merge: deletes nothing');
select is(testing.counted(:edit, 'undelete'), '{1,0,0,5}', 'undelete: brings back what is missing, and touches nothing else');
select is(testing.counted('truncate public.things'), '{20,0,0,0}', 'an empty table: everything comes back');
select is(testing.counted('truncate public.things', 'undelete'), '{20,0,0,0}', 'in any mode');
select is(testing.counted('update public.things set id = id + 100'), '{20,0,20,0}', 'other keys are other rows');
select is(testing.counted('update public.things set id = -id; update public.things set id = 21 + id'), '{0,20,0,0}', 'rows that exchange their keys are changed rows');

-- without a key: a multiset
select is(testing.counted('delete from public.heap where ctid = (select min(ctid) from public.heap)', label => 'heap'), '{1,0,0,0}', 'without a key: one of two equal rows is gone');
select is(testing.counted('delete from public.heap where body = ''twice''', label => 'heap'), '{2,0,0,0}', 'both are gone');
select is(testing.counted('insert into public.heap values (''twice'', 1)', label => 'heap'), '{0,0,1,0}', 'there is a third one');
select is(testing.counted('update public.heap set n = 2 where body = ''once''', label => 'heap'), '{1,0,1,0}', 'a changed row is one row less and another one more');
select is(testing.counted('update public.heap set n = 2 where body = ''once''', 'merge', 'heap'), '{1,0,0,1}', 'merge: keeps the other one');
select is(testing.counted('update public.heap set body = '''' where body is null', label => 'heap'), '{1,0,1,0}', 'NULL is no empty text');
select is(testing.counted('delete from public.heap; insert into public.heap values (''once'', 1), (null, null), (''twice'', 1), ('''', null), (''twice'', 1)', label => 'heap'), '{0,0,0,0}', 'the same rows in another order');
select is(testing.counted('update public.unique_only set body = null where code = ''a''', label => 'unique_only'), '{0,1,0,0}', 'a unique column that is never NULL is a key');
select is(testing.counted('insert into public.no_columns default values', label => 'no_columns'), '{0,0,1,0}', 'rows without a column can be counted');
select is(testing.counted('truncate public.no_columns', label => 'no_columns'), '{2,0,0,0}', 'and brought back');

-- nothing to do
create table testing.idle as select testing.previewed('select', tables => null) as preview;
select is((select preview -> 'totals' from testing.idle), '{"kept": 0, "delete": 0, "insert": 0, "update": 0, "unchanged": 29}', 'nothing has changed');
select is((select jsonb_path_query_array(preview, '$.tables[*].is_unchanged') from testing.idle), '[true, true, true, true]', 'that is proved');
select is((select jsonb_path_query_array(preview, '$.tables[*].is_fetched') from testing.idle), '[false, false, false, false]', 'and nothing is fetched');
select is((select jsonb_object_agg(entry ->> 'table', entry -> 'live_rows') from testing.idle, jsonb_array_elements(preview -> 'tables') as entry),
  '{"public.things": 20, "public.heap": 5, "public.unique_only": 2, "public.no_columns": 2}', 'the rows are counted');
create table testing.partly as select testing.previewed(:edit, tables => null) as preview;
select is((select jsonb_object_agg(entry ->> 'table', entry -> 'is_fetched') from testing.partly, jsonb_array_elements(preview -> 'tables') as entry),
  '{"public.things": true, "public.heap": false, "public.unique_only": false, "public.no_columns": false}', 'only what has changed is fetched');

-- how it is shown
create table testing.shown as select testing.table_of(preview, 'public.things') as entry, preview from testing.partly;
select is((select array_agg(key order by key) from testing.shown, jsonb_object_keys(preview) as key), '{blocking,cascades,needs,new_tables,orphans,privileges,sequences,source,tables,totals,violations}', 'the preview');
select is((select preview -> 'totals' from testing.shown), '{"kept": 0, "delete": 3, "insert": 1, "update": 2, "unchanged": 26}', 'its totals');
select is((select array[entry -> 'backup_rows', entry -> 'live_rows', entry -> 'unchanged'] from testing.shown), array['20', '22', '17']::jsonb[], 'how many rows there were, are, and stay');
select is((select entry -> 'key' from testing.shown), '["id"]', 'by what they are matched');
select is((select entry -> 'columns' from testing.shown), '[{"rows": 2, "column": "body"}]', 'which columns change, in how many rows');
select is((select jsonb_path_query_array(entry, '$.sample[*].change') @> '["insert", "update", "delete"]' from testing.shown), true, 'samples of each kind');
create function testing.sample(change text, key text)
returns jsonb
language sql
as $$ select sample from testing.shown, jsonb_array_elements(entry -> 'sample') as sample where sample ->> 'change' = change and sample #>> '{key,id}' = key $$;
select is(testing.sample('insert', '1'),
  '{"change": "insert", "key": {"id": "1"}, "label": null, "before": null, "columns": [], "is_orphan": false,
    "after": {"id": "1", "body": "body 1", "data": "{\"a\": 1}", "list": "{a,b}", "nick": "Nick", "span": "24:00:00", "price": "1.0", "ratio": "0"}}', 'a row that comes back');
select is(testing.sample('update', '2') #- '{before,data}' #- '{before,list}' #- '{before,nick}' #- '{before,span}' #- '{before,price}' #- '{before,ratio}' #- '{after}',
  '{"change": "update", "key": {"id": "2"}, "label": null, "before": {"id": "2", "body": null}, "columns": ["body"], "is_orphan": false}', 'a row that changes, before');
select is(testing.sample('update', '2') #>> '{after,body}', 'body 2', 'and after');
select is(testing.sample('delete', '31'),
  '{"change": "delete", "key": {"id": "31"}, "label": null, "after": null, "columns": [], "is_orphan": false,
    "before": {"id": "31", "body": null, "data": null, "list": null, "nick": null, "span": null, "price": null, "ratio": null}}', 'a row that goes');
create table testing.many as select testing.table_of(testing.previewed('delete from public.things where id <= 10; insert into public.things (id) select generate_series(100, 400)'), 'public.things') as entry;
select is((select jsonb_array_length(entry -> 'sample') from testing.many), 50, 'at most fifty');
select is((select count(*) from testing.many, jsonb_path_query(entry, '$.sample[*] ? (@.change == "insert")')), 10::bigint, 'of which the few of one kind are not crowded out by the many of another');
select is((select length(testing.table_of(testing.previewed('update public.things set body = repeat(''x'', 100000) where id = 3'), 'public.things') #>> '{sample,0,before,body}')), 500, 'long texts are cut');
select is((select entry -> 'sample' -> 0 -> 'key' from testing.table_of(testing.previewed('delete from public.heap where body = ''once''', tables => '{heap}'), 'public.heap') as entry), '{"n": "1", "body": "once"}', 'without a key a row is named by all it has');
select is((select preview -> 'new_tables' @> '["public.profiles"]' from testing.shown), true, 'tables that the backup does not have');
select is((select array[preview -> 'source' -> 'is_foreign', preview -> 'source' -> 'database'] from testing.shown), array['false', to_jsonb(current_database())], 'where the rows come from');
select is((select array[preview -> 'needs', preview -> 'blocking', preview -> 'orphans', preview -> 'cascades', preview -> 'violations', preview -> 'sequences'] from testing.shown), array['[]', '[]', '[]', '[]', '[]', '[]']::jsonb[], 'nothing stands in the way');
select is((select preview -> 'privileges' from testing.shown), '{"added": [], "removed": []}', 'nobody''s rights change');

-- from elsewhere
select is((select array[preview -> 'source' -> 'is_foreign', preview -> 'needs'] from testing.previewed('update public.backups set snapshot = snapshot || ''{"system_identifier": "1"}''') as preview), array['true', '["accept_foreign_source"]']::jsonb[], 'an archive of another cluster is to be accepted');
select is((select array[preview -> 'source' -> 'is_foreign', preview -> 'needs'] from testing.previewed('update public.backups set snapshot = snapshot || ''{"database": "another"}''') as preview), array['true', '["accept_foreign_source"]']::jsonb[], 'or of another database');
select is((select array[preview -> 'source' -> 'is_foreign', preview -> 'needs'] from testing.previewed('update public.backups set snapshot = snapshot - ''system_identifier''') as preview), array['true', '["accept_foreign_source"]']::jsonb[], 'or of nobody knows which');
select is((select testing.table_of(preview, 'public.things') -> 'is_fetched' from testing.previewed('update public.backups set snapshot = snapshot || ''{"timeline": 99}''') as preview), 'true', 'of another timeline everything is compared');
select is(testing.counted('update public.backups set snapshot = ''{"sequences": []}''; update public.things set body = null where id = 3'), '{0,1,0,0}', 'whatever is known of the snapshot, the rows decide');

-- only the tables asked for
select is((select jsonb_path_query_array(testing.previewed(:edit || '; delete from public.heap', tables => '{heap}'), '$.tables[*].table')), '["public.heap"]', 'tables that were not chosen are not looked at');

-- inheritance and partitions
select testing.did($$
  create table public.years (year integer, n integer, primary key (year, n)) partition by list (year);
  create table public.year_1 partition of public.years for values in (2001);
  create table public.year_2 partition of public.years for values in (2002);
  insert into public.years select 2001 + n % 2, n from generate_series(1, 10) as n;
  create table public.parent (id integer primary key);
  create table public.child () inherits (public.parent);
  insert into public.parent values (1);
  insert into public.child values (1);
$$);
select testing.backup_of('years', 'parent') as shapes \gset
update testing.source set backup = :'shapes';
select is(testing.counted('delete from public.year_1 where n = 2; insert into public.year_2 values (2002, 99)', label => 'years'), '{1,0,1,0}', 'a partitioned table through its root');
select is(testing.counted('update public.years set year = 2001 where n = 7', label => 'years'), '{1,0,1,0}', 'a row in another partition has another key');
select is(testing.counted('alter table public.years detach partition public.year_1', label => 'years'), '{5,0,0,0}', 'what is in a detached partition is not there');
select is(testing.counted('drop table public.year_1, public.year_2; create table public.all_years partition of public.years default; insert into public.years select 2001 + n % 2, n from generate_series(1, 10) as n', label => 'years'), '{0,0,0,0}', 'other partitions, same rows');
select is(testing.counted('delete from public.child', label => 'parent'), '{0,0,0,0}', 'a child''s rows are not the parent''s');
select is(testing.counted('delete from only public.parent', label => 'parent'), '{1,0,0,0}', 'the parent''s own are');

select * from finish();
rollback;
