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
declare
  chosen  text[];
  created public.backups;
begin
  perform backup.assert_admin();

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
  if kind is null or kind not in ('manual', 'daily', 'weekly') then
    raise exception using
      errcode = 'BK422',
      message = format('%s is no kind of backup that can be asked for.', coalesce(kind, 'null')),
      detail  = '{"argument": "kind"}',
      hint    = 'Use manual, daily or weekly.';
  end if;

  -- apply
  begin
    insert into public.backups (created_by, kind, notes, tables, requested_tables, override_validation, override_reason, filename)
    values (
      backup.actor_id(), request_backup.kind, request_backup.notes, chosen, case when request_backup.tables is not null then chosen end,
      request_backup.override_validation,
      case when request_backup.override_validation then request_backup.override_reason end,
      to_char(clock_timestamp() at time zone 'UTC', '"alumni-backup-"YYYY-MM-DD"T"HH24-MI-SS"Z.sql.gz"'))
    returning * into created;
  exception when unique_violation then
    raise exception using
      errcode = 'BK409',
      message = 'A backup is already running.',
      detail  = jsonb_build_object('backup_id', (
        select running.id from public.backups as running
        where running.status in ('queued', 'processing') and running.kind in ('manual', 'daily', 'weekly') limit 1))::text,
      hint    = 'Wait until it has ended; its progress is in the list of backups.';
  end;

  perform backup.enqueue_job('backup', created.id);
  perform backup.audit('create', 'succeeded', created.id::text, jsonb_strip_nulls(jsonb_build_object(
    'kind', created.kind, 'tables', chosen, 'override_validation', nullif(created.override_validation, false), 'override_reason', created.override_reason)));
  perform backup.wake_worker();
  return backup.backup_json(created);
end;
$$;

comment on function backup.request_backup(text[], text, boolean, text, text) is
  'Asks for a backup of the named tables (default: all) and returns it as the API shows it, status queued. Raises BK403, BK409 {backup_id} while another one is '
  'queued or running, BK420 {tables}, BK421 for an override without a reason, BK422 {argument}.';

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
  -- Two at once must not both queue a purge.
  perform from public.backups as candidate where candidate.id = backup_id for update;
  target := backup.find_backup(backup_id);

  using_it := (
    select candidate.restore_id from backup.restores as candidate
    where target.id in (candidate.backup_id, candidate.safety_backup_id) and candidate.status in ('queued', 'staging', 'previewed', 'applying') limit 1);
  if target.is_pinned or target.status in ('queued', 'processing') or using_it is not null then
    raise exception using
      errcode = 'BK411',
      message = format('This backup cannot be deleted: it is %s.',
        case when target.is_pinned then 'pinned' when using_it is not null then 'being restored' else target.status end),
      detail  = jsonb_build_object('backup_id', target.id, 'status', target.status, 'is_pinned', target.is_pinned, 'restore_id', using_it)::text,
      hint    = case when target.is_pinned then 'Unpin it first.' when using_it is not null then 'Discard the restore, or wait until it has ended.' else 'Wait until it has ended.' end;
  end if;

  -- A purge that was tried in vain so often that it was given up is begun anew; one that waits or runs is enough.
  if target.status <> 'deleting' or not exists (
    select from backup.jobs as job
    where job.backup_id = target.id and job.kind = 'purge' and job.status in ('queued', 'running') and (job.parameters -> 'remove_row')::boolean
  ) then
    update public.backups set status = 'deleting' where id = target.id returning * into target;
    perform backup.enqueue_job('purge', target.id, '{"remove_row": true}', 50);
    perform backup.audit('delete', 'succeeded', target.id::text, jsonb_build_object('filename', target.filename, 'file_size', target.file_size));
    perform backup.wake_worker();
  end if;
  return backup.backup_json(target);
end;
$$;

comment on function backup.request_deletion(uuid) is
  'Marks a backup as deleting and queues the removal of its objects, then of its row. Asking twice is the same as asking once, unless the first removal was given up. Raises BK403, BK404, BK411 when it is pinned, running or being restored.';
