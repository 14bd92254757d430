-- retention_plan(): days, weeks and months are those of the daily schedule's time zone.
begin;
\ir support.sql
select plan(6);

-- Two of one night: before and after midnight in Auckland, the same day in UTC; the second is in the next month there.
select testing.archive('before', '2026-05-31 11:00Z'), testing.archive('after', '2026-05-31 13:00Z'), testing.archive('newest', '2026-06-03 00:00Z');
select is(testing.kept('{"keep_daily": 9}'), '{newest,after}', 'in UTC they are of one day');
select is(testing.kept('{"keep_monthly": 9}'), '{newest,after}', 'and of May');
select backup.set_schedule('daily', time_zone => 'Pacific/Auckland') is not null as changed \gset
select is(testing.kept('{"keep_daily": 9}'), '{newest,after,before}', 'in Auckland of two days');
select is(testing.kept('{"keep_monthly": 9}'), '{newest,before}', 'the second is of June');
select is(testing.kept('{"keep_weekly": 9}'), '{newest,before}', 'Monday has begun there');
set local timezone = 'America/New_York';
select is(testing.kept('{"keep_monthly": 9}'), '{newest,before}', 'whatever the session''s time zone is');

select * from finish();
rollback;
