-- Asking for a backup, and asking for its end. Both only write down what is wanted and queue a job; a worker does it.

create or replace function backup.find_backup(backup_id uuid)
returns public.backups
language plpgsql stable
set search_path = ''
as $$
declare
  found_backup public.backups;
begin
  select * into found_backup from public.backups as candidate where candidate.id = find_backup.backup_id;
  if not found then
    raise exception using
      errcode = 'BK404',
      message = format('There is no backup %s.', backup_id),
      hint    = 'List the backups to see which there are; this one may have been deleted.';
  end if;
  return found_backup;
end;
$$;

comment on function backup.find_backup(uuid) is 'The backup. Raises BK404.';

create or replace function backup.running_backup()
returns public.backups
language sql stable
set search_path = ''
as $$
  select running from public.backups as running
  where running.status in ('queued', 'processing') and running.kind in ('manual', 'daily', 'weekly')
  limit 1;
$$;

comment on function backup.running_backup() is 'The one backup that is queued or being made, or NULLs; a safety backup is not counted.';

create or replace function backup.create_backup(
  tables              text[]  default null,
  notes               text    default null,
  override_validation boolean default false,
  override_reason     text    default null,
  kind                text    default 'manual'
)
returns public.backups
language plpgsql volatile
set search_path = ''
as $$
declare
  chosen  text[];
  created public.backups;
begin
  perform backup.assert_project();

  -- guard
  select array_agg(selected.schema_name || '.' || selected.table_name order by selected.ordinal)
  into chosen
  from backup.select_tables(tables) as selected;

  if chosen is null then
    raise exception using
      errcode = 'BK420',
      message = 'There is no table to back up.',
      detail  = '{"tables": []}',
      hint    = 'Schema public has no table of yours, or the setting excluded_tables leaves all of them out.';
  end if;
  if override_validation and coalesce(btrim(override_reason), '') = '' then
    raise exception using
      errcode = 'BK421',
      message = 'Going on in spite of validation errors needs a reason.',
      detail  = '{"argument": "override_reason"}',
      hint    = 'Say in override_reason why this backup is wanted although its data is not valid; it is kept with the backup and in the audit log.';
  end if;

  -- apply
  begin
    insert into public.backups (created_by, kind, notes, tables, requested_tables, override_validation, override_reason, filename)
    values (
      backup.actor_id(), create_backup.kind, create_backup.notes, chosen, case when create_backup.tables is not null then chosen end,
      create_backup.override_validation,
      case when create_backup.override_validation then create_backup.override_reason end,
      to_char(clock_timestamp() at time zone 'UTC', '"alumni-backup-"YYYY-MM-DD"T"HH24-MI-SS"Z.sql.gz"'))
    returning * into created;
  exception when unique_violation then
    raise exception using
      errcode = 'BK409',
      message = 'A backup is already running.',
      detail  = jsonb_build_object('backup_id', (select running.id from backup.running_backup() as running))::text,
      hint    = 'Wait until it has ended; its progress is in the list of backups.';
  end;

  perform backup.enqueue_job('backup', created.id);
  perform backup.audit('create', 'succeeded', created.id::text, jsonb_strip_nulls(jsonb_build_object(
    'kind', created.kind, 'tables', chosen, 'override_validation', nullif(created.override_validation, false), 'override_reason', created.override_reason)));
  perform backup.wake_worker();
  return created;
end;
$$;

comment on function backup.create_backup(text[], text, boolean, text, text) is
  'Begins a backup of the named tables (default: all), for whoever may. Raises BK409 {backup_id} while another one is queued or running, BK420 '
  '{tables}, BK421 for an override without a reason, BK461.';

create or replace function backup.request_backup(
  tables              text[]  default null,
  notes               text    default null,
  override_validation boolean default false,
  override_reason     text    default null,
  kind                text    default 'manual'
)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  if kind is null or kind not in ('manual', 'daily', 'weekly') then
    raise exception using
      errcode = 'BK422',
      message = format('%s is no kind of backup that can be asked for.', coalesce(kind, 'null')),
      detail  = '{"argument": "kind"}',
      hint    = 'Use manual, daily or weekly.';
  end if;
  return backup.backup_json(backup.create_backup(tables, notes, override_validation, override_reason, kind));
end;
$$;

comment on function backup.request_backup(text[], text, boolean, text, text) is
  'Asks for a backup of the named tables (default: all) and returns it as the API shows it, status queued. Raises BK403, BK409 {backup_id} while '
  'another one is queued or running, BK420 {tables}, BK421 for an override without a reason, BK422 {argument}, BK461.';

create or replace function backup.update_backup(backup_id uuid, is_pinned boolean default null, notes text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target public.backups;
begin
  perform backup.assert_admin();
  -- Its deletion may begin meanwhile, by retention or by somebody else.
  perform from public.backups as candidate where candidate.id = backup_id for update;
  target := backup.find_backup(backup_id);
  if target.status = 'deleting' then
    raise exception using
      errcode = 'BK411',
      message = 'This backup is being deleted.',
      detail  = jsonb_build_object('backup_id', target.id, 'status', target.status)::text,
      hint    = 'It is too late to keep it. Make another one.';
  end if;

  update public.backups as changed
  set is_pinned = coalesce(update_backup.is_pinned, changed.is_pinned), notes = coalesce(update_backup.notes, changed.notes)
  where changed.id = target.id
  returning * into target;

  perform backup.audit('update', 'succeeded', target.id::text, jsonb_strip_nulls(jsonb_build_object(
    'is_pinned', update_backup.is_pinned, 'notes', update_backup.notes)));
  return backup.backup_json(target);
end;
$$;

comment on function backup.update_backup(uuid, boolean, text) is
  'Pins a backup (it is then never deleted) or unpins it, and changes its notes; NULL leaves as it is. Raises BK403, BK404, BK411 when it is being '
  'deleted.';


-- its end ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.restore_that_uses(target public.backups)
returns uuid
language sql stable
set search_path = ''
as $$
  select candidate.restore_id from backup.restores as candidate
  where candidate.status in ('queued', 'staging', 'previewed', 'applying') and target.id in (candidate.backup_id, candidate.safety_backup_id)
  limit 1;
$$;

comment on function backup.restore_that_uses(public.backups) is 'A restore under way that needs the archive, or NULL.';

create or replace function backup.begin_deletion(target public.backups, reason text default null)
returns public.backups
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.cancel_job(job.job_id, 'The backup is being deleted.')
  from backup.jobs as job where job.backup_id = target.id and job.kind = 'verify' and job.status in ('queued', 'running');
  update public.backups set status = 'deleting' where id = target.id returning * into target;
  perform backup.enqueue_job('purge', target.id, '{"remove_row": true}', 50);
  perform backup.audit('delete', 'succeeded', target.id::text, jsonb_strip_nulls(jsonb_build_object(
    'filename', target.filename, 'file_size', target.file_size, 'reason', reason)));
  return target;
end;
$$;

comment on function backup.begin_deletion(public.backups, text) is
  'Marks a backup as deleting, and queues the removal of its objects, then of its row. A drill of it is called off.';

create or replace function backup.request_deletion(backup_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target   public.backups;
  using_it uuid;
begin
  perform backup.assert_admin();
  -- The job before its backup: so does a worker that ends a drill.
  perform from backup.jobs as job where job.backup_id = request_deletion.backup_id and job.kind = 'verify'
    and job.status in ('queued', 'running') for update;
  -- Two at once must not both queue a purge.
  perform from public.backups as candidate where candidate.id = backup_id for update;
  target := backup.find_backup(backup_id);

  using_it := backup.restore_that_uses(target);
  if target.is_pinned or target.status in ('queued', 'processing') or using_it is not null then
    raise exception using
      errcode = 'BK411',
      message = format('This backup cannot be deleted: it is %s.',
        case when target.is_pinned then 'pinned' when using_it is not null then 'being restored' else target.status end),
      detail  = jsonb_build_object('backup_id', target.id, 'status', target.status, 'is_pinned', target.is_pinned, 'restore_id', using_it)::text,
      hint    = case when target.is_pinned then 'Unpin it first.' when using_it is not null
        then 'Discard the restore, or wait until it has ended.' else 'Wait until it has ended.' end;
  end if;

  -- A purge that was tried in vain so often that it was given up is begun anew; one that waits or runs is enough.
  if target.status <> 'deleting' or not exists (
    select from backup.jobs as job
    where job.backup_id = target.id and job.kind = 'purge' and job.status in ('queued', 'running') and (job.parameters -> 'remove_row')::boolean
  ) then
    target := backup.begin_deletion(target);
    perform backup.wake_worker();
  end if;
  return backup.backup_json(target);
end;
$$;

comment on function backup.request_deletion(uuid) is
  'Marks a backup as deleting and queues the removal of its objects, then of its row. Asking twice is the same as asking once, unless the first '
  'removal was given up. Raises BK403, BK404, BK411 when it is pinned, running or being restored.';

create or replace function backup.request_cancel(backup_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target    public.backups;
  under_way uuid;
begin
  perform backup.assert_admin();
  target := backup.find_backup(backup_id);
  select job.job_id into under_way
  from backup.jobs as job
  where job.backup_id = target.id and job.kind in ('backup', 'verify') and job.status in ('queued', 'running')
  -- It may end while this waits for it.
  for update;

  if under_way is null then
    raise exception using
      errcode = 'BK456',
      message = format('There is nothing to call off: this backup is %s.', target.status),
      detail  = jsonb_build_object('backup_id', target.id, 'status', target.status)::text,
      hint    = 'Only a backup that is being made, or a drill of it, can be called off. A restore is discarded instead.';
  end if;

  perform backup.cancel_job(under_way, coalesce('Called off by ' || (backup.claims() ->> 'email') || '.', 'Called off.'));
  perform backup.audit('cancel', 'succeeded', target.id::text);
  -- What is in the bucket already is removed by a job.
  perform backup.wake_worker();
  return backup.backup_json(backup.find_backup(target.id));
end;
$$;

comment on function backup.request_cancel(uuid) is
  'Calls off the making of a backup (it ends as failed, error.code cancelled, and its objects are removed) or a drill of it. Raises BK403, BK404, '
  'BK456 {backup_id, status} when neither is under way.';
