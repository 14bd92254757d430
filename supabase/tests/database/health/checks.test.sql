-- health(): every check fails alone, and is well again.
begin;
\ir ../support.sql
select plan(67);

select testing.sign_out();
select throws_ok('select backup.health()', 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok('select backup.health()', 'BK403', null, 'BK403 for a member');
select testing.use_secret_key();
update backup.installation set bound_at = clock_timestamp();
update backup.schedules set is_enabled = false, next_run_at = null, last_status = null;

create function testing.failing()
returns text[]
language sql
as $$ select coalesce(array_agg(entry ->> 'name' order by entry ->> 'name'), '{}') from jsonb_array_elements(backup.health() -> 'checks') as entry where entry ->> 'status' = 'failing' $$;
create function testing.message(name text)
returns text
language sql
as $$ select entry ->> 'message' from jsonb_array_elements(backup.health() -> 'checks') as entry where entry ->> 'name' = message.name $$;
-- Which checks fail after a statement; it is undone afterwards.
create function testing.failing_after(statement text)
returns text[]
language plpgsql
as $$
declare
  names text[];
begin
  begin
    execute statement;
    names := testing.failing();
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return names;
end;
$$;

-- a new project
select is(testing.failing(), '{}', 'a new project is well');
select is(backup.health() - array['checks', 'schedules'], '{"status": "ok", "last_backup": null, "last_drill": null, "queue": {"waiting": 0, "running": 0, "lost": 0, "oldest_waiting_seconds": 0}}', 'though it has nothing yet');
select is((select array_agg(entry ->> 'name' order by entry ->> 'name') from jsonb_array_elements(backup.health() -> 'checks') as entry), '{bucket,deliveries,project,queue,recent_backup,recent_drill,schedules,sweep}', 'every check');
select is((select count(*) from jsonb_array_elements(backup.health() -> 'checks') as entry where entry ->> 'message' is null or entry ->> 'message' = ''), 0::bigint, 'says something');
select is(backup.health() -> 'schedules', '[{"frequency": "daily", "is_enabled": false, "next_run_at": null, "last_status": null}, {"frequency": "weekly", "is_enabled": false, "next_run_at": null, "last_status": null}]', 'both schedules');

-- recent_backup
select is(testing.failing_after('update backup.installation set bound_at = clock_timestamp() - interval ''73 hours'''), '{recent_backup}', 'three days without a first backup');
select is(testing.message('recent_backup'), 'There is no good backup yet.', 'says so');
select testing.backup(created_at => clock_timestamp() - interval '71 hours') as backup \gset
select is(testing.failing(), '{}', 'within three days');
select is(testing.failing_after('update public.backups set completed_at = completed_at - interval ''2 hours'''), '{recent_backup}', 'beyond');
select is(testing.failing_after('update backup.settings set value = ''2'' where key = ''no_backup_days'''), '{recent_backup}', 'the setting no_backup_days counts');
select is(testing.failing_after('update public.backups set requested_tables = ''{public.roles}''; update backup.installation set bound_at = ''2026-01-01'''), '{recent_backup}', 'one of some tables is none');
select is(testing.failing_after('update public.backups set kind = ''safety''; update backup.installation set bound_at = ''2026-01-01'''), '{recent_backup}', 'nor a safety backup');
select is(testing.failing_after('update public.backups set kind = ''imported''; update backup.installation set bound_at = ''2026-01-01'''), '{recent_backup}', 'nor one that was imported and not proved');
select is(testing.failing_after('update public.backups set kind = ''imported'', verified_at = now(); update backup.installation set bound_at = ''2026-01-01'''), '{}', 'when it has been, it is one');
select is(testing.failing_after('update public.backups set status = ''deleting''; update backup.installation set bound_at = ''2026-01-01'''), '{recent_backup}', 'nor one that is being deleted');
select is(testing.failing_after('update public.backups set completed_at = completed_at - interval ''4 days''; update backup.schedules set is_enabled = true, next_run_at = now() + interval ''1 day'' where frequency = ''weekly'''), '{}', 'a project that backs up weekly has eight days');
select is(testing.failing_after('update public.backups set completed_at = completed_at - interval ''6 days''; update backup.schedules set is_enabled = true, next_run_at = now() + interval ''1 day'' where frequency = ''weekly'''), '{recent_backup}', 'and no more');
select is(testing.failing_after('update public.backups set completed_at = completed_at - interval ''4 days''; update backup.schedules set is_enabled = true, next_run_at = now() + interval ''1 day'''), '{recent_backup}', 'nor one that backs up daily as well');
select is((backup.health() -> 'last_backup') - 'completed_at' - 'age_seconds', jsonb_build_object('id', :'backup'), 'the last one');
select cmp_ok((backup.health() #> '{last_backup,age_seconds}')::integer, '>=', 71 * 3600 - 10, 'and its age');

-- recent_drill
create function testing.drilled(status text, ago interval)
returns text
language sql
as $$ select format('update public.backups set verification = %L, verified_at = %L', jsonb_build_object('status', status, 'started_at', backup.iso(clock_timestamp() - ago), 'differences', '[{"message": "It differs."}]'::jsonb),
  case status when 'passed' then clock_timestamp() - ago end) $$;
select is(testing.failing_after(testing.drilled('passed', '1 hour')), '{}', 'a drill that passed');
select is(testing.failing_after(testing.drilled('passed', '13 days')), '{}', 'within two weeks');
select is(testing.failing_after(testing.drilled('passed', '15 days')), '{recent_drill}', 'beyond');
select is(testing.failing_after(testing.drilled('passed', '15 days') || '; update backup.settings set value = ''30'' where key = ''drill_interval_days'''), '{}', 'the setting drill_interval_days counts');
select is(testing.failing_after(testing.drilled('error', '1 hour')), '{recent_drill}', 'one that could not be made');
select ok(testing.failing_after(testing.drilled('failed', '1 hour')) @> '{recent_drill}', 'one that failed');
select is(testing.failing_after('update public.backups set completed_at = clock_timestamp() - interval ''15 days''; insert into public.backups (status, completed_at, manifest_sha256, file_size) values (''completed'', now(), ''x'', 1)'), '{recent_drill}', 'none ever, though there is a backup for two weeks');
select testing.drilled('failed', '1 hour') as statement \gexec
select is(testing.message('recent_drill'), 'The last drill found: It differs.', 'says what it found');
select testing.backup(created_at => clock_timestamp() - interval '1 hour') as newer \gset
update public.backups set verified_at = clock_timestamp(), verification = jsonb_build_object('status', 'passed', 'started_at', backup.iso(clock_timestamp())) where id = :'newer';
select is(testing.failing(), '{}', 'the last drill counts, of whatever backup');
select is((backup.health() -> 'last_drill') - 'verified_at' - 'age_seconds', jsonb_build_object('backup_id', :'newer'), 'the last one that passed');

-- queue
select testing.backup('failed') as failed \gset
select backup.enqueue_job('purge', :'failed') as job \gset
select is(testing.failing(), '{}', 'a job that waits');
select is(testing.failing_after('update backup.jobs set run_after = clock_timestamp() - interval ''9 minutes'''), '{}', 'for less than ten minutes');
select is(testing.failing_after('update backup.jobs set run_after = clock_timestamp() - interval ''11 minutes'''), '{queue}', 'for longer');
select is(testing.failing_after('update backup.jobs set run_after = clock_timestamp() + interval ''11 minutes'', created_at = ''2026-01-01'''), '{}', 'not one whose time is still to come');
select is((backup.health() #> '{queue,waiting}'), '1', 'it is counted');
select is(testing.claim_work() ->> 'job_id', :'job', 'one that runs');
select is(testing.failing_after(format('insert into backup.jobs (kind, backup_id, run_after) values (''purge'', %L, clock_timestamp() - interval ''11 minutes'')', :'failed')), '{}', 'others may wait behind it');
select is(testing.failing_after('update backup.jobs set lease_expires_at = clock_timestamp() - interval ''1 minute'''), '{}', 'whose worker has just gone silent');
select is(testing.failing_after('update backup.jobs set lease_expires_at = clock_timestamp() - interval ''3 minutes'''), '{queue}', 'and nobody took it over');
select is(backup.health() -> 'queue', '{"waiting": 0, "running": 1, "lost": 0, "oldest_waiting_seconds": 0}', 'as it is');
select testing.finish(:'job');

-- schedules
update backup.schedules set is_enabled = true, next_run_at = clock_timestamp() + interval '1 hour';
select is(testing.failing(), '{}', 'schedules that have not run yet');
select is(testing.failing_after(format('update backup.schedules set last_status = %L where frequency = ''daily''', status)), expected::text[], 'whose last one ended as ' || status)
from (values ('completed', '{}'), ('queued', '{}'), ('blocked', '{schedules}'), ('failed', '{schedules}')) as ended (status, expected);
select is(testing.failing_after('update backup.schedules set is_enabled = false, next_run_at = null, last_status = ''failed'''), '{}', 'not of one that is disabled');
select is(testing.failing_after('update backup.schedules set next_run_at = clock_timestamp() - interval ''59 minutes'''), '{}', 'one that is a little late');
select is(testing.failing_after('update backup.schedules set next_run_at = clock_timestamp() - interval ''61 minutes'''), '{schedules}', 'an hour late');
select is(testing.failing_after('update backup.schedules set next_run_at = clock_timestamp() - interval ''61 minutes''; select testing.backup(''processing'')'), '{}', 'unless another backup runs');
update backup.schedules set last_status = 'blocked';
select is(testing.message('schedules'), 'The daily backup was stopped by errors in the data. The weekly backup was stopped by errors in the data.', 'says which, and what is wrong');
update backup.schedules set last_status = 'completed';

-- deliveries
create function testing.delivered(channel text, outcome text, ago interval default '0')
returns void
language sql
as $$
  with told as (insert into backup.notifications (kind, severity, message) values ('test', 'info', 'm') returning notification_id)
  insert into backup.deliveries (notification_id, channel, outcome, error, attempted_at)
  select notification_id, channel, outcome, case when outcome <> 'sent' then '{"message": "HTTP 500"}'::jsonb end, clock_timestamp() - ago from told;
$$;
select is(testing.failing_after(format('select testing.delivered(''webhook'', %L)', outcome)), expected::text[], 'a notification that was ' || outcome) from (values ('sent', '{}'), ('failed', '{deliveries}'), ('refused', '{deliveries}')) as sent (outcome, expected);
select is(testing.failing_after('select testing.delivered(''webhook'', ''failed'', ''1 hour''), testing.delivered(''webhook'', ''sent'')'), '{}', 'the last of a channel counts');
select is(testing.failing_after('select testing.delivered(''webhook'', ''failed'', ''1 hour''), testing.delivered(''email'', ''sent'')'), '{deliveries}', 'each channel for itself');
select is(testing.failing_after('select testing.delivered(''webhook'', ''failed'', ''8 days'')'), '{}', 'what has not been used for a week is forgotten');
select testing.delivered('email', 'failed');
select is(testing.message('deliveries'), 'Notifications cannot be sent: email (HTTP 500)', 'says which, and why');
delete from backup.notifications;

-- bucket
create function testing.rescanned(missing jsonb, ago interval default '0', status text default 'succeeded')
returns text
language sql
as $$
  select format('insert into backup.jobs (kind, status, result, error, finished_at) values (''rescan'', %L, %L, %L, %L)', status, jsonb_build_object('missing', missing, 'orphans', '[1]'::jsonb),
    case when status <> 'succeeded' then '{}' end, clock_timestamp() - ago);
$$;
select is(testing.failing_after(testing.rescanned('[]')), '{}', 'a bucket that has all that backups need');
select is(testing.failing_after(testing.rescanned('[{}, {}]')), '{bucket}', 'one that has not');
select is(testing.failing_after(testing.rescanned('[{}]', '1 day') || ';' || testing.rescanned('[]')), '{}', 'the last look counts');
select is(testing.failing_after(testing.rescanned('[{}]', '1 day') || ';' || testing.rescanned('[]', '0', 'failed')), '{bucket}', 'that came to an end');

-- project, and all together
select is(testing.failing_after('update backup.installation set system_identifier = ''1'''), '{project}', 'a copy of the project');
select is(backup.health() ->> 'status', 'ok', 'without any, all is well');
update backup.installation set bound_at = '2026-01-01';
delete from public.backups;
update backup.schedules set last_status = 'failed';
select is(backup.health() ->> 'status', 'failing', 'with any, it is not');
select is(testing.failing(), '{recent_backup,schedules}', 'each is told');

select * from finish();
rollback;
