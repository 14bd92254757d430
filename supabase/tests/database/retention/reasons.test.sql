-- retention_plan(): every reason to keep a backup, alone.
begin;
\ir support.sql
select plan(39);

-- The newest of all is the last good backup; each of the others is alone with its reason.
select testing.archive('newest', now() - interval '1 hour') as newest \gset
select results_eq('select * from testing.planned()', $$ values ('newest', '{"last good backup"}'::text[], null::text) $$, 'the last good backup is kept, whatever the rules are');

select testing.archive('pinned', now() - interval '400 days') as pinned \gset
select is((select removal from testing.planned() where label = 'pinned'), 'kept by no rule', 'an old one is kept by no rule');
update public.backups set is_pinned = true where id = :'pinned';
select results_eq($$ select reasons, removal from testing.planned('{"max_age_days": 1, "max_total_bytes": 1}') where label = 'pinned' $$, $$ values ('{pinned}'::text[], null::text) $$, 'unless it is pinned, past every limit');

-- in use
select testing.archive('used', now() - interval '401 days') as used \gset
create function testing.used_by(statement text)
returns text
language plpgsql
as $$
declare
  said text;
begin
  begin
    execute statement;
    select coalesce(removal, array_to_string(reasons, ',')) into said from testing.planned('{"max_age_days": 1, "max_total_bytes": 1}') where label = 'used';
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return said;
end;
$$;
create function testing.used_by_restore(role text, status text)
returns text
language sql
as $$
  select testing.used_by(format('insert into backup.restores (mode, status, %I, preview, expires_at, error, applied_at, completed_at, undo_until, result) values (''merge'', %L, %L, ''{}'', now(), %L, %5$L, %5$L, %5$L, %6$L)',
    role, status, (select id from public.backups where notes = 'used'), case status when 'failed' then '{}' end, case status when 'completed' then now() end, case status when 'completed' then '{}' end));
$$;
select is(testing.used_by_restore('backup_id', status), 'in use', 'in use by a restore: ' || status) from unnest('{queued,staging,previewed,applying}'::text[]) as status;
select is(testing.used_by_restore('safety_backup_id', 'applying'), 'in use', 'as its safety backup');
select is(testing.used_by_restore('backup_id', status), 'older than 1 days', 'not by one that is over: ' || status) from unnest('{failed,discarded,expired}'::text[]) as status;
select is(testing.used_by(format('select backup.enqueue_job(''verify'', %L)', :'used')), 'in use', 'in use by a drill that waits');
select is(testing.used_by(format('insert into backup.jobs (kind, backup_id, status, lease_expires_at, worker_id) values (''verify'', %L, ''running'', now(), ''w'')', :'used')), 'in use', 'or runs');
select is(testing.used_by(format('insert into backup.jobs (kind, backup_id, status, finished_at) values (''verify'', %L, ''succeeded'', now())', :'used')), 'older than 1 days', 'not by one that is over');
delete from public.backups where notes <> 'newest';

-- the last proved one
select testing.archive('proved', now() - interval '100 days', drill => 'passed') as proved, testing.archive('proved before', now() - interval '200 days', drill => 'passed') as before \gset
select results_eq($$ select label, removal is null from testing.planned('{"max_age_days": 1}') $$, $$ values ('newest', true), ('proved', true), ('proved before', false) $$, 'the last proved one is kept, past every limit');
select is(testing.reasons('proved'), '{"last proved backup"}', 'which says so');
update public.backups set verification = '{"status": "error"}' where notes = 'proved';
select is(testing.reasons('proved'), '{"last proved backup"}', 'a drill that could not be made takes nothing back');
update public.backups set verification = '{"status": "failed"}', verified_at = null where notes = 'proved';
select is(testing.kept(), '{newest,proved,"proved before"}', 'when it has failed since, the one before is');
select is(testing.reasons('proved'), '{"failed its drill"}', 'one that failed is not thrown away unseen');
select is(testing.kept('{"max_age_days": 50}'), '{newest,"proved before"}', 'but for good by its age');
delete from public.backups where notes <> 'newest';

-- failed drills, of other kinds
select testing.archive(kind || ' failed', now() - interval '2 hours', kind, drill => 'failed') from unnest('{daily,weekly,manual,safety}'::text[]) as kind;
select results_eq(
  'select label, reasons from testing.planned() where label <> ''newest'' order by 1',
  $$ values ('daily failed', '{"failed its drill"}'::text[]), ('manual failed', '{manual}'), ('safety failed', '{"undo period"}'), ('weekly failed', '{"failed its drill"}') $$, 'each kind for its own reason'
);
delete from public.backups where notes <> 'newest';
select testing.archive('newer, failed', now(), drill => 'failed') as failed \gset
select is(testing.reasons('newest'), '{"last good backup"}', 'one that failed is not the last good one');
select is(testing.reasons('newer, failed', '{"keep_last": 5, "keep_daily": 5, "keep_weekly": 5, "keep_monthly": 5}'), '{"failed its drill"}', 'nor that of its day, week or month');
delete from public.backups where notes <> 'newest';

-- safety backups
select testing.archive('safe', now() - interval '29 days', 'safety') as safe, testing.archive('over', now() - interval '31 days', 'safety') as over \gset
select is(testing.reasons('safe', '{"max_age_days": 1, "max_total_bytes": 1}'), '{"undo period"}', 'a safety backup, while the restore can be undone');
select is(testing.kept('{"keep_last": 9, "keep_daily": 99, "keep_weekly": 99, "keep_monthly": 99}'), '{newest,safe}', 'is counted by no rule, and goes afterwards');
update backup.settings set value = '32' where key = 'undo_days';
select is(testing.kept(), '{newest,safe,over}', 'the setting undo_days counts');
delete from public.backups where notes <> 'newest';

-- by hand, imported
select testing.archive('by hand', now() - interval '999 days', 'manual') as manual, testing.archive('found', now() - interval '998 days', 'imported') as imported \gset
select is(testing.reasons('by hand'), '{manual}', 'somebody wanted it');
select is(testing.reasons('found'), '{imported}', 'somebody found it');
select is(testing.kept('{"max_age_days": 997}'), '{newest}', 'only age ends them');
select is(testing.kept('{"max_total_bytes": 250}'), '{newest,found}', 'and size');
select is(testing.reasons('found', '{"keep_last": 3, "keep_monthly": 9}'), '{imported}', 'nothing counts on one that has not been proved');
update public.backups set verified_at = now() where notes = 'found';
select is(testing.reasons('found', '{"keep_last": 3, "keep_monthly": 9}'), '{"last proved backup",last,monthly,imported}', 'once it has, it is as good as any');
delete from public.backups;

-- each rule
select testing.archive('b' || n, now() - n * interval '400 days', 'weekly') from generate_series(1, 4) as n;
select is(testing.reasons('b2', '{"keep_last": 2}'), '{last}', 'one of the last two');
select is(testing.reasons('b2', '{"keep_daily": 2}'), '{daily}', 'of the last two days that have any');
select is(testing.reasons('b2', '{"keep_weekly": 2}'), '{weekly}', 'weeks');
select is(testing.reasons('b2', '{"keep_monthly": 2}'), '{monthly}', 'months');
select is(testing.reasons('b2', '{"keep_last": 2, "keep_daily": 2, "keep_weekly": 2, "keep_monthly": 2}'), '{last,daily,weekly,monthly}', 'all its reasons are told');
select is(testing.kept('{"keep_daily": 3}'), '{b1,b2,b3}', 'days without a backup do not count');

-- nothing that is not an archive
select testing.backup(status, created_at => now() - interval '900 days') from unnest('{failed,blocked,deleting,processing}'::text[]) as status;
update public.backups set manifest_sha256 = null where status = 'deleting';
select is((select count(*) from testing.planned()), 4::bigint, 'what is no archive is no matter of it');

select * from finish();
rollback;
