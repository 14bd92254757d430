-- When a backup does not come off, and when one goes away.

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
end;
$$;

comment on function backup.mark_failed(uuid, jsonb, boolean, timestamptz) is 'Marks a backup failed with {code, message, hint, details}; objects that could not be removed are purged by a job of their own.';

create or replace function backup.fail_backup(job_id uuid, worker_id text, error jsonb, objects_remain boolean)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  perform backup.mark_failed(held.backup_id, error, objects_remain);
  perform backup.finish_job(held.job_id, error);
end;
$$;

comment on function backup.fail_backup(uuid, text, jsonb, boolean) is 'A worker''s report that it could not make the backup, and whether objects of it are still in the bucket. Raises BK412.';

create or replace function backup.give_up_job(job_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  lost    backup.jobs;
  failure jsonb;
begin
  select * into strict lost from backup.jobs as job where job.job_id = give_up_job.job_id;
  failure := coalesce(lost.error, jsonb_build_object(
    'code', 'worker_lost',
    'message', format('The worker went silent %s times in a row.', lost.attempt_count),
    'hint', 'Look at the logs of the function backup-worker: out of memory, out of time or a crash. Then ask for it again.'));

  if lost.kind = 'backup' then
    -- The silent worker may still be uploading: what it leaves is removed when it must have noticed.
    perform backup.mark_failed(lost.backup_id, failure, true, backup.lease_end());
  elsif lost.restore_id is not null then
    perform backup.abandon_restore(lost.restore_id, failure);
  end if;
  perform backup.finish_job(lost.job_id, failure);
end;
$$;

comment on function backup.give_up_job(uuid) is 'Ends a job that has been tried often enough.';

create or replace function backup.complete_purge(job_id uuid, worker_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  perform backup.finish_job(held.job_id);
  if (held.parameters -> 'remove_row')::boolean then
    perform backup.audit('backup_deleted', 'succeeded', held.backup_id::text);
    delete from public.backups as target where target.id = held.backup_id;
  end if;
end;
$$;

comment on function backup.complete_purge(uuid, text) is 'The objects are gone; now the row goes too, where that was asked for. Raises BK412.';
