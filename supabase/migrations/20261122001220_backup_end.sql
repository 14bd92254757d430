-- When a backup ends: who is told, what becomes of one that does not come off, and how one goes away.

create or replace function backup.tell_end(backup_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  ended public.backups;
begin
  select * into ended from public.backups as target where target.id = tell_end.backup_id;
  update backup.schedules as schedule
  set last_status = ended.status, last_error = ended.error
  where schedule.last_backup_id = ended.id;

  -- A safety backup is the business of its restore; whoever calls one off knows.
  if ended.kind = 'safety' or ended.error ->> 'code' = 'cancelled' then
    return;
  end if;
  perform backup.notify(
    'backup_' || ended.status,
    case ended.status when 'completed' then 'info' else 'error' end,
    case ended.status
      when 'completed' then format('The %s backup is complete: %s rows in %s tables, %s.', ended.kind, ended.row_count, cardinality(ended.tables),
        pg_size_pretty(ended.file_size))
      when 'blocked' then format('The %s backup was not made: validation found %s.', ended.kind,
        case ended.validation_results ->> 'errors' when '1' then '1 error' else format('%s errors', ended.validation_results ->> 'errors') end)
      else format('The %s backup failed: %s', ended.kind, ended.error ->> 'message') end,
    jsonb_strip_nulls(jsonb_build_object(
      'backup_id', ended.id, 'kind', ended.kind, 'code', ended.error -> 'code', 'errors', ended.validation_results -> 'errors',
      'rows', ended.row_count, 'bytes', ended.file_size)));
end;
$$;

comment on function backup.tell_end(uuid) is 'A backup has ended, well or not: its schedule knows, and administrators hear of it.';

create or replace function backup.mark_failed(backup_id uuid, error jsonb, objects_remain boolean, purge_after timestamptz default clock_timestamp())
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.backups as target
  set status = 'failed', phase = null, error = mark_failed.error
  where target.id = mark_failed.backup_id;

  if objects_remain then
    perform backup.enqueue_job('purge', backup_id, '{"remove_row": false}', 50, purge_after);
  end if;
  perform backup.audit('backup_failed', 'failed', backup_id::text, jsonb_build_object('code', error -> 'code'));
  perform backup.end_safety_backup(backup_id, error);
  perform backup.tell_end(backup_id);
end;
$$;

comment on function backup.mark_failed(uuid, jsonb, boolean, timestamptz) is
  'Marks a backup failed with {code, message, hint, details}; objects that could not be removed are purged by a job of their own.';

create or replace function backup.complete_purge(job_id uuid, worker_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  perform backup.finish_job(held);
  if (held.parameters -> 'remove_row')::boolean then
    perform backup.audit('backup_deleted', 'succeeded', held.backup_id::text);
    delete from public.backups as target where target.id = held.backup_id;
  end if;
end;
$$;

comment on function backup.complete_purge(uuid, text) is 'The objects are gone; now the row goes too, where that was asked for. Raises BK412.';
