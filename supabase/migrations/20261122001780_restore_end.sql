-- How a restore ends: well, with the rules run again; badly, with nothing changed; or not at all, and then the sweep clears up.

create or replace function backup.try_drop_staging(restore_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  patience constant text := current_setting('lock_timeout');
begin
  -- A worker may still be writing there, and wait for what is held here: soon given up, it is the sweep's to drop.
  perform set_config('lock_timeout', '200ms', true);
  perform backup.drop_staging(restore_id);
  perform set_config('lock_timeout', patience, true);
exception when others then
  -- What has been restored, or has failed to be, stays so.
  raise warning 'The staging of restore % could not be dropped: % (%)', restore_id, sqlerrm, sqlstate;
end;
$$;

comment on function backup.try_drop_staging(uuid) is 'Drops the staging of a restore that has ended, unless it is in use; then the sweep does.';

create or replace function backup.end_restore(restore_id uuid, status text, error jsonb default null)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update backup.restores as target
  set status = end_restore.status, phase = null, error = end_restore.error, expires_at = null
  where target.restore_id = end_restore.restore_id;

  if status = 'failed' then
    perform backup.audit('restore_failed', 'failed', restore_id::text, jsonb_build_object('code', error -> 'code'));
    perform backup.notify('restore_failed', 'error', format('A restore failed and changed nothing: %s', error ->> 'message'),
      jsonb_build_object('restore_id', restore_id, 'code', error -> 'code'));
  end if;

  perform backup.try_drop_staging(restore_id);
end;
$$;

comment on function backup.end_restore(uuid, text, jsonb) is
  'Ends a restore that was not applied: failed, discarded or expired. Its staging goes.';

create or replace function backup.new_errors(before jsonb, after jsonb)
returns jsonb
language sql immutable
set search_path = ''
as $$
  with found_errors as (
    select side.name as side, report.value ->> 'table' as label, rule.value ->> 'id' as rule, rule.value ->> 'title' as title,
      (rule.value -> 'violations')::bigint as violations
    from (values ('before', before), ('after', after)) as side (name, report)
    cross join lateral jsonb_array_elements(side.report -> 'tables') as report
    cross join lateral jsonb_array_elements(report.value -> 'rules') as rule
    where rule.value ->> 'severity' = 'error'
  )
  select coalesce(jsonb_agg(jsonb_build_object('table', now.label, 'rule', now.rule, 'title', now.title, 'before', coalesce(past.violations, 0),
    'after', now.violations)
                            order by now.label, now.rule), '[]')
  from found_errors as now
  left join found_errors as past on past.side = 'before' and (past.label, past.rule) = (now.label, now.rule)
  where now.side = 'after' and now.violations > coalesce(past.violations, 0);
$$;

comment on function backup.new_errors(jsonb, jsonb) is
  'Errors that the second validation report has more of than the first: [{table, rule, title, before, after}].';

create or replace function backup.review_restore(target backup.restores)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  touched constant text[] := array(select entry.value ->> 'table' from jsonb_array_elements(target.result -> 'tables') as entry);
  report  jsonb;
begin
  if touched = '{}' then
    return null;
  end if;
  report := backup.validate_tables(touched);
  return jsonb_build_object('status', report -> 'status', 'errors', report -> 'errors', 'warnings', report -> 'warnings',
    'new_errors', backup.new_errors((select safety.validation_results from public.backups as safety where safety.id = target.safety_backup_id), report));
exception when others then
  -- The data is restored; that it could not be looked at is all there is to say.
  return jsonb_build_object('error', sqlerrm);
end;
$$;

comment on function backup.review_restore(backup.restores) is
  'Runs the rules over what was restored: {status, errors, warnings, new_errors} (compared with the safety backup, which was validated before), '
  'or {error}; NULL when nothing was touched.';

create or replace function backup.complete_restore(restore_id uuid, review jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  target backup.restores;
begin
  update backup.restores as candidate
  set status = 'completed', phase = null, completed_at = clock_timestamp(),
      result = candidate.result || jsonb_build_object('validation', review,
        'duration_ms', round(extract(epoch from clock_timestamp() - candidate.created_at) * 1000))
  where candidate.restore_id = complete_restore.restore_id and candidate.status = 'applying'
  returning * into target;

  if found then
    perform backup.audit('restore_completed', 'succeeded', target.restore_id::text, jsonb_build_object('totals', target.result -> 'totals'));
    perform backup.notify('restored', case when coalesce(review -> 'new_errors', '[]') = '[]' then 'info' else 'warning' end,
      format('%s: %s rows inserted, %s updated, %s deleted.', case target.mode when 'undo' then 'A restore was undone'
        else 'A backup was restored' end,
        target.result #> '{totals,inserted}', target.result #> '{totals,updated}', target.result #> '{totals,deleted}'),
      jsonb_build_object('restore_id', target.restore_id, 'backup_id', target.backup_id, 'totals', target.result -> 'totals', 'new_errors',
        review -> 'new_errors'));
    perform backup.try_drop_staging(target.restore_id);
  end if;
end;
$$;

comment on function backup.complete_restore(uuid, jsonb) is 'Marks an applied restore completed, with what the rules say.';

create or replace function backup.conclude_restore(job_id uuid, worker_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held   constant backup.jobs := backup.check_job(job_id, worker_id);
  target constant backup.restores := backup.find_restore(held.restore_id);
begin
  perform backup.complete_restore(target.restore_id, backup.review_restore(target));
  perform backup.finish_job(backup.hold_job(job_id, worker_id));
end;
$$;

comment on function backup.conclude_restore(uuid, text) is
  'After backup.apply_restore(): runs the rules again and ends job and restore. Raises BK412.';

create or replace function backup.abandon_restore(restore_id uuid, error jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  target constant backup.restores := backup.find_restore(restore_id);
begin
  if target.applied_at is not null then
    -- The data is restored; only what comes afterwards went wrong.
    perform backup.complete_restore(target.restore_id, jsonb_build_object('error', error ->> 'message'));
  elsif error ->> 'code' = 'preview_stale' and target.skip_preview
        and (select count(*) from backup.jobs as job where job.restore_id = target.restore_id and job.kind = 'stage') < 3 then
    -- Nobody has looked at anything yet, and the data went on changing: look again.
    update backup.restores as candidate set status = 'queued', phase = null, expires_at = null where candidate.restore_id = target.restore_id;
    perform backup.drop_staging(target.restore_id);
    perform backup.enqueue_job('stage', null, restore_id => target.restore_id);
    perform backup.wake_worker();
  else
    if error ->> 'code' = 'constraint_violated' and error #> '{details,rows}' = '[]' then
      error := jsonb_set(error, '{details,rows}', backup.explain_violation(target, error #>> '{details,table}', error #>> '{details,constraint}'));
    end if;
    perform backup.end_restore(target.restore_id, 'failed', error);
  end if;
end;
$$;

comment on function backup.abandon_restore(uuid, jsonb) is
  'What becomes of a restore whose job failed: completed when its data is in place, staged again when the data changed under a restore without a '
  'preview, failed otherwise.';

create or replace function backup.sweep_restores()
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  over     record;
begin
  for over in select target.restore_id from backup.restores as target where target.status = 'previewed'
    and target.expires_at <= clock_timestamp() for no key update skip locked loop
    perform backup.end_restore(over.restore_id, 'expired');
  end loop;

  -- Staging that was in use when its restore ended.
  for over in
    select distinct target.restore_id from backup.restores as target
    join pg_catalog.pg_class as class on class.relnamespace = 'backup_staging'::pg_catalog.regnamespace
      and starts_with(class.relname, backup.staging_name(target.restore_id))
    where target.status in ('completed', 'failed', 'discarded', 'expired')
  loop
    perform backup.try_drop_staging(over.restore_id);
  end loop;

  delete from backup.restore_images as image
  using backup.restores as target
  where target.restore_id = image.restore_id and target.undo_until <= clock_timestamp();
end;
$$;

comment on function backup.sweep_restores() is
  'Lets previews expire, drops staging that was left, and forgets images that nobody can undo with any more.';


-- listing ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.get_restore(restore_id uuid)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  return backup.restore_json(backup.find_restore(restore_id));
end;
$$;

comment on function backup.get_restore(uuid) is 'One restore, with preview and result. Raises BK403, BK440.';

create or replace function backup.list_restores(
  status     text    default null,
  backup_id  uuid    default null,
  page_limit integer default 20,
  page       integer default null,
  cursor     text    default null
)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  after_at timestamptz;
  after_id uuid;
  answer   jsonb;
begin
  perform backup.assert_admin();
  select start.after_at, start.after_id into after_at, after_id from backup.read_cursor(cursor) as start;

  with page_rows as (
    select candidate
    from backup.restores as candidate
    where (list_restores.status    is null or candidate.status    = list_restores.status)
      and (list_restores.backup_id is null or candidate.backup_id = list_restores.backup_id)
      and (cursor is null or (candidate.created_at, candidate.restore_id) < (after_at, after_id))
    order by candidate.created_at desc, candidate.restore_id desc
    -- one more than asked for tells whether there is a next page
    limit page_limit + 1
    offset case when page is not null then page_limit * (page - 1) else 0 end
  ),
  numbered as (
    select page_rows.candidate as shown,
      row_number() over (order by (page_rows.candidate).created_at desc, (page_rows.candidate).restore_id desc) as position
    from page_rows
  )
  select jsonb_build_object(
    'restores', coalesce(jsonb_agg(
        -- A list shows the numbers; tables and samples are for the page of one restore.
        backup.restore_json(numbered.shown) || jsonb_build_object('preview', (numbered.shown).preview - 'tables')
        order by numbered.position) filter (where numbered.position <= page_limit), '[]'),
    'count', (select count(*) from backup.restores as candidate
              where (list_restores.status    is null or candidate.status    = list_restores.status)
                and (list_restores.backup_id is null or candidate.backup_id = list_restores.backup_id)),
    'next_cursor', case when count(*) > page_limit then (
        select backup.write_cursor((last_row.shown).created_at, (last_row.shown).restore_id)
        from numbered as last_row where last_row.position = page_limit) end)
  into answer
  from numbered;
  return answer;
end;
$$;

comment on function backup.list_restores(text, uuid, integer, integer, text) is
  'Restores, newest first: {restores, count, next_cursor}, previews without their tables. Pages by number (from 1) or by cursor. Raises BK403, '
  'BK422 {argument: cursor}.';
