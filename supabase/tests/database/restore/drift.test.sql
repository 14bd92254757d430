-- Drift: how the live definition differs from the backup's, column by column, and what that means for the rows.
begin;
\ir support.sql
select plan(59);

select testing.did($$
  create type public.mood as enum ('calm', 'wild');
  create table public.plain (id integer primary key, body text not null, mood public.mood, price numeric(10,2), at timestamptz, "select" text, double integer generated always as (id * 2) stored);
  insert into public.plain values (1, 'one', 'calm', 1.50, '2026-01-01Z', 'x'), (2, 'two', 'wild', 2.00, null, null);
  create table public.heap (body text);
  insert into public.heap values ('x'), ('x'), (null);
$$);
create table testing.definitions as select backup.relation_definition('public.plain'::regclass) as plain, backup.relation_definition('public.heap'::regclass) as heap;

-- match_columns(), after a change that is undone again
create function testing.matched(statement text)
returns jsonb
language sql
as $$
  select testing.after(statement, 'select to_jsonb(found) from testing.definitions, backup.match_columns(''public.plain''::regclass, plain) as found');
$$;
create function testing.notes(statement text)
returns text[]
language sql
as $$
  select coalesce(array_agg(concat_ws(' ', note ->> 'kind', note ->> 'column') || case when (note ->> 'is_blocking')::boolean then ' !' else '' end), '{}') from jsonb_array_elements(testing.matched(statement) -> 'drift') as note;
$$;

create table testing.same as select testing.matched('select') as found;
select is((select found -> 'drift' from testing.same), '[]', 'nothing has changed: no drift');
select is((select found -> 'shared_columns' from testing.same), '["id", "body", "mood", "price", "at", "select"]', 'all columns but the generated one are compared and written');
select is((select found -> 'kept_columns' from testing.same), '[]', 'none is kept');
select is((select found -> 'key' from testing.same), '["id"]', 'rows are matched by the key');
select is((select jsonb_path_query_array(found, '$.staged_columns[*].type') from testing.same), '["integer", "text", "public.mood", "numeric(10,2)", "timestamp with time zone", "text"]', 'they are staged in the live types');
select is((select jsonb_path_query_array(found, '$.staged_columns[*].status') from testing.same), '["same", "same", "same", "same", "same", "same"]', 'as they are');

create table testing.changes (nr serial, statement text, expected text[]);
insert into testing.changes (statement, expected) values
  ('drop column mood',                                          '{column_gone mood}'),
  ('drop column mood, drop column price',                       '{column_gone mood,column_gone price}'),
  ('rename mood to feeling',                                    '{column_gone mood,column_new feeling}'),
  ('add column extra text',                                     '{column_new extra}'),
  ('add column extra text not null default ''x''',              '{column_new extra}'),
  ('add column extra text not null',                            '{not_null_column_new extra}'),
  ('add column extra integer generated always as identity',     '{column_new extra}'),
  ('add column extra integer generated always as (id) stored',  '{}'),
  ('alter price type numeric(12,2)',                            '{type_changed price}'),
  ('alter price type text',                                     '{type_changed price}'),
  ('alter body type varchar(100)',                              '{type_changed body}'),
  ('alter mood set not null',                                   '{not_null_added mood}'),
  ('alter mood type text, alter mood set not null',             '{type_changed mood,not_null_added mood}'),
  ('alter at type text, alter at set not null, drop column mood', '{column_gone mood,type_changed at,not_null_added at}'),
  ('alter body type text collate "C"',                          '{collation_changed body}'),
  ('alter body type varchar collate "C"',                       '{type_changed body}'),
  ('alter body drop not null',                                  '{}'),
  ('alter body set default ''x''',                              '{}'),
  ('add check (id > 0)',                                        '{}'),
  ('drop column double',                                        '{}'),
  ('alter double drop expression',                              '{column_new double}'),
  ('drop column price, add column price numeric(10,2) generated always as (id * 1.5) stored', '{column_generated price}'),
  ('drop constraint plain_pkey',                                '{key_changed}'),
  ('drop constraint plain_pkey, add primary key (body)',        '{key_changed}'),
  ('drop constraint plain_pkey, add primary key (body, id)',    '{key_changed}'),
  ('drop column id cascade',                                    '{column_gone id,key_changed}'),
  ('drop constraint plain_pkey, add unique (id)',               '{}'),
  ('rename id to number',                                       '{column_gone id,not_null_column_new number,key_changed}');
select is(testing.notes('truncate public.plain; alter table public.plain ' || statement), expected, coalesce(expected[1] || ': ', 'no drift: ') || statement) from testing.changes order by nr;
select is(testing.matched('alter table public.plain drop column id cascade') -> 'key', 'null', 'a key that is gone: rows are compared as they are');
select is(testing.matched('alter table public.plain add column extra integer generated by default as identity, drop constraint plain_pkey, add primary key (extra)') -> 'key', 'null', 'nor can a key serve that the backup does not have');
select is(testing.matched('alter table public.plain drop constraint plain_pkey, add primary key (body, id)') -> 'key', '["body", "id"]', 'a new key serves that it has');
select is(testing.matched('alter table public.plain alter price type text') #> '{staged_columns,3}', '{"name": "price", "type": "text", "status": "convert", "collation": null, "archived_type": "numeric(10,2)"}', 'what has another type is converted');
select is(testing.matched('alter table public.plain drop column mood') #>> '{staged_columns,2,status}', 'gone', 'what is gone is staged all the same: it is in the archive');
select is(testing.matched('alter table public.plain drop column mood') -> 'shared_columns', '["id", "body", "price", "at", "select"]', 'and left at that');
select is(testing.matched('alter table public.plain add column extra text') -> 'kept_columns', '["extra"]', 'what is new keeps its value');
select is(testing.matched('alter table public.plain alter body type text collate "C"') #>> '{staged_columns,1,collation}', 'pg_catalog."C"', 'a collation is taken over');
select is((select key from testing.definitions, backup.match_columns('public.heap'::regclass, heap)), null, 'a table without a key has none');

-- table by table, in a preview
select testing.backup_of('plain', 'heap') as backup \gset
select testing.use_secret_key();
create function testing.previewed(statement text, mode text default 'replace', tables text[] default null)
returns jsonb
language plpgsql
as $$
declare
  answer jsonb;
begin
  begin
    execute statement;
    answer := testing.preview((backup.request_restore((select id from public.backups), mode, tables => tables) ->> 'id')::uuid);
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return answer;
end;
$$;
select is(testing.previewed('select') -> 'totals', '{"kept": 0, "delete": 0, "insert": 0, "update": 0, "unchanged": 5}', 'nothing has changed: nothing to do');
select is((select array[entry -> 'is_unchanged', entry -> 'is_fetched'] from testing.table_of(testing.previewed('select'), 'public.plain') as entry), array['true', 'false']::jsonb[], 'nor to fetch');

-- gone
create table testing.gone as select testing.previewed('drop table public.heap', tables => '{plain,heap}') as preview;
select is((select testing.table_of(preview, 'public.heap') #> '{drift,0,kind}' from testing.gone), '"table_gone"', 'a table is gone');
select is((select jsonb_path_query_array(preview, '$.blocking[*].code') from testing.gone), '["table_gone"]', 'that blocks when it was chosen');
select is(testing.previewed('drop table public.heap') -> 'blocking', '[]', 'and not when it was not');
select is((select testing.table_of(preview, 'public.plain') -> 'is_blocked' from testing.gone), 'false', 'the others can be compared');

-- new columns, types and values
select is(testing.counts(testing.previewed('alter table public.plain add column extra text'), 'public.plain'), '{0,0,0,0}', 'a new column changes no row');
select is(testing.counts(testing.previewed('alter table public.plain drop column price'), 'public.plain'), '{0,0,0,0}', 'nor does one that is gone');
select is(testing.counts(testing.previewed('alter table public.plain alter price type numeric(12,2)'), 'public.plain'), '{0,0,0,0}', 'a wider type takes the values');
select is(testing.counts(testing.previewed('alter table public.plain alter price type numeric(12,4)'), 'public.plain'), '{0,0,0,0}', 'a finer one writes them as it does now');
select is(testing.counts(testing.previewed('alter table public.plain alter price type text; update public.plain set price = ''x'' where id = 1'), 'public.plain'), '{0,1,0,0}', 'text takes any');
create table testing.narrow as select testing.previewed('update public.plain set body = ''1''; alter table public.plain alter body type integer using body::integer') as preview;
select is((select testing.table_of(preview, 'public.plain') #> '{drift,1}' #- '{message}' from testing.narrow),
  '{"kind": "value_does_not_fit", "column": "body", "is_blocking": true, "sample": [{"key": {"id": "1"}, "value": "one"}, {"key": {"id": "2"}, "value": "two"}]}', 'values that do not fit block, and are named');
select is((select preview #> '{blocking,0,code}' from testing.narrow), '"value_does_not_fit"', 'the preview says so');
select is((select testing.counts(preview, 'public.plain') from testing.narrow), '{0,0,0,0}', 'and compares nothing');
create table testing.cut as select testing.previewed('update public.plain set body = ''x''; alter table public.plain alter body type varchar(2)') as preview;
select is((select testing.table_of(preview, 'public.plain') #>> '{drift,1,kind}' from testing.cut), 'value_does_not_fit', 'a value that would be cut short does not fit');

-- keys
select testing.did('update public.plain set body = ''one'' where id = 2');
select testing.backup_of('plain') as doubled \gset
delete from public.backups where id = :'backup';
select is(
  testing.table_of(testing.previewed('update public.plain set body = id; alter table public.plain drop constraint plain_pkey, add primary key (body)'), 'public.plain') #>> '{drift,1,kind}', 'key_not_unique', 'rows of the backup that share the new key block'
);

select * from finish();
rollback;
