-- Tables and rows that break exports which are made carelessly. All of it in schema public, all of it removed again by the test.
create extension if not exists citext with schema extensions;

-- text -------------------------------------------------------------------------------------------------------------------------
create table public.hostile_text (id integer primary key, body text, short varchar(20), fixed char(8));
insert into public.hostile_text values
  (1, '\N', '\N', '\N'), (2, null, null, null), (3, '', '', ''),
  (4, E'\\.\n', E'\\.', E'\\.'), (5, E'one\n\\.\ntwo', 'x', 'x'),
  (6, E'tab\there', E'\t', E'\t'), (7, E'cr\rlf\ncrlf\r\nend', E'\r', E'\n'),
  (8, E'at the end \\', '\', '\\'), (9, E'\\\\\\N\\t\\x41\\101', '\x41', '\t'),
  (10, '"quotes" ''single'' `back` $$dollar$$ $q$', '"', ''''), (11, U&'line\2028separator\2029', U&'\2028', U&'\0085'),
  (12, '👩‍👩‍👧‍👦 é vs e' || U&'\0301' || ' ‮rtl‬ ﷽', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'ß'), (13, E'\b\f\v\x01\x1f\x7f', E'\b', E'\f'),
  (14, '; drop table public.profiles; --', '${x}', ':''x'''), (15, U&'\FEFFbyte order mark', U&'\FFFE', '  lead'),
  (16, E'\\copy x from stdin\n\\q\n\\! false', '\q', '\! x'), (17, 'trailing   ', 'trailing   ', 'tr   ');

create table public.hostile_large (id integer primary key, kind text, body text);
alter table public.hostile_large alter body set storage external;
insert into public.hostile_large
select n, 'a megabyte of lines', repeat(E'a line with \\ and a tab\t\n', 40000 + n) from generate_series(1, 4) as n
union all select 10, 'a megabyte that does not compress', (select string_agg(md5(n::text || 'x'), '') from generate_series(1, 32768) as n)
union all select 20 + n, 'five megabytes', repeat(chr(96 + n) || '\', 2621440) from generate_series(1, 2) as n
union all select 30, 'nothing but backslashes and newlines', repeat(E'\\\n', 262144)
union all select 40 + n, 'small', n::text from generate_series(1, 50) as n;

-- shapes -----------------------------------------------------------------------------------------------------------------------
create table public.hostile_empty (id integer primary key, body text);
create table public.hostile_no_columns ();
insert into public.hostile_no_columns default values;
insert into public.hostile_no_columns default values;
insert into public.hostile_no_columns default values;
create table public.hostile_only_generated (one integer generated always as (1) stored);
insert into public.hostile_only_generated default values;
create table public.hostile_no_key (body text);
insert into public.hostile_no_key select 'same' from generate_series(1, 300);
create table public.hostile_null_line (body text);
insert into public.hostile_null_line values (null), (''), ('\N'), (E'\\.'), (null);

do $$
begin
  execute (select 'create table public.hostile_wide (id integer primary key, ' || string_agg(format('%I text', 'column ' || n), ', ') || ')' from generate_series(1, 300) as n);
  execute (select 'insert into public.hostile_wide select row, ' || string_agg(format('case when row %% %s = 0 then null else repeat(%L, row %% 7) end', 2 + n % 5, 'v' || n), ', ') || ' from generate_series(1, 200) as row' from generate_series(1, 300) as n);
end;
$$;

create table public.hostile_dropped (a integer, "gone one" text, b text, c integer, d text default 'added');
insert into public.hostile_dropped select n, 'x', 'b' || n, n from generate_series(1, 50) as n;
alter table public.hostile_dropped drop column "gone one", drop column c;
alter table public.hostile_dropped add column late text default 'late ' || 'default', add column later integer;
insert into public.hostile_dropped values (99, 'b', 'd', null, 1);

-- names ------------------------------------------------------------------------------------------------------------------------
create table public."User" (s text, l text, op text, key text, row text, "s.l" text, "sElect" integer generated always as identity);
insert into public."User" (s, l, op, key, row, "s.l") select 's', 'l', 'op', n::text, 'row', '.' from generate_series(1, 20) as n;
create table public."2019" ("1" integer primary key, "select" text, " " text, "a""quote" text, "dot.dot" text, "back\slash" text, "ünï–☃" text, "%I %s" text, "CamelCase" text);
insert into public."2019" select n, 'select', ' ', '"', '.', '\', '☃', '%', 'C' from generate_series(1, 5) as n;
create table public."select" ("from" integer primary key, "where" text, "order" text, "user" text, "table" text);
insert into public."select" select n, 'where', 'order', 'user', 'table' from generate_series(1, 5) as n;
create table public."with space" (id integer primary key);
create table public."dot.ted" (id integer primary key);
create table public."public.dot.ted" (id integer primary key);
create table public."quote""d ' \ %s $1" (id integer primary key);
create table public."ünï–☃ 名前" (id integer primary key);
create table public."a/../b" (id integer primary key);
create table public."-- comment" (id integer primary key);
create table public."a_name_of_sixty_three_bytes_which_is_as_long_as_a_name_can_beee" (id integer primary key);
do $$
declare
  named text;
begin
  foreach named in array array['with space', 'dot.ted', 'public.dot.ted', 'quote"d '' \ %s $1', 'ünï–☃ 名前', 'a/../b', '-- comment'] loop
    execute format('insert into public.%I select n from generate_series(1, length(%L)) as n', named, named);
  end loop;
end;
$$;

-- values that Postgres computes, numbers that it counts ------------------------------------------------------------------------------
create table public.hostile_generated (
  id     bigint generated always as identity primary key,
  net    numeric(12, 2),
  gross  numeric(12, 2) generated always as (net * 1.19) stored,
  label  text generated always as ('net ' || net::text) stored,
  "last" text
);
insert into public.hostile_generated (net, "last") select n * 1.005, 'l' || n from generate_series(1, 500) as n;
create table public.hostile_counted (
  by_default integer generated by default as identity (start with 1000 increment by 7),
  small      smallserial,
  big        bigserial,
  body       text
);
insert into public.hostile_counted (body) select 'row ' || n from generate_series(1, 20) as n;
create sequence public."Shared Sequence" start 100 increment -5 minvalue -100 maxvalue 100;
create table public.hostile_shared_a (id integer default nextval('public."Shared Sequence"'), body text);
create table public.hostile_shared_b (id integer default nextval('public."Shared Sequence"'), body text);
insert into public.hostile_shared_a (body) values ('a'), ('b');
insert into public.hostile_shared_b (body) values ('c');
create sequence public.hostile_not_called start 42;
create sequence public.hostile_of_nobody;
select nextval('public.hostile_of_nobody') from generate_series(1, 5);

-- types --------------------------------------------------------------------------------------------------------------------------
create type public."Mood" as enum ('sad', 'ok', 'very happy', 'it''s "odd", \N');
create domain public.hostile_even as integer check (value % 2 = 0);
create domain public.hostile_label as text not null default '-' check (value <> '');
create type public.hostile_point as (x double precision, y double precision, label text);
create type public.hostile_nested as (point public.hostile_point, tags text[], "odd name" public."Mood");
create type public.hostile_span as range (subtype = time);

create table public.hostile_types (
  id integer primary key, mood public."Mood", moods public."Mood"[], even public.hostile_even, label public.hostile_label,
  numbers integer[], texts text[], cube integer[][][], shifted integer[], ranges int4range[],
  span int4range, days daterange, times tstzrange, own public.hostile_span, many int4multirange, many_times tstzmultirange,
  point public.hostile_point, points public.hostile_point[], nested public.hostile_nested,
  bytes bytea, plain json, binary_json jsonb, at timestamptz, local timestamp, day date, clock time, clock_zone timetz, gap interval,
  exact numeric, scaled numeric(10, 4), float4s real, float8s double precision, cash money, markup xml,
  bits bit(5), more_bits bit varying, address inet, network cidr, mac macaddr, words tsvector, search tsquery, ident uuid,
  folded extensions.citext, path jsonpath, shape polygon, straight line, round circle, lsn pg_lsn, object oid, kind "char", tablename regclass
);
insert into public.hostile_types (id) select n from generate_series(1, 3) as n;
insert into public.hostile_types values
  (10, 'it''s "odd", \N', array['sad', null, 'it''s "odd", \N']::public."Mood"[], 2, 'x',
   '{1,null,3}', array['', null, 'NULL', '"', '\', '{}', E'\n', ',', ' '], '{{{1,2},{3,4}},{{5,6},{null,8}}}', '[3:5]={1,2,3}', array['empty', '[1,3)', null]::int4range[],
   'empty', '[2020-01-01,infinity)', '(-infinity,2020-01-01 00:00:00+00]', '[00:00,24:00]', '{[1,3),[5,)}', '{}',
   row(1.1, -0.0, E'a"b\\c,(d)\n'), array[row('nan', 'infinity', null)::public.hostile_point, null, row(null, null, '')::public.hostile_point],
   row(row(1, 2, ''), array['', null], 'ok'),
   '\x000102ff5c0a', E'{"b": 1,  "a": 2, "a": "\\n\\u00e9 \\\\"}', E'{"b": 1, "a": "\\n\\\\", "n": 1.0, "big": 1e400}', 'infinity', '-infinity', 'infinity', '24:00:00', '23:59:59.999999-15:59',
   '1 mon -1 day 00:00:00.000001', 1.0, 1.0000, 'nan', '-0', '-92233720368547758.08', '<a b="c">&lt;&#160;]]&gt;</a>',
   b'10101', b'', '::1/64', '10.0.0.0/8', '08:00:2b:01:02:03', 'fat:1A cat:2,3B ''it''''s'':4', '!fat & (cat:* | ''a b'')', '00000000-0000-0000-0000-000000000000',
   'MiXed', '$.a[*] ? (@ > 1)', '((0,0),(1,1),(1,0))', '{1,-1,0}', '<(1,2),3>', '16/B374D848', 4294967295, E'\\', 'pg_class'),
  (11, 'sad', '{}', -2, '\N', '{}', '{}', '{}', '{}', '{}', '(,)', 'empty', '(,)', 'empty', '{}', '{(,)}',
   null, '{}', row(null, null, null), '', 'null', 'null', '0044-03-15 12:00:00+00 BC', '4713-01-01 BC', '4713-01-01 BC', '00:00', '00:00+14', '24:00:00',
   'nan', 1.00, 'infinity', '-infinity', '0.01', 'just text', b'00000', b'1', '255.255.255.255', '::/0', 'ff:ff:ff:ff:ff:ff', '', '', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
   'mixed', 'strict $', '((0,0))', '{0,1,2}', '<(0,0),0>', '0/0', 0, '', 'public.hostile_types'),
  (12, 'ok', null, 0, ' ', '{{1,2},{3,4}}', '{{"a","b"}}', null, '[-1:0]={1,2}', null, '[1,1]', '[0044-01-01 BC,2020-01-01)', '[2020-01-01 00:00:00.123456+00,)', '[10:00,11:00)', '{[1,2)}', null,
   row(null, null, null), null, null, decode(repeat('00ff', 5000), 'hex'), ' [1 ,2] ', '[]', '294276-12-31 23:59:59.999999+00', '294276-12-31', '5874897-12-31', '12:00:00.1', '12:00-08', '1 day',
   1e-1000, -1.5, 1.17549435e-38, 4.9e-324, '-0.01', '', b'11111', b'0101010101010101', '192.168.0.1/24', '192.168.0.0/24', '00:00:00:00:00:00', null, null, gen_random_uuid(),
   '', '$', '((0,0),(0,0))', '{1,0,0}', '<(0,0),1e300>', 'FFFFFFFF/FFFFFFFF', 1, ' ', null);
insert into public.hostile_types (id, exact, float8s, gap, plain) values
  (20, '-infinity', 0.30000000000000004, '-1 year -2 mons +3 days -04:05:06', '"\u2028"'),
  (21, 123456789012345678901234567890.123456789012345678901234567890, 1e308, '1 year', '1.0'),
  (22, -0.0, -0.0, '0', '1.00'), (23, 0.00, 1e-5, 'P1Y', '{}'), (24, 1.10, 0.1, '-178000000 years', ' null ');

-- partitions, inheritance ----------------------------------------------------------------------------------------------------------
create table public.hostile_parted (region text not null, year integer not null, id integer, body text, primary key (region, year, id)) partition by list (region);
create table public.hostile_parted_eu partition of public.hostile_parted for values in ('eu', 'uk') partition by range (year);
create table public.hostile_parted_eu_old partition of public.hostile_parted_eu for values from (minvalue) to (2020);
create table public.hostile_parted_eu_new (body text, "dropped" integer, id integer not null, year integer not null, region text not null);
alter table public.hostile_parted_eu_new drop column "dropped";
alter table public.hostile_parted_eu attach partition public.hostile_parted_eu_new for values from (2020) to (maxvalue);
create table public.hostile_parted_none partition of public.hostile_parted for values in ('nowhere');
create table public."hostile parted Rest" partition of public.hostile_parted default;
insert into public.hostile_parted
select (array['eu', 'uk', 'us', 'asia'])[1 + n % 4], 2000 + n % 41, n, repeat('x', n % 200) from generate_series(1, 2000) as n;
create table public.hostile_hashed (id integer primary key, body text) partition by hash (id);
create table public.hostile_hashed_0 partition of public.hostile_hashed for values with (modulus 2, remainder 0);
create table public.hostile_hashed_1 partition of public.hostile_hashed for values with (modulus 2, remainder 1);
insert into public.hostile_hashed select n, n::text from generate_series(1, 300) as n;
create table public.hostile_no_partitions (id integer) partition by range (id);
create table public.hostile_parent (id integer primary key, body text);
create table public.hostile_child (extra text) inherits (public.hostile_parent);
create table public.hostile_grandchild (more text) inherits (public.hostile_child);
insert into public.hostile_parent select n, 'parent' from generate_series(1, 10) as n;
insert into public.hostile_child select n, 'child', 'extra' from generate_series(11, 30) as n;
insert into public.hostile_grandchild select n, 'grandchild', 'extra', 'more' from generate_series(31, 60) as n;

-- references, and rules of its own ---------------------------------------------------------------------------------------------------
create table public.hostile_tree (id integer primary key, parent_id integer references public.hostile_tree (id), body text);
insert into public.hostile_tree select n, case when n > 1 then n / 2 end, repeat('t', n % 50) from generate_series(1, 300) as n;
-- children before their parents in the heap
update public.hostile_tree set parent_id = 301 - id where id < 100;
create table public.hostile_hen (id integer primary key, egg_id integer not null);
create table public.hostile_egg (id integer primary key, hen_id integer not null references public.hostile_hen (id) deferrable initially deferred);
alter table public.hostile_hen add constraint hen_egg_fkey foreign key (egg_id) references public.hostile_egg (id) deferrable initially deferred;
do $$
begin
  insert into public.hostile_hen select n, n from generate_series(1, 40) as n;
  insert into public.hostile_egg select n, n from generate_series(1, 40) as n;
end;
$$;

create table public.hostile_refusing (id integer primary key, body text);
insert into public.hostile_refusing select n, 'there before' from generate_series(1, 30) as n;
create function public.hostile_refuse() returns trigger language plpgsql as 'begin raise exception ''no row of this kind any more''; end';
create trigger refuse_row before insert or update on public.hostile_refusing for each row execute function public.hostile_refuse();
create trigger refuse_all after insert or update on public.hostile_refusing for each statement execute function public.hostile_refuse();
create table public.hostile_rewriting (id integer primary key, body text);
insert into public.hostile_rewriting select n, 'as it is' from generate_series(1, 30) as n;
create function public.hostile_rewrite() returns trigger language plpgsql as 'begin new.body := ''rewritten''; return new; end';
create trigger rewrite_row before insert on public.hostile_rewriting for each row execute function public.hostile_rewrite();
create function public.hostile_broken() returns trigger language plpgsql as 'begin perform no_such_function(); return new; end';
create trigger broken_row after insert on public.hostile_rewriting for each row execute function public.hostile_broken();
create table public.hostile_ruled (id integer primary key);
insert into public.hostile_ruled values (1), (2);
create rule nothing as on insert to public.hostile_ruled do instead nothing;

create table public.hostile_forced (id integer primary key, body text);
insert into public.hostile_forced select n, 'nobody sees it' from generate_series(1, 30) as n;
alter table public.hostile_forced enable row level security;
alter table public.hostile_forced force row level security;
create unlogged table public.hostile_unlogged (id integer primary key);
insert into public.hostile_unlogged select n from generate_series(1, 30) as n;

-- rows that were there and are not, and rows of two versions
create table public.hostile_holes (id integer primary key, body text);
insert into public.hostile_holes select n, repeat('h', 500) from generate_series(1, 2000) as n;
delete from public.hostile_holes where id between 200 and 1900;
update public.hostile_holes set body = 'updated' where id < 20;

-- Functions of somebody who trusts the search path: in a generated column, an index and a CHECK they run at every load.
create function public.hostile_quiet(text) returns text language sql immutable as 'select lower($1)';
create function public.hostile_loud(words text) returns text language plpgsql immutable as 'begin return hostile_quiet(words) || ''!''; end';
create table public.hostile_trusting (
  id    integer primary key,
  body  text check (hostile_loud(body) <> ''),
  loud  text generated always as (hostile_loud(body)) stored
);
create index hostile_trusting_idx on public.hostile_trusting (hostile_loud(body));
insert into public.hostile_trusting (id, body) select n, 'Body ' || n from generate_series(1, 30) as n;
