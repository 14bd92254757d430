-- retention_plan(): age and size. Both go before every rule that keeps, and after what must stay.
begin;
\ir support.sql
select plan(19);

-- Ten daily backups of 100 bytes, the newest one day old.
select testing.archive('d' || day, now() - day * interval '1 day') from generate_series(1, 10) as day;

-- age
select is(testing.kept('{"keep_daily": 99, "max_age_days": 5}'), '{d1,d2,d3,d4,d5}', 'what is older goes, though a rule would keep it');
select is((select removal from testing.planned('{"keep_daily": 99, "max_age_days": 5}') where label = 'd6'), 'older than 5 days', 'and says so');
select is((select reasons from testing.planned('{"keep_daily": 99, "max_age_days": 5}') where label = 'd6'), '{daily}', 'with what would have kept it');
select is(testing.kept('{"keep_daily": 2, "max_age_days": 5}'), '{d1,d2}', 'what is younger needs a rule to stay');
update public.backups set created_at = created_at - interval '1 second' where notes = 'd5';
select is(testing.kept('{"keep_daily": 99, "max_age_days": 5}'), '{d1,d2,d3,d4}', 'to the second');
update public.backups set created_at = created_at - interval '1 year';
select is(testing.kept('{"keep_daily": 99, "max_age_days": 5}'), '{d1}', 'the last good one never goes');
update public.backups set created_at = created_at + interval '1 year' + case notes when 'd5' then interval '1 second' else '0' end;

-- size
select is(testing.kept('{"keep_daily": 99, "max_total_bytes": 1000}'), '{d1,d2,d3,d4,d5,d6,d7,d8,d9,d10}', 'what just fits');
select is(testing.kept('{"keep_daily": 99, "max_total_bytes": 999}'), '{d1,d2,d3,d4,d5,d6,d7,d8,d9}', 'a byte less: the oldest goes');
select is((select removal from testing.planned('{"keep_daily": 99, "max_total_bytes": 999}') where label = 'd10'), 'beyond 999 bytes in all', 'and says so');
select is(testing.kept('{"keep_daily": 99, "max_total_bytes": 350}'), '{d1,d2,d3}', 'the newest stay');
select is(testing.kept('{"keep_daily": 99, "max_total_bytes": 1}'), '{d1}', 'the last good one in any case');
update public.backups set is_pinned = true, file_size = 250 where notes = 'd9';
select is(testing.kept('{"keep_daily": 99, "max_total_bytes": 500}'), '{d1,d2,d9}', 'what must stay is counted first');
select is(testing.kept('{"keep_daily": 99, "max_total_bytes": 300}'), '{d1,d9}', 'even beyond the limit');
update public.backups set file_size = 1 where notes = 'd8';
select is(testing.kept('{"keep_daily": 99, "max_total_bytes": 580}'), '{d1,d2,d3,d9}', 'an older one does not stay because it is small');
select is(testing.kept('{"keep_daily": 2, "max_total_bytes": 451}'), '{d1,d2,d9}', 'what goes anyway is not counted');
select is(testing.kept('{"keep_daily": 99, "max_total_bytes": 999999999999999999}'), '{d1,d2,d3,d4,d5,d6,d7,d8,d9,d10}', 'a limit may be large');

-- both
select is(testing.kept('{"keep_daily": 99, "max_age_days": 4, "max_total_bytes": 10000}'), '{d1,d2,d3,d4,d9}', 'both hold');
select is(testing.kept('{"keep_daily": 99, "max_age_days": 4, "max_total_bytes": 500}'), '{d1,d2,d9}', 'the stricter one decides');

-- the only one
delete from public.backups where notes <> 'd10';
select is(testing.kept('{"max_age_days": 1, "max_total_bytes": 1}'), '{d10}', 'the only backup that there is stays');

select * from finish();
rollback;
