-- What else would stand in the way of the rows to be written, said before anything is touched.
begin;
\ir support.sql
select plan(35);

select testing.did($$
  create extension if not exists btree_gist with schema extensions;
  create table public.things (id integer primary key, code text, "order" integer, body text, during tstzrange);
  insert into public.things select n, 'code ' || n, n, 'body', tstzrange('2026-01-01Z'::timestamptz + n * interval '1 day', '2026-01-02Z'::timestamptz + n * interval '1 day') from generate_series(1, 10) as n;
  create table public.years (year integer, n integer, primary key (year, n)) partition by list (year);
  create table public.year_1 partition of public.years for values in (2001);
  create table public.year_2 partition of public.years for values in (2002);
  insert into public.years values (2001, 1), (2002, 2);
$$);
select testing.backup_of('things', 'years') as backup \gset
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
-- Each violation in short; ! blocks, ? does not.
create function testing.violations(statement text, mode text default 'replace', tables text[] default '{things}')
returns text[]
language sql
as $$
  select coalesce(array_agg(format('%s %s %s%s', entry ->> 'kind', entry ->> 'constraint', entry ->> 'rows', case when (entry ->> 'is_blocking')::boolean then '!' else '?' end) order by position), '{}')
  from jsonb_array_elements(testing.previewed(statement, mode, tables) -> 'violations') with ordinality as shown (entry, position);
$$;

select is(testing.violations('truncate public.things'), '{}', 'nothing stands in the way of what was there');

-- one row alone
select is(testing.violations('truncate public.things; alter table public.things add check (id <> 3)'), '{"check things_id_check 1!"}', 'a CHECK that is new');
create table testing.checked as select testing.previewed('truncate public.things; alter table public.things add check (id > 3)') as preview;
select is((select preview #> '{violations,0}' #- '{message}' #- '{sample}' from testing.checked),
  '{"kind": "check", "rows": 3, "table": "public.things", "constraint": "things_id_check", "is_blocking": true}', 'how many rows it refuses');
select set_eq('select row ->> ''id'' from testing.checked, jsonb_array_elements(preview #> ''{violations,0,sample}'') as row', '{1,2,3}'::text[], 'and which');
select is((select preview #> '{blocking,0,code}' from testing.checked), '"check"', 'it blocks');
select is(testing.violations('delete from public.things where id = 5; alter table public.things add check (id > 3) not valid'), '{}', 'only rows that are written are asked');
select is(testing.violations('delete from public.things where id = 3; alter table public.things add check (id > 3) not valid'), '{"check things_id_check 1!"}', 'also by one that holds for new rows only');
select is(testing.violations('truncate public.things; alter table public.things add check ("order" + id <> 4)'), '{"check things_check 1!"}', 'of several columns, one a reserved word');
select is(testing.violations('truncate public.things; alter table public.things add check (id / (id - 3) > 0)'), '{"check things_id_check 0?"}', 'a CHECK that raises cannot be asked');
select is(testing.violations('truncate public.things; alter table public.things add check (null::boolean)'), '{}', 'a CHECK that is NULL holds');
select is(testing.violations('update public.things set body = ''x''; alter table public.things alter body set not null'), '{}', 'NOT NULL that is new, and all rows have a value');
select testing.did('update public.things set code = null where id = 7');
select testing.backup_of('things', 'years') as backup \gset
update testing.source set backup = :'backup';
select is(testing.violations('update public.things set code = ''x'' where id = 7; alter table public.things alter code set not null'), '{"not_null code 1!"}', 'NOT NULL that is new, and one has none');
select is(testing.violations('truncate public.things; alter table public.things add column extra text not null'), '{"not_null extra 10!"}', 'a new column without a default that must have a value');
select is(testing.violations('truncate public.things; alter table public.things add column extra text not null default ''x'''), '{}', 'with a default');
select is(testing.violations('update public.things set body = ''x''; alter table public.things add column extra text; update public.things set extra = ''y''; alter table public.things alter extra set not null'), '{}', 'rows that exist keep theirs');
select is(testing.violations('truncate public.things; alter table public.things add column twice integer generated always as (id * 2) stored check (twice <> 6)'), '{"check things_twice_check 1!"}', 'a CHECK of a generated column');

-- partitions
select is(testing.violations('drop table public.year_2', tables => '{years}'), '{"partition years 1!"}', 'a partition that is gone');
select is(testing.violations('drop table public.year_2; create table public.rest partition of public.years default', tables => '{years}'), '{}', 'rows land in the default one');
select is(testing.violations('drop table public.year_1, public.year_2', tables => '{years}'), '{"partition years 2!"}', 'no partition at all');

-- unique
select is(testing.violations('update public.things set code = ''code 1'' where id = 2; update public.things set code = ''x'' where id = 1; create unique index things_code_idx on public.things (code)'), '{}', 'values that go back to where they were are there once');
select is(testing.violations('create unique index things_code_idx on public.things (code); delete from public.things where id = 1; insert into public.things (id, code) values (11, ''code 1'')'), '{}', 'replace: what has the value now goes');
select is(testing.violations('create unique index things_code_idx on public.things (code); delete from public.things where id = 1; insert into public.things (id, code) values (11, ''code 1'')', 'merge'), '{"unique things_code_idx 1!"}', 'merge: it stays, and stands in the way');
create table testing.doubled as select testing.previewed('create unique index things_code_idx on public.things (code); delete from public.things where id = 1; insert into public.things (id, code) values (11, ''code 1'')', 'merge') as preview;
select is((select preview #> '{violations,0,sample}' from testing.doubled), '[{"k1": "code 1"}]', 'which value it is');
select is(testing.violations('create unique index things_code_idx on public.things (code); delete from public.things where id = 1; insert into public.things (id, code) values (11, ''code 1'')', 'undelete'), '{"unique things_code_idx 1!"}', 'an undelete, too');
select is(testing.violations('create unique index things_code_idx on public.things (code) where id < 10; delete from public.things where id = 1; insert into public.things (id, code) values (11, ''code 1'')', 'merge'), '{}', 'a partial index: the other row is not in it');
select is(testing.violations('create unique index things_code_idx on public.things (code) where id < 12; delete from public.things where id = 1; insert into public.things (id, code) values (11, ''code 1'')', 'merge'), '{"unique things_code_idx 1!"}', 'or is');
select is(testing.violations('create unique index things_code_idx on public.things (upper(code)); delete from public.things where id = 1; insert into public.things (id, code) values (11, ''CODE 1'')', 'merge'), '{"unique things_code_idx 1!"}', 'an index of an expression');
select is(testing.violations('update public.things set body = id::text; create unique index things_body_idx on public.things (body)'), '{"unique things_body_idx 1!"}', 'one that is new: rows of the backup have a value ten times');
select is(testing.violations('delete from public.things where id = 7; alter table public.things add unique nulls not distinct (code); insert into public.things (id, code) values (11, null)', 'merge'), '{"unique things_code_key 1!"}', 'one that has NULL once');
select is(testing.violations('delete from public.things where id = 7; alter table public.things add unique (code); insert into public.things (id, code) values (11, null)', 'merge'), '{}', 'as a rule NULLs are distinct');
select is(testing.violations('create unique index things_code_idx on public.things (code, "order" desc); delete from public.things where id = 1; insert into public.things (id, code, "order") values (11, ''code 1'', 1), (12, ''code 1'', 2)', 'merge'), '{"unique things_code_idx 1!"}', 'of several columns all must be the same');

-- another type, other equals
select testing.did('alter table public.things add unique (body, code); update public.things set body = case id when 1 then ''1'' when 2 then ''01'' else (id * 10)::text end, code = ''c''');
select testing.backup_of('things') as texts \gset
update testing.source set backup = :'texts';
select is(testing.violations('update public.things set body = id; alter table public.things alter body type integer using body::integer'), '{"unique things_body_code_key 1!"}', 'distinct as texts, the same as numbers');

-- exclusion
select testing.did('alter table public.things add exclude using gist (during with &&)');
select testing.backup_of('things') as ranges \gset
update testing.source set backup = :'ranges';
select is(testing.violations('delete from public.things where id = 3'), '{}', 'what did not exclude each other does not');
select is(testing.violations('delete from public.things where id = 3; insert into public.things (id, during) select 11, tstzrange(''2026-01-04Z'', ''2026-01-05Z'')', 'merge'), '{"exclusion things_during_excl 1!"}', 'a row that stays excludes one that comes back');
select is(testing.violations('delete from public.things where id = 3; insert into public.things (id, during) select 11, tstzrange(''2026-01-04Z'', ''2026-01-05Z'')'), '{}', 'one that goes does not');

select * from finish();
rollback;
