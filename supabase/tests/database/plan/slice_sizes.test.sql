-- What a worker holds of a slice is bounded by what its rows have stored, wherever that lies: averages per block hide large values.
begin;
\ir ../support.sql
select plan(20);

-- 45 MB, all in one block; large rows behind many small ones; one very large row between small ones
create table public.dense (id integer, body bytea);
alter table public.dense alter body set storage external;
insert into public.dense select n, decode(repeat(md5(n::text), 18750), 'hex') from generate_series(1, 150) as n;
create table public.skewed (id integer, body text, more text);
alter table public.skewed alter body set storage external;
insert into public.skewed select n, 'small' from generate_series(1, 20000) as n;
insert into public.skewed select n, repeat(md5(n::text), 18750) from generate_series(20001, 20010) as n;
create table public.lonely (id integer, body text);
alter table public.lonely alter body set storage external;
insert into public.lonely select n, case n when 50 then repeat(md5(n::text), 100000) else 'small' end from generate_series(1, 100) as n;
-- types that are stored out of line, and rows without a value; what compresses; columns that are not copied, or not there any more
create table public.kinds (id integer, document jsonb, labels text[], amount numeric, body text);
insert into public.kinds
select n,
  case when n % 4 = 1 then (select jsonb_object_agg(k, md5(n || 'document' || k)) from generate_series(1, 2000) as k) end,
  case when n % 4 = 2 then array(select md5(n || 'label' || k) from generate_series(1, 3000) as k) end,
  case when n % 4 = 3 then (select string_agg(translate(md5(n || 'amount' || k), 'abcdef', '123456'), '')::numeric from generate_series(1, 1000) as k) end,
  case when n % 4 = 0 then (select string_agg(md5(n || 'body' || k), '') from generate_series(1, 3000) as k) end
from generate_series(1, 60) as n;
create table public.compressed (id integer, body text);
insert into public.compressed select n, repeat(n::text, 1000000) from generate_series(1, 20) as n;
create table public.derived (id integer, body text, twice text generated always as (body || body) stored);
alter table public.derived alter body set storage external, alter twice set storage external;
insert into public.derived select n, repeat(md5(n::text), 3000) from generate_series(1, 20) as n;
create table public.fixed (id integer, body text, at timestamptz);
insert into public.fixed select n, case n when 1 then (select string_agg(md5(k::text), '') from generate_series(1, 3000) as k) end, now() from generate_series(1, 60000) as n;
alter table public.fixed drop column body;
create table public.split (id integer, body text) partition by range (id);
create table public.split_small partition of public.split for values from (0) to (100);
create table public.split_large (body text, id integer);
alter table public.split_large alter body set storage external;
alter table public.split attach partition public.split_large for values from (100) to (200);
insert into public.split select n, case when n < 100 then 'small' else repeat(md5(n::text), 10000) end from generate_series(50, 129) as n;
create table public."Odd ""heap"", %s" ("odd ""body"", %1$s" text, id integer, low text, ctid_ text);
alter table public."Odd ""heap"", %s" alter "odd ""body"", %1$s" set storage external;
insert into public."Odd ""heap"", %s" select repeat(md5(n::text), 20000), n from generate_series(1, 10) as n;

create table testing.slices (name text, source text, from_position tid, to_position tid, estimated_bytes bigint, ids integer[], stored bigint);

-- What COPY reads of each slice, and what these rows have stored.
create function testing.slice(relation regclass, name text, stored text, slice_bytes bigint default 1000000)
returns void
language plpgsql
as $$
declare
  cut record;
begin
  for cut in select * from backup.table_slices(relation, slice_bytes) loop
    execute format(
      'insert into testing.slices select $1, $2, $3, $4, $5, coalesce(array_agg(id), ''{}''), coalesce(sum(stored), 0) from (%s) as read',
      regexp_replace(backup.copy_query(cut.source, 'id, ' || stored || ' as stored', cut.from_position, cut.to_position), '^copy \((.*)\) to stdout$', '\1'))
    using name, cut.source::regclass::text, cut.from_position, cut.to_position, cut.estimated_bytes;
  end loop;
end;
$$;

-- Nothing of what is out of line is fetched.
create function testing.fetched()
returns bigint
language sql
as $$
  select sum(pg_stat_get_xact_numscans(index.indexrelid))::bigint
  from pg_class as class join pg_index as index on index.indrelid = class.reltoastrelid
  where class.relname in ('dense', 'kinds', 'compressed');
$$;
select testing.fetched() as before \gset
select count(cut) from (values ('public.dense', 1000000), ('public.kinds', 100000), ('public.compressed', 1000)) as asked (name, slice_bytes),
  lateral backup.table_slices(asked.name::regclass, asked.slice_bytes) as cut \g /dev/null
select is(testing.fetched(), :before::bigint, 'sizes are measured without fetching a value');
select sum(length(md5(body))) from public.dense \g /dev/null
select cmp_ok(testing.fetched(), '>', :before::bigint, '(which would be seen)');

select
  testing.slice('public.dense',      'dense',      'pg_column_size(body)'),
  testing.slice('public.skewed',     'skewed',     'pg_column_size(body)'),
  testing.slice('public.lonely',     'lonely',     'pg_column_size(body)'),
  testing.slice('public.kinds',      'kinds',      'coalesce(pg_column_size(document), 0) + coalesce(pg_column_size(labels), 0) + coalesce(pg_column_size(amount), 0) + coalesce(pg_column_size(body), 0)', 200000),
  testing.slice('public.compressed', 'compressed', 'pg_column_size(body)'),
  testing.slice('public.derived',    'derived',    'pg_column_size(body)'),
  testing.slice('public.split',      'split',      'pg_column_size(body)'),
  testing.slice('public."Odd ""heap"", %s"', 'odd', 'pg_column_size("odd ""body"", %1$s")');

-- every row once
create function testing.is_every_row_once(name text, relation regclass)
returns text
language sql
as $$
  select bag_eq(
    format('select unnest(ids) from testing.slices where name = %L', is_every_row_once.name), format('select id from %s', relation::text), is_every_row_once.name || ': every row once');
$$;
select testing.is_every_row_once('dense', 'public.dense');
select testing.is_every_row_once('skewed', 'public.skewed');
select testing.is_every_row_once('lonely', 'public.lonely');
select testing.is_every_row_once('kinds', 'public.kinds');
select testing.is_every_row_once('compressed', 'public.compressed');
select testing.is_every_row_once('derived', 'public.derived');
select testing.is_every_row_once('split', 'public.split');
select testing.is_every_row_once('odd', 'public."Odd ""heap"", %s"');

-- sizes
select is_empty(
  $$ select name, from_position, stored, estimated_bytes from testing.slices where stored > case name when 'kinds' then 200000 else 1000000 end and cardinality(ids) > 1 $$,
  'no slice of several rows has more stored than was asked for'
);
select is_empty(
  $$ select name, from_position, stored, estimated_bytes from testing.slices where name <> 'split' and estimated_bytes not between stored and stored + 60 * cardinality(ids) $$,
  'what a slice is said to hold is what its rows have stored, and their heads'
);
select results_eq(
  $$ select count(*), min(cardinality(ids)), max(cardinality(ids)) from testing.slices where name = 'dense' $$, 'values (50::bigint, 3, 3)',
  'a block that points to 45 MB is cut between its rows'
);
select cmp_ok(
  (select count(*) from testing.slices where name = 'skewed'), '<=', 12::bigint,
  'small rows before the large ones are not cut finer for them'
);
select results_eq(
  $$ select ids from testing.slices where name = 'lonely' and stored > 1000000 $$, $$ values ('{50}'::integer[]) $$,
  'a row that is larger than a slice is one by itself'
);
select is((select count(*) from testing.slices where name = 'compressed'), 1::bigint, 'compressed values count as they are stored');
select is((select count(*) from testing.slices where name = 'derived'), 2::bigint, 'generated columns, which are not copied, do not count');
select results_eq(
  $$ select source, count(*) from testing.slices where name = 'split' group by source order by source $$, $$ values ('public.split_large', 10::bigint), ('public.split_small', 1) $$,
  'each leaf is measured by itself'
);

-- no scan
select pg_stat_get_xact_tuples_returned('public.fixed'::regclass) as before \gset
select cmp_ok((select count(*) from backup.table_slices('public.fixed'::regclass, 1000000)), '>', 1::bigint, 'rows of a fixed width are cut by their blocks, though there is TOAST of a column dropped');
select is(pg_stat_get_xact_tuples_returned('public.fixed'::regclass), :before::bigint, 'without reading one');

select * from finish();
rollback;
