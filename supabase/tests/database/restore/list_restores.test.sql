-- get_restore(), list_restores(): what there is, newest first, in pages that neither repeat nor leave out a row.
begin;
\ir support.sql
select plan(33);

select testing.backup() as backup, testing.backup() as other_backup \gset
select testing.sign_out();
select throws_ok('select backup.list_restores()', 'BK403', null, 'BK403 for nobody');
select throws_ok('select backup.get_restore(gen_random_uuid())', 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok('select backup.list_restores()', 'BK403', null, 'BK403 for a member');
select throws_ok('select backup.get_restore(gen_random_uuid())', 'BK403', null, 'who does not even learn what exists');
select testing.sign_in_as('admin') as admin \gset
select throws_ok('select backup.get_restore(gen_random_uuid())', 'BK440', null, 'BK440 for one that does not exist');
select throws_ok('select backup.get_restore(null)', 'BK440', null, 'nor does NULL');
select is(backup.list_restores(), '{"restores": [], "count": 0, "next_cursor": null}', 'no restores');

-- 25 restores: some of the same microsecond, some of neighbouring ones
create table testing.made (id uuid, created_at timestamptz, status text, backup_id uuid);
insert into testing.made
select testing.restore(made.status, made.backup_id, created_at => made.created_at), made.created_at, made.status, made.backup_id
from (
  select timestamptz '2026-03-29 00:59:59.999998Z' + (n / 3) * interval '1 microsecond' as created_at,
    case when n % 5 = 0 then 'failed' else 'previewed' end as status, case when n % 4 = 0 then :'other_backup'::uuid else :'backup'::uuid end as backup_id
  from generate_series(1, 25) as n
) as made;
create table testing.ordered as select *, row_number() over (order by created_at desc, id desc) as position from testing.made;

create function testing.ids(answer jsonb)
returns uuid[]
language sql
as $$ select coalesce(array_agg((listed ->> 'id')::uuid order by position), '{}') from jsonb_array_elements(answer -> 'restores') with ordinality as shown (listed, position) $$;
create function testing.expected(first bigint, last bigint)
returns uuid[]
language sql
as $$ select coalesce(array_agg(id order by position), '{}') from testing.ordered where position between first and last $$;

select is(testing.ids(backup.list_restores()), testing.expected(1, 20), 'the newest twenty, newest first');
select is(backup.list_restores() -> 'count', '25', 'and how many there are');
select is(testing.ids(backup.list_restores(page_limit => 100)), testing.expected(1, 25), 'or as many as there are');
select is(backup.list_restores(page_limit => 25) -> 'next_cursor', 'null', 'no next page when the page is just full');
select isnt(backup.list_restores(page_limit => 24) -> 'next_cursor', 'null', 'one row more makes one');
select is(testing.ids(backup.list_restores(page_limit => 10, page => 3)), testing.expected(21, 25), 'by number');
select is(testing.ids(backup.list_restores(page_limit => 10, page => 4)), '{}', 'a page behind the last is empty');

create function testing.walk(page_limit integer, status text default null, with_newcomer boolean default false)
returns uuid[]
language plpgsql
as $$
declare
  answer jsonb;
  seen   uuid[] := '{}';
begin
  loop
    answer := backup.list_restores(status => walk.status, page_limit => walk.page_limit, cursor => answer ->> 'next_cursor');
    seen := seen || testing.ids(answer);
    exit when answer ->> 'next_cursor' is null;
    if with_newcomer then
      perform testing.restore(created_at => now() + interval '1 day');
    end if;
  end loop;
  return seen;
end;
$$;
select is(testing.walk(1), testing.expected(1, 25), 'by cursor: one by one, every row once, though some are of the same microsecond');
select is(testing.walk(4), testing.expected(1, 25), 'in fours');
select is(testing.walk(2, 'failed'), array(select id from testing.ordered where status = 'failed' order by position), 'with a filter, too');
savepoint newcomers;
select is(testing.walk(4, with_newcomer => true), testing.expected(1, 25), 'rows that are added meanwhile shift nothing');
rollback to newcomers;
select is(
  array(select distinct (testing.raised(format('select backup.list_restores(cursor => %L)', bad))).code
    from unnest(array['', 'x', '1_2', '1774745999999998_not-a-uuid', '1_b0b0b0b0-0000-4000-8000-000000000001; select 1']) as bad),
  '{BK422}', 'BK422 for every malformed cursor'
);

-- filters
select is(testing.ids(backup.list_restores(status => 'failed')), array(select id from testing.ordered where status = 'failed' order by position), 'by status');
select is(backup.list_restores(status => 'failed') -> 'count', '5', 'the count is of what fits');
select is(testing.ids(backup.list_restores(backup_id => :'other_backup')), array(select id from testing.ordered where backup_id = :'other_backup' order by position), 'by backup');
select is(backup.list_restores(backup_id => :'other_backup') -> 'count', '6', 'and how many');
select is(backup.list_restores(status => 'failed', backup_id => :'other_backup') -> 'count', '1', 'by both');
select is(backup.list_restores(status => 'no such'), '{"restores": [], "count": 0, "next_cursor": null}', 'a status that no restore has');
select is(backup.list_restores(backup_id => gen_random_uuid()) -> 'count', '0', 'a backup that does not exist');

-- what is shown
select is(
  backup.list_restores(page_limit => 1) -> 'restores' -> 0, backup.get_restore((testing.expected(1, 1))[1]) #- '{preview,tables}',
  'a list shows what one restore shows, but the tables of its preview'
);
select testing.restore('completed', :'backup', created_by => :'admin') as completed \gset
select is((select array[shown -> 'can_undo', shown -> 'undone_by'] from backup.get_restore(:'completed') as shown), array['true', 'null']::jsonb[], 'a restore that has been applied can be undone');
select is((backup.get_restore(:'completed') #> '{profiles}'), '{"first_name": "Test", "last_name": "Person"}', 'by whom it was asked for');
select testing.restore('applying', :'backup', 'undo', undo_of => :'completed') as undoing \gset
select is((select array[shown -> 'can_undo', shown -> 'undone_by'] from backup.get_restore(:'completed') as shown), array['false', to_jsonb(:'undoing'::text)]::jsonb[], 'not while somebody undoes it');
update backup.restores set status = 'failed', error = '{}' where restore_id = :'undoing';
select is((select array[shown -> 'can_undo', shown -> 'undone_by'] from backup.get_restore(:'completed') as shown), array['true', 'null']::jsonb[], 'unless that failed');
update backup.restores set undo_until = clock_timestamp() where restore_id = :'completed';
select is(backup.get_restore(:'completed') -> 'can_undo', 'false', 'nor when its time is over');
select backup.enqueue_job('stage', null, restore_id => :'completed') as first_job, backup.enqueue_job('apply', null, restore_id => :'completed') as second_job \gset
update backup.jobs set progress = jsonb_build_object('percent', case job_id when :'second_job' then 40 else 90 end);
select is(backup.get_restore(:'completed') -> 'progress', '{"percent": 40}', 'progress is that of its last job');

select * from finish();
rollback;
