-- Chosen rows: these, with_children everything that refers to them as it was, and the parents of all these that are missing. Nothing else, and nothing is deleted.
begin;
\ir support.sql
select plan(28);

select testing.did($$
  create table public.cities (id integer primary key, name text);
  create table public.people (id integer primary key, name text, city integer references public.cities, mentor integer references public.people);
  create table public.posts (id integer primary key, person integer references public.people on delete cascade, body text);
  create table public.likes (person integer references public.people on delete cascade, post integer references public.posts on delete cascade, primary key (person, post));
  create table public.visits (person integer references public.people on delete cascade, at integer);
  create table public.others (id integer primary key);
  insert into public.cities values (1, 'Rome'), (2, 'Oslo');
  insert into public.people values (1, 'Ada', 1, null), (2, 'Bea', 2, 1), (3, 'Cleo', 1, 2), (4, 'Dora', null, null);
  insert into public.posts values (10, 1, 'a'), (20, 2, 'b'), (21, 2, 'bb'), (30, 3, 'c');
  insert into public.likes values (1, 20), (3, 20), (2, 10), (2, 30);
  insert into public.visits values (2, 1), (2, 1), (3, 1);
  insert into public.others values (1);
$$);
select testing.backup_of('cities', 'people', 'posts', 'likes', 'visits', 'others') as backup \gset
create table testing.source as select :'backup'::uuid as backup;
select testing.use_secret_key();

create function testing.previewed(statement text, rows jsonb, with_children boolean default false, mode text default 'undelete')
returns jsonb
language plpgsql
as $$
declare
  answer jsonb;
begin
  begin
    execute statement;
    answer := testing.preview((backup.request_restore((select backup from testing.source), mode, rows => rows, with_children => with_children) ->> 'id')::uuid);
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return answer;
end;
$$;
-- What would come back or change, as {"people +2 ~0"}.
create function testing.changes(statement text, rows jsonb, with_children boolean default false, mode text default 'undelete')
returns text[]
language sql
as $$
  select coalesce(array_agg(format('%s +%s ~%s%s', replace(entry ->> 'table', 'public.', ''), entry ->> 'insert', entry ->> 'update', case when entry ->> 'delete' <> '0' then ' -' else '' end) order by entry ->> 'table')
    filter (where (entry ->> 'insert', entry ->> 'update', entry ->> 'delete') <> ('0', '0', '0')), '{}')
  from jsonb_array_elements(testing.previewed(statement, rows, with_children, mode) -> 'tables') as entry;
$$;

create function testing.gone()
returns text
language sql
as $$ select 'update public.people set mentor = null where id = 3; delete from public.people where id = 2' $$;

-- one row
select is(testing.changes('select', '{"people": [2]}'), '{}', 'a row that is there as it was: nothing to do');
select is(testing.changes(testing.gone(), '{"people": [2]}'), '{"people +1 ~0"}', 'a row that is gone comes back, alone');
select is(testing.changes(testing.gone(), '{"people": [2]}', true), '{"likes +4 ~0","people +1 ~0","posts +2 ~0","visits +2 ~0"}', 'or with everything that referred to it, and to that; equal rows as often as they were');
select is(testing.changes(testing.gone(), '{"people": [2]}', true, 'replace'), '{"likes +4 ~0","people +1 ~1","posts +2 ~0","visits +2 ~0"}', 'in the mode replace also what was unlinked is linked again');
select is(testing.changes(testing.gone() || '; insert into public.posts values (99, 1, ''new''); delete from public.others', '{"people": [2]}', true, 'replace'), '{"likes +4 ~0","people +1 ~1","posts +2 ~0","visits +2 ~0"}', 'nothing else is touched, and nothing deleted');
select is(testing.changes('update public.people set name = ''x''', '{"people": [2, 3]}'), '{}', 'undelete: a row that has changed stays');
select is(testing.changes('update public.people set name = ''x''', '{"people": [2, 3]}', mode => 'merge'), '{"people +0 ~2"}', 'merge: it becomes what it was');
select is(testing.changes('update public.people set name = ''x''', '{"people": [2, 3]}', mode => 'replace'), '{"people +0 ~2"}', 'as it does in a replace');
select is(testing.changes(testing.gone(), '{"posts": [20, 21]}'), '{"people +1 ~0","posts +2 ~0"}', 'a missing parent comes with its child');
select is(testing.changes('update public.people set mentor = null, city = null; delete from public.people where id = 2; delete from public.cities', '{"posts": [20]}'), '{"cities +1 ~0","people +1 ~0","posts +1 ~0"}', 'and the parent''s parent');
select is(testing.changes('delete from public.posts where id = 20; update public.people set name = ''x'' where id = 2', '{"posts": [20]}', mode => 'replace'), '{"posts +1 ~0"}', 'a parent that is there stays as it is, in any mode');
select is(testing.changes('update public.people set mentor = null; delete from public.people where id in (1, 2)', '{"people": [3]}', mode => 'replace'), '{"people +2 ~1"}', 'parents within the same table, one after the other');
select is(testing.changes('delete from public.likes', '{"likes": [[3, 20], {"post": 10, "person": 2}]}'), '{"likes +2 ~0"}', 'composite keys');
select is(testing.changes('delete from public.likes where (person, post) = (1, 20)', '{"likes": [[1, 20]], "people": [4]}'), '{"likes +1 ~0"}', 'rows of several tables');
select is(testing.changes(testing.gone(), '{"people": [2, "2", [2]]}'), '{"people +1 ~0"}', 'a row that is named several times comes back once');
select is(testing.changes('delete from public.visits; delete from public.likes', '{"people": [2, 3]}', true), '{"likes +4 ~0","visits +3 ~0"}', 'children of several rows, each once');

-- as it was in the backup
select is(testing.changes('insert into public.posts values (99, 2, ''new'')', '{"people": [2]}', true, 'replace'), '{}', 'and those that came since are not among them');

-- what is shown
create table testing.shown as select testing.previewed(testing.gone(), '{"people": [2]}', true) as preview;
select is((select jsonb_object_agg(entry ->> 'table', entry ->> 'role') from testing.shown, jsonb_array_elements(preview -> 'tables') as entry),
  '{"public.likes": "related", "public.people": "chosen", "public.posts": "related", "public.visits": "related"}', 'chosen tables, and those that have to do with them');
select is((select array[preview -> 'needs', preview -> 'blocking', preview -> 'cascades', preview -> 'orphans'] from testing.shown), array['[]', '[]', '[]', '[]']::jsonb[], 'nothing stands in the way');
select is((select jsonb_path_query_array(preview, '$.tables[*] ? (@.table == "public.people").sample[*].key.id') from testing.shown), '["2"]', 'samples as ever');

-- not to be had
select is(
  (select array[raised.code, raised.message, raised.detail ->> 'rows'] from testing.raised(format('select testing.previewed(''select'', %L)', '{"people": [2, 77, 78]}')) as raised),
  array['BK448', '2 of the chosen rows are not in the backup of public.people.', '{"public.people": [{"id": "77"}, {"id": "78"}]}'], 'BK448 for rows that the backup does not have, by name'
);
select is((testing.raised(format('select testing.previewed(''insert into public.people values (77)'', %L)', '{"people": [77]}'))).code, 'BK448', 'also when they are there by now');
select is((testing.raised(format('select testing.previewed(''select'', %L)', '{"likes": [[2, 20]]}'))).detail, '{"rows": {"public.likes": [{"post": "20", "person": "2"}]}}', 'composite keys, too');

-- a parent that the backup does not have
select testing.backup_of('posts', 'likes') as partly \gset
update testing.source set backup = :'partly';
select is(testing.changes('delete from public.posts where id = 20', '{"posts": [20]}'), '{"posts +1 ~0"}', 'a parent that is not in the backup, and there');
create table testing.orphaned as select testing.previewed(testing.gone(), '{"posts": [20]}') as preview;
select is((select preview #> '{orphans,0}' #- '{sample}' from testing.orphaned), '{"rows": 1, "table": "public.posts", "constraint": "posts_person_fkey", "references": "public.people"}', 'or gone: then the row is an orphan');
select is((select preview -> 'needs' from testing.orphaned), '["skip_orphans"]', 'to be left out');

-- keys in other spellings
select testing.did($$
  create extension if not exists citext with schema extensions;
  create table public.names (name extensions.citext primary key, body text);
  create table public.moments (at timestamptz primary key);
  create table public.numbers (n numeric primary key);
  insert into public.names values ('Ada', 'x');
  insert into public.moments values ('2026-01-01 10:00+00');
  insert into public.numbers values (1.0);
$$);
select testing.backup_of('names', 'moments', 'numbers') as spelled \gset
update testing.source set backup = :'spelled';
select is(testing.changes('delete from public.names; delete from public.moments; delete from public.numbers', '{"names": ["ADA"], "moments": ["2026-01-01T11:00:00+01:00"], "numbers": ["1.000"]}'),
  '{"moments +1 ~0","names +1 ~0","numbers +1 ~0"}', 'a key is compared by the equality of its type');
select is(testing.changes('update public.names set name = ''ADA'', body = ''y''', '{"names": ["ada"]}', mode => 'merge'), '{"names +0 ~1"}', 'the live row, too');

select * from finish();
rollback;
