-- list_backups(): other orders, several statuses, and search.
begin;
\ir ../support.sql
select plan(25);

select testing.sign_in_as('admin') \g /dev/null
create table testing.made (name text, id uuid);
insert into testing.made
select made.name, testing.backup(made.status, created_at => made.created_at)
from (values ('a', 'completed', timestamptz '2026-01-01Z'), ('b', 'completed', '2026-01-02Z'), ('c', 'completed', '2026-01-03Z'), ('d', 'failed', '2026-01-04Z'), ('e', 'blocked', '2026-01-05Z'))
  as made (name, status, created_at);
update public.backups set file_size = 30, row_count = 1, completed_at = started_at + interval '3 s', notes = 'Before the IMPORT of 100%' from testing.made where made.id = backups.id and name = 'a';
update public.backups set file_size = 10, row_count = 3, completed_at = started_at + interval '1 s', filename = 'alumni_önE.sql.gz'       from testing.made where made.id = backups.id and name = 'b';
update public.backups set file_size = 20, row_count = 2, completed_at = started_at + interval '2 s'                                        from testing.made where made.id = backups.id and name = 'c';

create function testing.names(answer jsonb)
returns text
language sql
as $$
  select coalesce(string_agg(made.name, '' order by listed.position), '')
  from jsonb_array_elements(answer -> 'backups') with ordinality as listed (shown, position) join testing.made on made.id = (listed.shown ->> 'id')::uuid
$$;

-- order
select is(testing.names(backup.list_backups()), 'edcba', 'newest first');
select is(testing.names(backup.list_backups(sort => 'created_at')), 'edcba', 'as if asked for');
select is(testing.names(backup.list_backups(sort => 'created_at', sort_order => 'asc')), 'abcde', 'oldest first');
select is(testing.names(backup.list_backups(sort_order => 'asc')), 'abcde', 'in short');
select is(left(testing.names(backup.list_backups(sort => 'file_size')), 3), 'acb', 'the largest first; those without a size are last');
select is(left(testing.names(backup.list_backups(sort => 'file_size', sort_order => 'asc')), 3), 'bca', 'the smallest first; they are last as well');
select is(left(testing.names(backup.list_backups(sort => 'row_count')), 3), 'bca', 'by rows');
select is(left(testing.names(backup.list_backups(sort => 'duration_ms', sort_order => 'asc')), 3), 'bca', 'by duration');
select is(
  (select string_agg(testing.names(backup.list_backups(sort => 'file_size', page_limit => 2, page => page)), '|' order by page) from generate_series(1, 4) as page),
  left(testing.names(backup.list_backups(sort => 'file_size')), 2) || '|' || substr(testing.names(backup.list_backups(sort => 'file_size')), 3, 2) || '|' || right(testing.names(backup.list_backups(sort => 'file_size')), 1) || '|',
  'by page, each once, though some are equal');
select is(backup.list_backups(sort => 'file_size', page_limit => 2) -> 'next_cursor', 'null', 'a sorted list has no cursor');
select is(backup.list_backups(sort => 'file_size', page_limit => 2) -> 'count', '5', 'but a count');
select is((testing.raised(format('select backup.list_backups(sort => ''row_count'', cursor => %L)', backup.list_backups(page_limit => 1) ->> 'next_cursor'))).detail, '{"argument": "cursor"}', 'nor does it take one');
select is((testing.raised($$ select backup.list_backups(sort => 'notes; drop table x') $$)).detail, '{"argument": "sort"}', 'an order that there is not');
select is((testing.raised($$ select backup.list_backups(sort_order => 'up') $$)).detail, '{"argument": "order"}', 'a direction');
create function testing.plan_of(statement text)
returns text
language plpgsql
as $$
declare
  line   text;
  answer text := '';
begin
  for line in execute 'explain ' || statement loop
    answer := answer || line || E'\n';
  end loop;
  return answer;
end;
$$;
set local enable_seqscan = off;
select alike(testing.plan_of('select * from public.backups as candidate order by ' || backup.backups_order(null, 'asc') || ' limit 2'), '%backups_created_at_idx%', 'by time of creation the index is used, in either direction');
reset enable_seqscan;

-- statuses
select is(testing.names(backup.list_backups(status => '{failed,blocked}')), 'ed', 'several statuses');
select is(backup.list_backups(status => '{failed,blocked}') -> 'count', '2', 'counted');
select is(testing.names(backup.list_backups(status => '{failed,blocked}', page_limit => 1, cursor => backup.list_backups(status => '{failed,blocked}', page_limit => 1) ->> 'next_cursor')), 'd', 'page by page');

-- search
select is(testing.names(backup.list_backups(search => 'import')), 'a', 'in the notes, in any case');
select is(testing.names(backup.list_backups(search => 'ÖNe')), 'b', 'in the file name');
select is(testing.names(backup.list_backups(search => '0%')), 'a', 'a percent sign is one');
select is(testing.names(backup.list_backups(search => 'alumni_')), 'b', 'and an underscore');
select is(testing.names(backup.list_backups(search => upper(left(id::text, 13)))), 'c', 'or by the id') from testing.made where name = 'c';
select is(backup.list_backups(search => 'no such'), '{"backups": [], "count": 0, "next_cursor": null}', 'found nowhere');
select is(testing.names(backup.list_backups(search => '', status => '{completed}')), 'cba', 'an empty search is none');

select * from finish();
rollback;
