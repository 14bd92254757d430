import type { Specimen } from "../_support/specimen.ts";

/** Tables that are more, or less, than a heap with columns. */
export const kinds: Specimen[] = [
  {
    name: "partitions in partitions, between which rows move",
    tables: ["zoo_parted", "zoo_hashed", "zoo_no_partitions"],
    create: `
      create table public.zoo_parted (region text not null, year integer not null, id integer, body text, primary key (region, year, id)) partition by list (region);
      create table public.zoo_parted_eu partition of public.zoo_parted for values in ('eu', 'uk') partition by range (year);
      create table public.zoo_parted_eu_old partition of public.zoo_parted_eu for values from (minvalue) to (2020);
      create table public.zoo_parted_eu_new (body text, gone integer, id integer not null, year integer not null, region text not null);
      alter table public.zoo_parted_eu_new drop column gone;
      alter table public.zoo_parted_eu attach partition public.zoo_parted_eu_new for values from (2020) to (maxvalue);
      create table public."zoo parted Rest" partition of public.zoo_parted default;
      insert into public.zoo_parted
      select (array['eu', 'uk', 'us', 'asia'])[1 + n % 4], 2000 + n % 41, n, repeat('x', n % 20) from generate_series(1, 500) as n;
      create table public.zoo_hashed (id integer primary key, body text) partition by hash (id);
      create table public.zoo_hashed_0 partition of public.zoo_hashed for values with (modulus 2, remainder 0);
      create table public.zoo_hashed_1 partition of public.zoo_hashed for values with (modulus 2, remainder 1);
      insert into public.zoo_hashed select n, n::text from generate_series(1, 100) as n;
      create table public.zoo_no_partitions (id integer) partition by range (id);`,
    edit: `
      update public.zoo_parted set region = 'uk' where id between 100 and 110;
      update public.zoo_parted set year = year + 30 where id between 200 and 220;
      update public.zoo_parted set body = 'changed' where id between 300 and 310;
      delete from public.zoo_parted where region = 'asia';
      insert into public.zoo_parted select 'mars', 2050, n, 'new' from generate_series(1, 5) as n;
      update public.zoo_hashed set id = id + 1000 where id <= 10;
      truncate public.zoo_hashed_1;`,
  },
  {
    name: "partitions without a key",
    tables: ["zoo_log"],
    create: `
      create table public.zoo_log (at date, body text) partition by range (at);
      create table public.zoo_log_old partition of public.zoo_log for values from (minvalue) to ('2020-01-01');
      create table public.zoo_log_new partition of public.zoo_log for values from ('2020-01-01') to (maxvalue);
      insert into public.zoo_log select date '2019-12-20' + n % 20, 'line' from generate_series(1, 100) as n;`,
    edit: `
      delete from public.zoo_log where at = '2019-12-25';
      insert into public.zoo_log select '2020-01-02', 'line' from generate_series(1, 9);
      update public.zoo_log set at = '2018-01-01' where at = '2020-01-05';`,
  },
  {
    name: "inheritance: each table has rows of its own, and equal keys are no clash",
    tables: ["zoo_asset", "zoo_asset_car", "zoo_asset_truck"],
    create: `
      create table public.zoo_asset (id integer primary key, body text);
      create table public.zoo_asset_car (doors integer, primary key (id)) inherits (public.zoo_asset);
      create table public.zoo_asset_truck (load integer) inherits (public.zoo_asset_car);
      insert into public.zoo_asset select n, 'asset' from generate_series(1, 20) as n;
      insert into public.zoo_asset_car select n, 'car', 4 from generate_series(11, 40) as n;
      insert into public.zoo_asset_truck select n, 'truck', 2, n from generate_series(31, 60) as n;`,
    edit: `
      update public.zoo_asset set body = 'all of them' where id in (15, 35);
      delete from only public.zoo_asset where id < 5;
      delete from only public.zoo_asset_car where id > 30;
      update only public.zoo_asset_car set id = id + 100 where id = 12;
      insert into public.zoo_asset_truck values (1, 'new', 2, 3);`,
  },
  {
    name: "an unlogged table",
    tables: ["zoo_unlogged"],
    create: `
      create unlogged table public.zoo_unlogged (id integer primary key, body text);
      insert into public.zoo_unlogged select n, 'row' from generate_series(1, 30) as n;`,
    edit: `
      truncate public.zoo_unlogged;
      insert into public.zoo_unlogged values (5, 'another'), (100, 'new');`,
  },
  {
    name: "FORCE ROW LEVEL SECURITY with policies that show nobody anything",
    tables: ["zoo_forced"],
    create: `
      create table public.zoo_forced (id integer primary key, body text);
      insert into public.zoo_forced select n, 'nobody sees it' from generate_series(1, 30) as n;
      alter table public.zoo_forced enable row level security;
      alter table public.zoo_forced force row level security;
      create policy nobody on public.zoo_forced as restrictive using (false) with check (false);`,
    edit: `
      update public.zoo_forced set body = 'changed' where id < 10;
      delete from public.zoo_forced where id > 20;
      insert into public.zoo_forced values (50, 'new');`,
  },
  {
    name: "dropped columns, and columns that came later with a default",
    tables: ["zoo_dropped"],
    create: `
      create table public.zoo_dropped (gone integer, id integer, "gone too" text, b text, c integer, d text default 'added');
      insert into public.zoo_dropped select n, n, 'x', 'b' || n, n from generate_series(1, 50) as n;
      alter table public.zoo_dropped drop column gone, drop column "gone too", drop column c;
      alter table public.zoo_dropped add primary key (id);
      alter table public.zoo_dropped add column late text default 'late', add column later integer;
      insert into public.zoo_dropped values (99, 'b', 'd', null, 1);`,
    edit: `
      update public.zoo_dropped set late = null where id < 10;
      delete from public.zoo_dropped where id between 20 and 30;
      insert into public.zoo_dropped (id) values (100);`,
  },
  {
    name: "three hundred columns",
    tables: ["zoo_wide"],
    create: `
      do $do$ begin
        execute (select 'create table public.zoo_wide (id integer primary key, ' || string_agg(format('%I text', 'column ' || n), ', ') || ')' from generate_series(1, 300) as n);
        execute (select 'insert into public.zoo_wide select row, ' || string_agg(format('case when row %% %s > 0 then repeat(%L, row %% 7) end', 2 + n % 5, 'v' || n), ', ') || ' from generate_series(1, 40) as row' from generate_series(1, 300) as n);
      end $do$;`,
    edit: `
      update public.zoo_wide set "column 300" = 'changed', "column 1" = null where id < 20;
      delete from public.zoo_wide where id > 35;`,
  },
];
