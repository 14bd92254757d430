-- next_run(): on every day once, whatever the clocks do; weekly on its day, over years' ends.
begin;
\ir ../support.sql
select plan(41);

-- When is a schedule due after a moment? Both by the clocks of the zone.
create function testing.next_run(time_zone text, time_of_day text, after_local text, weekday integer default null)
returns text
language sql
as $$
  select to_char(backup.next_run(jsonb_populate_record(null::backup.schedules, jsonb_build_object(
      'frequency', case when weekday is null then 'daily' else 'weekly' end, 'time_zone', next_run.time_zone, 'time_of_day', next_run.time_of_day, 'weekday', next_run.weekday)),
    after_local::timestamp at time zone next_run.time_zone) at time zone next_run.time_zone, 'YYYY-MM-DD HH24:MI');
$$;
-- All the moments from one to another, in UTC.
create function testing.runs(time_zone text, time_of_day text, first timestamptz, until timestamptz, weekday integer default null)
returns table (moment timestamptz)
language plpgsql
as $$
declare
  asked backup.schedules := jsonb_populate_record(null::backup.schedules, jsonb_build_object('frequency', 'daily', 'time_zone', time_zone, 'time_of_day', time_of_day, 'weekday', weekday));
begin
  moment := first;
  loop
    moment := backup.next_run(asked, moment);
    exit when moment > until;
    return next;
  end loop;
end;
$$;

select is(testing.next_run('UTC', '03:00', '2026-06-01 02:59'), '2026-06-01 03:00', 'today, if it is still to come');
select is(testing.next_run('UTC', '03:00', '2026-06-01 03:00'), '2026-06-02 03:00', 'tomorrow, at the very moment');
select is(testing.next_run('UTC', '00:00', '2026-12-31 23:59'), '2027-01-01 00:00', 'midnight is the beginning of a day');
select is(testing.next_run('UTC', '23:59', '2028-02-28 23:59'), '2028-02-29 23:59', 'a leap day is a day');
select is(backup.next_run(jsonb_populate_record(null::backup.schedules, '{"frequency": "daily", "time_of_day": "03:00", "time_zone": "Asia/Tokyo"}'), '2026-06-01 17:59Z'), '2026-06-01 18:00Z', 'by the clocks there');
select is(backup.next_run(jsonb_populate_record(null::backup.schedules, '{"frequency": "daily", "time_of_day": "03:30", "time_zone": "Asia/Kathmandu"}'), '2026-06-01 17:59Z'), '2026-06-01 21:45Z', 'which may be three quarters off');

-- weekly
select is(testing.next_run('UTC', '03:00', '2026-06-03 12:00', 7), '2026-06-07 03:00', 'the coming Sunday');
select is(testing.next_run('UTC', '03:00', '2026-06-07 02:00', 7), '2026-06-07 03:00', 'on Sunday before three, the same day');
select is(testing.next_run('UTC', '03:00', '2026-06-07 03:00', 7), '2026-06-14 03:00', 'after three, in a week');
select is(testing.next_run('UTC', '03:00', '2026-12-29 12:00', 1), '2027-01-04 03:00', 'a Monday in the next year');
select is(testing.next_run('UTC', '03:00', '2026-12-29 12:00', 4), '2026-12-31 03:00', 'the last day of the year');
select is(testing.next_run('UTC', '03:00', '2026-12-31 12:00', 5), '2027-01-01 03:00', 'the first one');
select is(testing.next_run('Pacific/Kiritimati', '01:00', '2026-06-06 12:00', 7), '2026-06-07 01:00', 'Sunday is a Sunday there');
select is(
  (select array_agg(extract(isodow from moment at time zone 'America/New_York')) from testing.runs('America/New_York', '22:00', '2026-01-01', '2027-01-10', 7) having count(*) = 53), array_fill(7::numeric, array[53]), 'a year of Sundays'
);

-- when clocks change: the day, the hour that is asked for, and when it is then, in UTC
create table testing.shifts (nr serial, time_zone text, time_of_day text, after text, expected timestamptz, description text);
insert into testing.shifts (time_zone, time_of_day, after, expected, description) values
  ('Europe/Berlin',       '02:30', '2026-03-28 12:00', '2026-03-29 01:30Z', 'spring, an hour that is left out: the one behind it'),
  ('Europe/Berlin',       '02:00', '2026-03-28 12:00', '2026-03-29 01:00Z', 'its first minute'),
  ('Europe/Berlin',       '03:00', '2026-03-28 12:00', '2026-03-29 01:00Z', 'the hour after it'),
  ('Europe/Berlin',       '01:59', '2026-03-28 12:00', '2026-03-29 00:59Z', 'the minute before'),
  ('Europe/Berlin',       '02:30', '2026-10-24 12:00', '2026-10-25 01:30Z', 'autumn, an hour that comes twice: once'),
  ('Europe/Berlin',       '03:00', '2026-10-24 12:00', '2026-10-25 02:00Z', 'the hour after it'),
  ('America/New_York',    '02:30', '2026-03-07 12:00', '2026-03-08 07:30Z', 'spring elsewhere'),
  ('America/New_York',    '01:30', '2026-10-31 12:00', '2026-11-01 06:30Z', 'autumn elsewhere'),
  ('Australia/Lord_Howe', '02:15', '2026-10-03 12:00', '2026-10-03 15:45Z', 'half an hour that is left out'),
  ('Australia/Lord_Howe', '01:45', '2026-04-04 12:00', '2026-04-04 15:15Z', 'half an hour that comes twice'),
  ('Australia/Lord_Howe', '03:00', '2026-10-03 12:00', '2026-10-03 16:00Z', 'after it'),
  ('Africa/Cairo',        '00:00', '2026-04-23 12:00', '2026-04-23 22:00Z', 'midnight is left out'),
  ('America/Sao_Paulo',   '00:15', '2018-11-03 12:00', '2018-11-04 03:15Z', 'midnight is left out, years ago');
select is(
  backup.next_run(jsonb_populate_record(null::backup.schedules, jsonb_build_object('frequency', 'daily', 'time_zone', time_zone, 'time_of_day', time_of_day)), after::timestamp at time zone time_zone),
  expected, format('%s %s: %s', time_zone, time_of_day, description)
) from testing.shifts order by nr;

-- once a day, every day of years, at hours that clocks jump over or show twice
select is(
  (select count(*) from testing.runs(time_zone, time_of_day, '2025-01-01', '2027-01-01')), 730::bigint, format('%s %s: 730 runs in 730 days', time_zone, time_of_day)
) from (values ('Europe/Berlin', '02:30'), ('America/New_York', '01:30'), ('Australia/Lord_Howe', '02:15'), ('Africa/Cairo', '00:00'), ('UTC', '00:00')) as zone (time_zone, time_of_day);
select is_empty(
  format('select day from (select (moment at time zone %L)::date as day from testing.runs(%1$L, %L, ''2025-01-01'', ''2027-01-01'')) as run group by 1 having count(*) > 1', time_zone, time_of_day),
  format('%s %s: no day twice', time_zone, time_of_day)
) from (values ('Europe/Berlin', '02:30'), ('America/New_York', '01:30'), ('Australia/Lord_Howe', '01:45'), ('Africa/Cairo', '00:00')) as zone (time_zone, time_of_day);

-- a day that never was
select is(testing.next_run('Pacific/Apia', '12:00', '2011-12-29 13:00'), '2011-12-31 12:00', 'Samoa had no 30 December 2011');
select is((select count(*) from testing.runs('Pacific/Apia', '12:00', '2011-12-28 00:00Z', '2012-01-02 00:00Z')), 5::bigint, 'it is made once a day around it, too');
select cmp_ok((select max(pause) from (select moment - lag(moment) over (order by moment) as pause from testing.runs('Pacific/Apia', '12:00', '2011-12-20', '2012-01-10')) as run), '<=', interval '25 hours', 'and no pause is longer than a day');
select is(testing.next_run('Pacific/Apia', '12:00', '2011-12-29 13:00', 5), '2011-12-31 12:00', 'a weekly one of the Friday that never was is made the day after');
select is(testing.next_run('Pacific/Apia', '12:00', '2011-12-31 13:00', 5), '2012-01-06 12:00', 'and then on Fridays again');

select * from finish();
rollback;
