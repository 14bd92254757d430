-- run_drill(): the newest backup is proved when there has been no drill for a while.
begin;
\ir ../support.sql
select plan(18);

create view testing.queued as select notes from backup.jobs join public.backups on id = backup_id where jobs.kind = 'verify' order by jobs.created_at;
create function testing.archive(label text, created_at timestamptz, kind text default 'daily', tables text[] default null)
returns void
language plpgsql
as $$
declare
  made constant uuid := testing.backup('completed', kind, created_at);
begin
  update public.backups set notes = label, requested_tables = archive.tables where id = made;
end;
$$;

select backup.run_drill();
select is_empty('table testing.queued', 'there is nothing to prove');
select testing.archive('old', '2026-01-01'), testing.archive('newest', '2026-01-02'), testing.archive('safety', '2026-01-03', 'safety'), testing.archive('roles', '2026-01-04', tables => '{public.roles}');
select testing.backup('failed', created_at => '2026-01-05'), testing.backup('deleting', created_at => '2026-01-05');
select backup.run_drill();
select results_eq('table testing.queued', '{newest}'::text[], 'the newest backup of every table');
select is((select array_agg(action || ' ' || outcome) from testing.audited), '{"verify succeeded"}', 'it is in the audit log');
select backup.run_drill();
select is((select count(*) from testing.queued), 1::bigint, 'once');
update backup.jobs set created_at = clock_timestamp() - interval '30 days';
select backup.run_drill();
select is((select count(*) from testing.queued), 1::bigint, 'not beside one that waits');
update backup.jobs set status = 'running', worker_id = 'w', lease_expires_at = now();
select backup.run_drill();
select is((select count(*) from testing.queued), 1::bigint, 'or runs');
update backup.jobs set status = 'succeeded', lease_expires_at = null, finished_at = now();
update backup.jobs set created_at = clock_timestamp() - interval '6 days 23 hours';
select backup.run_drill();
select is((select count(*) from testing.queued), 1::bigint, 'not within a week');
update backup.jobs set created_at = clock_timestamp() - interval '7 days 1 minute';
select backup.run_drill();
select is((select count(*) from testing.queued), 2::bigint, 'but after one');
delete from backup.jobs;
select backup.run_drill();
update backup.jobs set status = 'failed', finished_at = now(), error = '{}', created_at = clock_timestamp() - interval '1 hour';
select backup.run_drill();
select is((select count(*) from testing.queued), 1::bigint, 'one that failed is not repeated: it would find the same');
update backup.settings set value = '0.02' where key = 'drill_interval_days';
select backup.run_drill();
select is((select count(*) from testing.queued), 2::bigint, 'the setting drill_interval_days counts');
-- a job is forgotten after a month, what it found is not
update backup.settings set value = '60' where key = 'drill_interval_days';
delete from backup.jobs;
update public.backups set verification = jsonb_build_object('status', 'passed', 'started_at', backup.iso(clock_timestamp() - interval '31 days')) where notes = 'newest';
select backup.run_drill();
select is_empty('table testing.queued', 'what the backups say of drills counts, too');
update public.backups set verification = jsonb_build_object('status', 'passed', 'started_at', backup.iso(clock_timestamp() - interval '61 days')) where notes = 'newest';
select backup.run_drill();
select results_eq('table testing.queued', '{newest}'::text[], 'until they are as old as that');
delete from backup.jobs;
delete from public.backups where requested_tables is null and kind <> 'safety';
select backup.run_drill();
select results_eq('table testing.queued', '{roles}'::text[], 'where there is none of every table, the newest there is');
delete from backup.jobs;
delete from public.backups where notes = 'roles';
select backup.run_drill();
select is_empty('table testing.queued', 'a safety backup proves itself when it is needed');
select testing.archive('found', '2025-01-01', 'imported');
select backup.run_drill();
select results_eq('table testing.queued', '{found}'::text[], 'one that was imported is proved');

-- with the sweep
delete from backup.jobs;
select backup.sweep();
select results_eq('table testing.queued', '{found}'::text[], 'the sweep sees to it');
select testing.use_secret_key();
select id as found from public.backups where notes = 'found' \gset
select is(backup.request_drill(:'found') #>> '{job,id}', (select job_id::text from backup.jobs where kind = 'verify'), 'whoever asks then gets that one');
select is((select count(*) from testing.queued), 1::bigint, 'there is one at a time');

select * from finish();
rollback;
