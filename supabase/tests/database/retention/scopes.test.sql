-- retention_plan(): a backup of some tables does not stand for one of all.
begin;
\ir support.sql
select plan(9);

-- Every day one of everything, then one of the roles, then one of the profiles.
select testing.archive(format('%s, day %s', label, day), timestamptz '2026-06-30 12:00Z' - day * interval '1 day' + later, tables => tables)
from generate_series(0, 4) as day
cross join (values ('all', interval '0', null::text[]), ('roles', '1 hour', '{public.roles}'), ('profiles', '2 hours', '{public.profiles}')) as scope (label, later, tables);

select is(testing.kept('{"keep_daily": 2}'), '{"profiles, day 0","roles, day 0","all, day 0","profiles, day 1","roles, day 1","all, day 1"}', 'of each day the newest of each choice of tables');
select is(testing.reasons('all, day 0'), '{"last good backup"}', 'the last good backup is one of everything');
select is(testing.kept('{"max_age_days": 1}'), '{"all, day 0"}', 'which stays, past every limit');
update public.backups set verified_at = now(), verification = '{"status": "passed"}' where notes in ('roles, day 2', 'all, day 3');
select is(testing.kept(), '{"all, day 0","all, day 3"}', 'nor is the last proved one one of the roles');

-- only some tables were ever backed up
delete from public.backups where requested_tables is null;
select is(testing.kept(), '{"profiles, day 0"}', 'where there is none of everything, it is the newest there is');
select testing.archive('imported', '2026-07-01', 'imported');
select is(testing.kept('{"max_age_days": 1}'), '{"profiles, day 0"}', 'an imported one has to be proved first');
update public.backups set verified_at = now() where notes = 'imported';
select is(testing.kept('{"max_age_days": 1}'), '{imported}', 'then it is the one');

-- nothing good is left
delete from public.backups;
select testing.archive('failed', '2026-06-01', drill => 'failed'), testing.archive('failed by hand', '2026-06-02', 'manual', drill => 'failed');
select is(testing.kept(), '{"failed by hand",failed}', 'when nothing good is left, what is not good stays');
select is(testing.kept('{"max_age_days": 1}'), '{}', 'until its time is over');

select * from finish();
rollback;
