-- apply_retention(): removes exactly what the preview says, and old entries of backups that never came off.
begin;
\ir support.sql
select plan(23);

select testing.use_secret_key();
update backup.settings set value = '{"keep_last": 2, "keep_monthly": 2, "max_age_days": null, "max_total_bytes": null}' where key = 'retention';
update backup.schedules set keep = 3;
select testing.archive('d' || day, timestamptz '2026-06-30Z' - day * interval '1 day') from generate_series(0, 60) as day;
create table testing.announced as select (entry ->> 'id')::uuid as id, entry ->> 'reason' as reason from jsonb_array_elements(backup.preview_retention() -> 'remove') as entry;
select cmp_ok((select count(*) from testing.announced), '>', 50::bigint, 'most of them go');
select is(backup.apply_retention()::bigint, (select count(*) from testing.announced), 'as many as were announced');
select set_eq('select id from public.backups where status = ''deleting''', 'select id from testing.announced', 'the same ones');
select set_eq('select backup_id from backup.jobs where kind = ''purge'' and parameters = ''{"remove_row": true}'' and max_attempts = 50', 'select id from testing.announced', 'their objects are purged, then their rows');
select set_eq('select target, details ->> ''reason'' from testing.audited where action = ''delete''', 'select id::text, reason from testing.announced', 'each is in the audit log, with the reason');
select is(backup.apply_retention(), 0, 'then nothing is left to do');
select is(backup.preview_retention() #> '{totals,removed}', '0', 'and nothing announced');
select is((select count(*) from testing.audited where action = 'delete'), (select count(*) from testing.announced), 'nothing is removed twice');
delete from public.backups;

-- what never came off
select testing.backup('failed', created_at => now() - interval '89 days') as young, testing.backup('failed', created_at => now() - interval '91 days') as failed,
  testing.backup('blocked', created_at => now() - interval '91 days') as blocked, testing.backup('failed', created_at => now() - interval '91 days', is_pinned => true) as pinned,
  testing.backup('queued', created_at => now() - interval '91 days') as queued \gset
select is(backup.preview_retention() -> 'remove', '[]', 'entries of backups that never came off are no backups');
select is(backup.apply_retention(), 2, 'they go after ninety days');
select set_eq('select id from public.backups where status = ''deleting''', array[:'failed', :'blocked']::uuid[], 'those, and no younger, pinned or waiting ones');
select set_eq('select distinct details ->> ''reason'' from testing.audited where target in (' || quote_literal(:'failed') || ',' || quote_literal(:'blocked') || ')', '{"failed, and older than 90 days","blocked, and older than 90 days"}'::text[], 'with the reason');
update backup.settings set value = '30' where key = 'failed_days';
select is(backup.apply_retention(), 1, 'the setting failed_days counts');
delete from public.backups;

-- in use at that moment
update backup.schedules set keep = 1;
update backup.settings set value = value || '{"keep_monthly": 0}' where key = 'retention';
select testing.archive('newest', now()), testing.archive('second', now() - interval '1 hour');
select testing.archive('used', '2020-01-01') as used \gset
insert into backup.restores (backup_id, mode) values (:'used', 'merge');
select is(backup.apply_retention(), 0, 'what a restore needs stays');
update backup.restores set status = 'discarded';
select is(backup.apply_retention(), 1, 'until it is over');
delete from public.backups;

-- after a backup
select testing.archive('d' || day, timestamptz '2026-06-30Z' - day * interval '1 day') from generate_series(1, 10) as day;
select testing.running_job() as job \gset
select backup_id as backup from backup.jobs where job_id = :'job' \gset
select testing.parts(:'backup'), backup.complete_backup(:'job', 'worker', repeat('0', 64));
select cmp_ok((select count(*) from public.backups where status = 'deleting'), '>', 0::bigint, 'after a backup is completed, at once');
select is((select status from public.backups where id = :'backup'), 'completed', 'it itself stays');
delete from public.backups;
select testing.archive('d' || day, timestamptz '2026-06-30Z' - day * interval '1 day') from generate_series(1, 10) as day;
create function testing.refuse() returns trigger language plpgsql as $$ begin raise exception 'as tested'; end $$;
create trigger refuse before update on public.backups for each row when (new.status = 'deleting') execute function testing.refuse();
select testing.running_job() as job \gset
select backup_id as backup from backup.jobs where job_id = :'job' \gset
set local client_min_messages = error;
select lives_ok(format('select testing.parts(%L), backup.complete_backup(%L, ''worker'', repeat(''0'', 64))', :'backup', :'job'), 'when retention cannot be applied');
select is((select status from public.backups where id = :'backup'), 'completed', 'the backup is complete all the same');
drop trigger refuse on public.backups;

-- whoever calls
select testing.sign_out();
select lives_ok('select backup.apply_retention()', 'the sweep calls it in nobody''s name');
select is((select actor_kind from backup.audit_log order by audit_log_id desc limit 1), 'system', 'which the audit log says');
select is((select count(*) from public.backups where status = 'completed' and kind = 'manual'), 1::bigint, 'the newest is there');
select ok(exists (select from backup.jobs where kind = 'purge'), 'and a purge for the others');

select * from finish();
rollback;
