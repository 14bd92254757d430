-- retention_plan(): grandfather, father, son over two years of daily backups.
begin;
\ir support.sql
select plan(22);

set local timezone = 'UTC';
-- One at three every night, one every Sunday at four, for two years up to 2026-06-30, a Tuesday.
select testing.archive(to_char(day, 'YYYY-MM-DD'), day + interval '3 hours') from generate_series(timestamptz '2024-07-01Z', '2026-06-30Z', '1 day') as day;
select testing.archive(to_char(day, '"week of" YYYY-MM-DD'), day + interval '4 hours', 'weekly') from generate_series(timestamptz '2024-07-07Z', '2026-06-30Z', '7 days') as day;
select is((select count(*) from testing.planned()), 834::bigint, 'seven hundred and thirty days, a hundred and four weeks');

create table testing.result as select * from testing.planned('{"keep_last": 3, "keep_daily": 7, "keep_weekly": 5, "keep_monthly": 12}');
create function testing.with(reason text)
returns text[]
language sql
as $$ select array_agg(label) from testing.result where reason = any (reasons) $$;
select is(testing.with('last'), '{2026-06-30,2026-06-29,"week of 2026-06-28"}', 'the last three');
select is(testing.with('daily'), '{2026-06-30,2026-06-29,"week of 2026-06-28",2026-06-27,2026-06-26,2026-06-25,2026-06-24}', 'one of each of the last seven days, its newest');
select is(testing.with('weekly'), '{2026-06-30,"week of 2026-06-28","week of 2026-06-21","week of 2026-06-14","week of 2026-06-07"}', 'of the last five weeks, this one included; they begin on Monday');
select is(testing.with('monthly'),
  '{2026-06-30,"week of 2026-05-31",2026-04-30,2026-03-31,2026-02-28,2026-01-31,2025-12-31,"week of 2025-11-30",2025-10-31,2025-09-30,"week of 2025-08-31",2025-07-31}', 'of the last twelve months');
select is((select count(*) from testing.result where removal is null), 21::bigint, 'twenty-one in all, of 834');
select is((select distinct removal from testing.result where removal is not null), 'kept by no rule', 'the others by no rule');
select is((select count(*) from testing.result where (removal is null) <> (reasons <> '{}')), 0::bigint, 'what stays has a reason, what goes has none');

-- The number of generations, each alone.
select is((select count(*) from testing.planned(jsonb_build_object(rule, number)) where removal is null), expected::bigint, format('%s %s', rule, number))
from (values ('keep_last', 1, 1), ('keep_last', 100, 100), ('keep_last', 9999, 834), ('keep_daily', 1, 1), ('keep_daily', 30, 30), ('keep_daily', 9999, 730),
  ('keep_weekly', 52, 52), ('keep_weekly', 9999, 105), ('keep_monthly', 24, 24), ('keep_monthly', 9999, 24)) as rule (rule, number, expected);

-- A night later, nothing is kept that the night before removed, and no more than one generation of each goes.
create table testing.survivors as select label from testing.result where removal is null;
delete from public.backups where notes not in (select label from testing.survivors);
select testing.archive('2026-07-01', '2026-07-01 03:00Z');
create table testing.next as select * from testing.planned('{"keep_last": 3, "keep_daily": 7, "keep_weekly": 5, "keep_monthly": 12}');
select is((select array_agg(label) from testing.next where removal is not null), '{2026-06-24,2025-07-31}', 'the next night, the oldest day and the oldest month go');
select is((select reasons from testing.next where label = '2026-06-30'), '{last,daily,monthly}', 'yesterday is the newest of its month, no longer of its week');
-- and the rest of the year after that
do $$
declare
  night timestamptz;
begin
  for night in select generate_series(timestamptz '2026-07-02 03:00Z', '2026-12-31 03:00Z', '1 day') loop
    perform testing.archive(to_char(night, 'YYYY-MM-DD'), night);
    delete from public.backups where notes in (select label from testing.planned('{"keep_last": 3, "keep_daily": 7, "keep_weekly": 5, "keep_monthly": 12}') where removal is not null);
  end loop;
end;
$$;
select is(testing.kept('{"keep_last": 3, "keep_daily": 7, "keep_weekly": 5, "keep_monthly": 12}'),
  '{2026-12-31,2026-12-30,2026-12-29,2026-12-28,2026-12-27,2026-12-26,2026-12-25,2026-12-20,2026-12-13,2026-12-06,2026-11-30,2026-10-31,2026-09-30,2026-08-31,2026-07-31,2026-06-30,"week of 2026-05-31",2026-04-30,2026-03-31,2026-02-28,2026-01-31}',
  'pruned every night, half a year later the months are all there');
select is((select count(*) from public.backups), 21::bigint, 'and nothing else');

select * from finish();
rollback;
