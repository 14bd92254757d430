-- The slices of a plan hold every row exactly once: the COPY statements of plan_parts() are run here as queries and compared with the tables.
begin;
\ir ../support.sql
select plan(12);

-- pages full of small rows, of rows with TOAST, of holes; none; leaves of which some are empty; inheritance
create table public.plain_rows (id integer primary key, note text);
insert into public.plain_rows select n, repeat('x', n % 300) from generate_series(1, 8000) as n;
create table public.toasted (id integer, body text, padding text);
alter table public.toasted alter column body set storage external, alter column padding set storage plain;
insert into public.toasted select n, repeat(md5(n::text), 600), repeat('x', 2000) from generate_series(1, 60) as n;
create table public.holes (id integer);
insert into public.holes select generate_series(1, 5000);
delete from public.holes where id % 7 <> 0;
update public.holes set id = -id where id % 2 = 0;
create table public.empty_table (id integer);
create table public.no_columns ();
insert into public.no_columns select from generate_series(1, 1000);
create table public.whole (id integer, note text) partition by range (id);
create table public.low partition of public.whole for values from (0) to (1000);
create table public.middle partition of public.whole for values from (1000) to (2000) partition by list (note);
create table public.middle_a partition of public.middle for values in ('a');
create table public.middle_rest partition of public.middle default;
create table public.never partition of public.whole for values from (5000) to (6000);
create table public."High Part" (note text, id integer);
alter table public.whole attach partition public."High Part" for values from (2000) to (3000);
insert into public.whole select n, chr(97 + n % 3) from generate_series(0, 2999) as n;
create table public.parent (id integer);
create table public.child (more text) inherits (public.parent);
insert into public.parent select generate_series(1, 10);
insert into public.child select n, 'child' from generate_series(11, 30) as n;
create table public."Odd ""name"", %s" ("odd ""column"", %I" integer, generated integer generated always as (1) stored);
insert into public."Odd ""name"", %s" values (1), (2);
create table public.only_generated (generated integer generated always as (1) stored);
insert into public.only_generated default values;

create table testing.tables (name text, source text, ordinal integer);
insert into testing.tables (name, source) values
  ('plain_rows', 'public.plain_rows'), ('toasted', 'public.toasted'), ('holes', 'public.holes'), ('empty_table', 'public.empty_table'),
  ('no_columns', 'public.no_columns'), ('whole', 'public.whole'), ('parent', 'only public.parent'), ('child', 'public.child'),
  ('Odd "name", %s', 'public."Odd ""name"", %s"'), ('only_generated', 'public.only_generated');
update testing.tables set ordinal = selected.ordinal
from backup.select_tables(array(select name from testing.tables)) as selected where selected.table_name = tables.name;

create function testing.parts()
returns table (ordinal integer, table_ordinal integer, slice jsonb, copy_query text, prefix text, suffix text, estimated_bytes bigint)
language sql
as $$
  select ordinal, table_ordinal, slice, copy_query, prefix, suffix, estimated_bytes
  from backup.plan_parts('b0b0b0b0-0000-4000-8000-000000000001', array(select name from testing.tables));
$$;

-- The rows of a slice: what stands between `copy (` and `) to stdout`.
create function testing.rows_of_slice(copy_query text)
returns setof text
language plpgsql
as $$
begin
  return query execute format('select row_to_json(slice)::text from (%s) as slice', substr(copy_query, 7, length(copy_query) - 7 - length(') to stdout') + 1));
end;
$$;

create table testing.copied (slice_bytes bigint, table_ordinal integer, content text);
create function testing.copy_all(slice_bytes bigint)
returns void
language sql
as $$
  update backup.settings set value = to_jsonb(slice_bytes) where key = 'slice_bytes';
  insert into testing.copied
  select slice_bytes, part.table_ordinal, content from testing.parts() as part, testing.rows_of_slice(part.copy_query) as content where part.copy_query is not null;
$$;

create table testing.live (table_ordinal integer, content text);
create function testing.fill_live()
returns void
language plpgsql
as $$
declare
  listed record;
begin
  for listed in select * from testing.tables loop
    execute format('insert into testing.live select %s, (row_to_json(t)::jsonb - ''generated'')::text from (select * from %s) as t', listed.ordinal, listed.source);
  end loop;
end;
$$;
select testing.fill_live();

-- in slices of a page or a row, of a few pages, of everything
select testing.copy_all(1), testing.copy_all(100000), testing.copy_all(8388608), testing.copy_all(1099511627776);
update testing.copied set content = content::jsonb::text;

create function testing.is_every_row_once(wanted bigint, description text)
returns text
language sql
as $$
  select bag_eq(
    format('select table_ordinal, content from testing.copied where slice_bytes = %s', wanted), 'select table_ordinal, content from testing.live', description);
$$;
select testing.is_every_row_once(1,                'slices of a block, or of a row, hold every row once');
select testing.is_every_row_once(100000,           'slices of 100 kB hold every row once');
select testing.is_every_row_once(8388608,          'slices of 8 MiB hold every row once');
select testing.is_every_row_once(1099511627776, 'one slice holds every row once');

update backup.settings set value = '100000' where key = 'slice_bytes';
create table testing.cut as
  select part.*, listed.name, slice ->> 'source' as source, (slice ->> 'from')::tid as from_position, (slice ->> 'to')::tid as to_position
  from testing.parts() as part join testing.tables as listed on listed.ordinal = part.table_ordinal;

select cmp_ok((select count(*) from testing.cut where name = 'plain_rows'), '>', 5::bigint, 'a large table is cut');
select is_empty(
  $$
    select source from testing.cut group by source
    having count(*) filter (where to_position is null) <> 1 or max(from_position) <> max(from_position) filter (where to_position is null) or min(from_position) <> '(0,0)'
  $$,
  'from the first row on; the last slice of each heap, and no other, is open-ended: whatever was counted, no row is left out'
);
select is_empty(
  $$ select * from (select source, to_position, lead(from_position) over (partition by source order by from_position) as next_position from testing.cut) as pairs where to_position is distinct from next_position $$,
  'each slice begins where the one before it ends'
);
select is(
  (select array_agg(distinct source order by source) from testing.cut where name = 'whole'),
  '{public.High Part,public.low,public.middle_a,public.middle_rest}',
  'a partitioned table is read from its leaves, those without a block left out'
);
select is_empty(
  $$ select * from testing.cut where name = 'whole' and prefix <> E'copy public.whole (id, note) from stdin;\n' $$,
  'and written to its root, whatever the leaves'' order of columns'
);
select results_eq(
  $$ select slice, estimated_bytes, copy_query from testing.cut where name = 'empty_table' $$,
  $$ values ('{"kind": "rows", "source": "public.empty_table", "from": "(0,0)", "to": null}'::jsonb, 0::bigint, 'copy (select id from only public.empty_table where ctid >= ''(0,0)'') to stdout') $$,
  'an empty table is one empty slice'
);
select is_empty(
  $$ select source from testing.cut where copy_query !~ '^copy \(select .* from only public\..* where ctid >= ''\(\d+,\d+\)''( and ctid < ''\(\d+,\d+\)'')?\) to stdout$' $$,
  'every COPY is a TID range of ONLY its table'
);
select cmp_ok(
  (select count(*) from testing.cut where name = 'toasted'), '>', 8::bigint,
  'TOAST counts: few blocks of large values are cut finely');

select * from finish();
rollback;
