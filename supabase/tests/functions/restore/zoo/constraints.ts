import type { Specimen } from "../_support/specimen.ts";

/** Constraints that the rows keep before and after, but not on every way from the one to the other. */
export const constraints: Specimen[] = [
  {
    name: "unique values that rows exchange",
    tables: ["zoo_swapped", "zoo_rotated", "zoo_partial"],
    create: `
      create table public.zoo_swapped (id integer primary key, code text not null unique, rank integer unique);
      insert into public.zoo_swapped select n, 'code ' || n, n from generate_series(1, 30) as n;
      create table public.zoo_rotated (id integer primary key, code integer, constraint zoo_rotated_code unique nulls not distinct (code));
      insert into public.zoo_rotated select n, nullif(n, 7) from generate_series(1, 30) as n;
      create table public.zoo_partial (id integer primary key, person integer, is_current boolean);
      create unique index on public.zoo_partial (person) where is_current;
      insert into public.zoo_partial select n, n / 3, n % 3 = 0 from generate_series(0, 29) as n;`,
    edit: `
      update public.zoo_swapped set code = 'x' where id = 1;
      update public.zoo_swapped set code = 'code 1', rank = null where id = 2;
      update public.zoo_swapped set code = 'code 2' where id = 1;
      update public.zoo_swapped set rank = 2 where id = 3;
      delete from public.zoo_swapped where id = 10;
      update public.zoo_swapped set code = 'code 10' where id = 11;
      insert into public.zoo_swapped values (40, 'code 11', 10);
      update public.zoo_rotated set code = code + 100;
      update public.zoo_rotated set code = nullif(1 + id % 30, 12);
      update public.zoo_partial set is_current = false;
      update public.zoo_partial set is_current = true where id % 3 = 1;`,
  },
  {
    name: "exclusion constraints",
    tables: ["zoo_booking", "zoo_deferred_booking"],
    create: `
      create table public.zoo_booking (id integer primary key, during int4range, exclude using gist (during with &&));
      create table public.zoo_deferred_booking (id integer primary key, during int4range, exclude using gist (during with &&) deferrable initially deferred);
      insert into public.zoo_booking select n, int4range(n * 10, n * 10 + 10) from generate_series(1, 20) as n;
      insert into public.zoo_deferred_booking select * from public.zoo_booking;`,
    edit: `
      update public.zoo_booking set during = 'empty' where id < 10;
      update public.zoo_booking set during = int4range((10 - id) * 10, (10 - id) * 10 + 10) where id < 10;
      delete from public.zoo_booking where id = 15;
      insert into public.zoo_booking values (30, '[155,158)'), (31, '[158,160)');
      update public.zoo_deferred_booking set during = int4range((21 - id) * 10, (21 - id) * 10 + 10);
      delete from public.zoo_deferred_booking where id = 3;`,
  },
  {
    name: "deferrable constraints",
    tables: ["zoo_deferred", "zoo_deferred_child"],
    create: `
      create table public.zoo_deferred (id integer primary key, rank integer, constraint zoo_deferred_rank unique (rank) deferrable initially deferred);
      create table public.zoo_deferred_child (id integer primary key deferrable, parent_id integer references public.zoo_deferred (id) deferrable initially immediate);
      insert into public.zoo_deferred select n, n from generate_series(1, 30) as n;
      insert into public.zoo_deferred_child select n, n from generate_series(1, 30) as n;`,
    edit: `
      update public.zoo_deferred set rank = 31 - rank;
      update public.zoo_deferred_child set id = 21 - id, parent_id = null where id <= 20;
      delete from public.zoo_deferred_child where parent_id = 25;
      delete from public.zoo_deferred where id = 25;
      insert into public.zoo_deferred values (50, 6);`,
  },
  {
    name: "checks, and a foreign key, that old rows break: both NOT VALID",
    tables: ["zoo_lenient", "zoo_lenient_child"],
    create: `
      create table public.zoo_lenient (id integer primary key, n integer);
      create table public.zoo_lenient_child (id integer primary key, parent_id integer);
      insert into public.zoo_lenient select n, n - 10 from generate_series(1, 20) as n;
      insert into public.zoo_lenient_child select n, n from generate_series(1, 30) as n;
      alter table public.zoo_lenient add check (n > 0) not valid;
      alter table public.zoo_lenient_child add foreign key (parent_id) references public.zoo_lenient (id) not valid;`,
    edit: `
      update public.zoo_lenient set n = 100 where id > 15;
      delete from public.zoo_lenient_child where id < 5;
      update public.zoo_lenient_child set parent_id = 1 where id between 6 and 10;`,
  },
];
