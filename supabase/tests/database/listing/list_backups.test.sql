-- list_backups(): newest first, filtered, in pages that neither repeat nor leave out a row.
begin;
\ir ../support.sql
select plan(31);

select testing.sign_out();
select throws_ok('select backup.list_backups()', 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok('select backup.list_backups()', 'BK403', null, 'BK403 for a member');
select testing.sign_in_as('admin') as admin \gset
select is(backup.list_backups(), '{"backups": [], "count": 0, "next_cursor": null}', 'no backups');

-- 25 backups: some of the same microsecond, some of neighbouring ones
create table testing.made (id uuid, created_at timestamptz, status text, kind text);
insert into testing.made
select testing.backup(made.status, made.kind, made.created_at), made.created_at, made.status, made.kind
from (
  select timestamptz '2026-03-29 00:59:59.999998Z' + (n / 3) * interval '1 microsecond' as created_at,
    case when n % 5 = 0 then 'failed' else 'completed' end as status, case when n % 4 = 0 then 'daily' else 'manual' end as kind
  from generate_series(1, 25) as n
) as made;
create table testing.ordered as select id, row_number() over (order by created_at desc, id desc) as position from testing.made;

create function testing.ids(answer jsonb)
returns uuid[]
language sql
as $$ select coalesce(array_agg((listed ->> 'id')::uuid order by position), '{}') from jsonb_array_elements(answer -> 'backups') with ordinality as shown (listed, position) $$;
create function testing.expected(first bigint, last bigint)
returns uuid[]
language sql
as $$ select coalesce(array_agg(id order by position), '{}') from testing.ordered where position between first and last $$;

select is(testing.ids(backup.list_backups()), testing.expected(1, 20), 'the newest twenty, newest first');
select is(backup.list_backups() -> 'count', '25', 'and how many there are');
select is(testing.ids(backup.list_backups(page_limit => 5)), testing.expected(1, 5), 'as many as are asked for');
select is(testing.ids(backup.list_backups(page_limit => 100)), testing.expected(1, 25), 'or as there are');
select is(backup.list_backups(page_limit => 100) -> 'next_cursor', 'null', 'then there is no next page');
select is(backup.list_backups(page_limit => 25) -> 'next_cursor', 'null', 'nor when the page is just full');
select isnt(backup.list_backups(page_limit => 24) -> 'next_cursor', 'null', 'one row more makes one');

-- by number
select is(testing.ids(backup.list_backups(page_limit => 10, page => 1)), testing.expected(1, 10), 'page 1');
select is(testing.ids(backup.list_backups(page_limit => 10, page => 3)), testing.expected(21, 25), 'page 3');
select is(testing.ids(backup.list_backups(page_limit => 10, page => 4)), '{}', 'a page behind the last is empty');
select is(backup.list_backups(page_limit => 10, page => 4) -> 'count', '25', 'and still counts');

-- by cursor
create function testing.walk(page_limit integer, status text[] default null, with_newcomer boolean default false)
returns uuid[]
language plpgsql
as $$
declare
  answer jsonb;
  seen   uuid[] := '{}';
begin
  loop
    answer := backup.list_backups(status => walk.status, page_limit => walk.page_limit, cursor => answer ->> 'next_cursor');
    seen := seen || testing.ids(answer);
    exit when answer ->> 'next_cursor' is null;
    if with_newcomer then
      perform testing.backup(created_at => now() + interval '1 day');
    end if;
  end loop;
  return seen;
end;
$$;
select is(testing.walk(1), testing.expected(1, 25), 'one by one, every row once, though some are of the same microsecond');
select is(testing.walk(4), testing.expected(1, 25), 'so in fours');
select is(testing.walk(25), testing.expected(1, 25), 'and in one');
set local timezone = 'Europe/London';
select is(testing.walk(7), testing.expected(1, 25), 'whatever the session''s time zone, here where the clocks change');
savepoint newcomers;
select is(testing.walk(4, with_newcomer => true), testing.expected(1, 25), 'rows that are added meanwhile shift nothing');
rollback to newcomers;
select is(
  testing.walk(2, '{failed}'), (select array_agg(id order by position) from testing.ordered join testing.made using (id) where status = 'failed'), 'with a filter, too'
);

-- filters
select is(backup.list_backups(status => '{failed}') -> 'count', '5', 'by status: the count is of what fits');
select is(
  (select array_agg(distinct listed ->> 'status') from jsonb_array_elements(backup.list_backups(status => '{failed}') -> 'backups') as listed), '{failed}', 'and only that is listed'
);
select is(backup.list_backups(kind => 'daily') -> 'count', '6', 'by kind');
select is(
  backup.list_backups(status => '{failed}', kind => 'daily') -> 'count', (select to_jsonb(count(*)) from testing.made where status = 'failed' and kind = 'daily'), 'by both'
);
select is(backup.list_backups(status => '{no such}'), '{"backups": [], "count": 0, "next_cursor": null}', 'a status that no backup has');

-- cursors that nobody gave out
select is(
  array(
    select distinct (testing.raised(format('select backup.list_backups(cursor => %L)', bad))).code
    from unnest(array['', 'x', '1', '_', '1_2', '1774745999999998_not-a-uuid', '-1_b0b0b0b0-0000-4000-8000-000000000001', '1e9_b0b0b0b0-0000-4000-8000-000000000001',
      '99999999999999999999_b0b0b0b0-0000-4000-8000-000000000001', '1_b0b0b0b0-0000-4000-8000-000000000001; select 1', E'1_b0b0b0b0-0000-4000-8000-000000000001\n']) as bad
  ),
  '{BK422}', 'BK422 for every malformed cursor'
);
select is((testing.raised('select backup.list_backups(cursor => ''x'')')).detail, '{"argument": "cursor"}', 'it names the argument');
select is(testing.ids(backup.list_backups(cursor => '999999999999999999_b0b0b0b0-0000-4000-8000-000000000001', page_limit => 2)), testing.expected(1, 2), 'a cursor of the far future is before everything');
select is(testing.ids(backup.list_backups(cursor => '0_b0b0b0b0-0000-4000-8000-000000000001')), '{}', 'one of 1970 behind it');

-- what a list shows
select is(
  backup.list_backups(page_limit => 1) -> 'backups' -> 0 -> 'validation_results', '{"status": "passed", "errors": 0}', 'how validation ended, without the samples'
);
select testing.use_secret_key();
select is(backup.list_backups() -> 'count', '25', 'a secret key sees the same');

select * from finish();
rollback;
