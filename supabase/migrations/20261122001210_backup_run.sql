-- Making a backup: the steps that a worker reports, in their order. Each renews the lease and fails with BK412 when the job is not the
-- worker's any more, so that a worker which was thought dead cannot spoil the work of its successor.

create or replace function backup.forget_plan(backup_id uuid)
returns void
language sql volatile
set search_path = ''
as $$
  delete from backup.backup_parts  as part    where part.backup_id    = forget_plan.backup_id;
  delete from backup.backup_tables as covered where covered.backup_id = forget_plan.backup_id;
$$;

comment on function backup.forget_plan(uuid) is 'Removes what was planned for a backup: its tables and parts in the catalogue.';

create or replace function backup.begin_backup(job_id uuid, worker_id text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  held   constant backup.jobs := backup.hold_job(job_id, worker_id);
  target public.backups;
begin
  -- A second attempt starts from nothing.
  perform backup.forget_plan(held.backup_id);

  update public.backups
  set status = 'processing', phase = 'validating', started_at = clock_timestamp(), progress = '{"percent": 0}', validation_results = null, error = null
  where id = held.backup_id
  returning * into target;

  return jsonb_build_object(
    'tables',               target.requested_tables,
    'session_statements',   backup.session_statements(),
    'lock_timeout_seconds', backup.setting('lock_timeout_seconds'),
    'gzip_level',           backup.setting('gzip_level'));
end;
$$;

comment on function backup.begin_backup(uuid, text) is
  'Starts (or restarts) a backup: {tables, session_statements, lock_timeout_seconds, gzip_level}. Raises BK412.';

create or replace function backup.record_validation(job_id uuid, worker_id text, report jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  held       constant backup.jobs := backup.hold_job(job_id, worker_id);
  is_refused boolean;
begin
  perform backup.store_validation(report, held.backup_id);

  update public.backups as target
  set validation_results = report,
      phase  = 'copying',
      status = case when report ->> 'status' = 'failed' and not target.override_validation then 'blocked' else target.status end
  where target.id = held.backup_id
  returning target.status = 'blocked' into is_refused;

  if is_refused then
    -- What was planned meanwhile will not be stored.
    perform backup.forget_plan(held.backup_id);
    update public.backups set phase = null, progress = '{}' where id = held.backup_id;
    perform backup.finish_job(held);
    perform backup.audit('backup_blocked', 'failed', held.backup_id::text, jsonb_build_object('errors', report -> 'errors'));
    perform backup.tell_end(held.backup_id);
  end if;
  return not is_refused;
end;
$$;

comment on function backup.record_validation(uuid, text, jsonb) is
  'Stores the report of the backup''s own snapshot. True: parts may be stored. False: the backup ends here, blocked, since the report has errors and nobody overrode them. Raises BK412.';

create or replace function backup.record_plan(job_id uuid, worker_id text, plan jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  insert into backup.backup_tables (backup_id, ordinal, schema_name, table_name, definition, fingerprint)
  select held.backup_id, planned.ordinal, planned.schema_name, planned.table_name, planned.definition, planned.fingerprint
  from jsonb_to_recordset(plan -> 'tables')
    as planned (ordinal integer, schema_name text, table_name text, definition jsonb, fingerprint text);

  insert into backup.backup_parts (backup_id, ordinal, table_ordinal, name, object_path, slice, copy_query, prefix, suffix, estimated_bytes)
  select held.backup_id, planned.ordinal, planned.table_ordinal, planned.name,
    -- Never the path of an attempt before: a worker that was thought dead may still be uploading there, and would replace this one's part.
    held.backup_id || '/' || case when held.attempt_count > 1 then 'attempt-' || held.attempt_count || '-' else '' end || planned.name,
    planned.slice, planned.copy_query, planned.prefix, planned.suffix, planned.estimated_bytes
  from jsonb_to_recordset(plan -> 'parts')
    as planned (ordinal integer, table_ordinal integer, name text, slice jsonb, copy_query text, prefix text, suffix text, estimated_bytes bigint);

  update public.backups as target
  set format   = 1,
      snapshot = (plan -> 'snapshot') || jsonb_build_object('sequences', plan -> 'sequences'),
      tables   = (select array_agg(covered.schema_name || '.' || covered.table_name order by covered.ordinal)
                  from backup.backup_tables as covered where covered.backup_id = held.backup_id),
      progress = (
        select jsonb_build_object(
          'percent', 0, 'rows', 0, 'raw_bytes', 0, 'stored_bytes', 0,
          'estimated_bytes', sum(part.estimated_bytes), 'estimated_done', 0,
          'parts_done', 0, 'parts_total', count(*),
          'tables_done', 0, 'tables_total', jsonb_array_length(plan -> 'tables'))
        from backup.backup_parts as part where part.backup_id = held.backup_id)
  where target.id = held.backup_id;
end;
$$;

comment on function backup.record_plan(uuid, text, jsonb) is 'Stores what backup.plan_backup() found in the snapshot. Raises BK412.';

create or replace function backup.pending_parts(job_id uuid, worker_id text, after_ordinal integer default -1, page_size integer default 100)
returns jsonb
language sql volatile
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(next_part) order by next_part.ordinal), '[]')
  from backup.hold_job(job_id, worker_id) as held
  cross join lateral (
    select part.ordinal, part.name, part.object_path, part.copy_query, part.prefix, part.suffix
    from backup.backup_parts as part
    where part.backup_id = held.backup_id and part.stored_at is null and part.ordinal > after_ordinal
    order by part.ordinal
    limit page_size
  ) as next_part;
$$;

comment on function backup.pending_parts(uuid, text, integer, integer) is
  'The next parts behind after_ordinal that are not stored yet: [{ordinal, name, object_path, copy_query, prefix, suffix}]. Raises BK412.';

create or replace function backup.record_part(
  job_id        uuid,
  worker_id     text,
  ordinal       integer,
  row_count     bigint,
  raw_bytes     bigint,
  clear_bytes   bigint,
  stored_bytes  bigint,
  raw_sha256    text,
  stored_sha256 text
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held       constant backup.jobs := backup.hold_job(job_id, worker_id);
  -- What a part takes besides its bytes: that of about so many. Two hundred small tables are not most of the way.
  per_part   constant bigint := 1048576;
  done_table integer;
  done_bytes bigint;
  is_whole   boolean := false;
begin
  update backup.backup_parts as part
  set row_count = record_part.row_count, raw_bytes = record_part.raw_bytes, clear_bytes = record_part.clear_bytes, stored_bytes = record_part.stored_bytes,
      raw_sha256 = record_part.raw_sha256, stored_sha256 = record_part.stored_sha256, stored_at = clock_timestamp()
  where part.backup_id = held.backup_id and part.ordinal = record_part.ordinal and part.stored_at is null
  returning part.table_ordinal, part.estimated_bytes into done_table, done_bytes;

  -- Said twice (an answer was lost on its way): nothing to add.
  if not found then
    return;
  end if;

  if done_table is not null then
    update backup.backup_tables as covered
    set row_count    = covered.row_count    + record_part.row_count,
        raw_bytes    = covered.raw_bytes    + record_part.raw_bytes,
        stored_bytes = covered.stored_bytes + record_part.stored_bytes
    where covered.backup_id = held.backup_id and covered.ordinal = done_table;

    is_whole := not exists (
      select from backup.backup_parts as part
      where part.backup_id = held.backup_id and part.table_ordinal = done_table and part.stored_at is null);
  end if;

  update public.backups as target
  set progress = target.progress || jsonb_build_object(
    'rows',         (target.progress -> 'rows')::bigint         + record_part.row_count,
    'raw_bytes',    (target.progress -> 'raw_bytes')::bigint    + record_part.raw_bytes,
    'stored_bytes', (target.progress -> 'stored_bytes')::bigint + record_part.stored_bytes,
    'parts_done',   (target.progress -> 'parts_done')::integer  + 1,
    'tables_done',  (target.progress -> 'tables_done')::integer + is_whole::integer,
    'estimated_done', (target.progress -> 'estimated_done')::bigint + done_bytes,
    -- 100 belongs to a backup that is complete
    'percent', least(99, round(
      100.0 * ((target.progress -> 'estimated_done')::bigint + done_bytes + per_part * ((target.progress -> 'parts_done')::bigint + 1))
      / ((target.progress -> 'estimated_bytes')::bigint + per_part * (target.progress -> 'parts_total')::bigint), 2)))
  where target.id = held.backup_id;
end;
$$;

comment on function backup.record_part(uuid, text, integer, bigint, bigint, bigint, bigint, text, text) is
  'Says that a part is in the bucket, with its counts, sizes (bytes: raw COPY rows, gzip, stored) and sha256 of raw rows and stored object. Visible to everybody at once as progress. Raises BK412.';

create or replace function backup.manifest(backup_id uuid)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'format',     source.format,
    'id',         source.id,
    'kind',       source.kind,
    'created_at', backup.iso(source.created_at),
    'started_at', backup.iso(source.started_at),
    'filename',   source.filename,
    'notes',      source.notes,
    'requested_tables', source.requested_tables,
    'source',     jsonb_build_object('database', source.snapshot -> 'database', 'server_version', source.snapshot -> 'server_version'),
    'encoding',   jsonb_build_object('script', 'sql', 'compression', 'gzip', 'encryption', 'age-encryption.org/v1'),
    'snapshot',   source.snapshot - 'sequences',
    'sequences',  source.snapshot -> 'sequences',
    'row_count',  (select coalesce(sum(covered.row_count), 0) from backup.backup_tables as covered where covered.backup_id = source.id),
    'validation', source.validation_results - 'tables'
                  || jsonb_build_object('overridden', source.override_validation, 'override_reason', source.override_reason),
    'tables', (
      select coalesce(jsonb_agg(covered.definition || jsonb_build_object(
        'ordinal', covered.ordinal, 'schema', covered.schema_name, 'name', covered.table_name, 'fingerprint', covered.fingerprint,
        'rows', covered.row_count, 'raw_bytes', covered.raw_bytes, 'stored_bytes', covered.stored_bytes) order by covered.ordinal), '[]')
      from backup.backup_tables as covered where covered.backup_id = source.id),
    'parts', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'ordinal', part.ordinal, 'name', part.name, 'path', part.object_path, 'table', part.table_ordinal, 'slice', part.slice,
        'rows', part.row_count, 'raw_bytes', part.raw_bytes, 'clear_bytes', part.clear_bytes, 'stored_bytes', part.stored_bytes,
        'raw_sha256', part.raw_sha256, 'stored_sha256', part.stored_sha256) order by part.ordinal), '[]')
      from backup.backup_parts as part where part.backup_id = source.id)
  )
  from public.backups as source
  where source.id = manifest.backup_id;
$$;

comment on function backup.manifest(uuid) is
  'The manifest of a backup, archive format 1: everything that a reader of the archive needs, and no row data. A part''s table is the table''s ordinal; its path is where it lies in the bucket.';

create or replace function backup.assert_archive_is_whole(backup_id uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not exists (select from backup.backup_parts as part where part.backup_id = assert_archive_is_whole.backup_id)
     or exists (select from backup.backup_parts as part where part.backup_id = assert_archive_is_whole.backup_id and part.stored_at is null) then
    raise exception using
      errcode = 'BK452',
      message = 'Not every part of the archive has been stored.',
      hint    = 'This is a fault of the worker. The backup fails; make it again.';
  end if;
end;
$$;

comment on function backup.assert_archive_is_whole(uuid) is 'Raises BK452 unless the backup is planned and every part of it is stored.';

create or replace function backup.close_archive(job_id uuid, worker_id text)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  perform backup.assert_archive_is_whole(held.backup_id);
  update public.backups set phase = 'finishing' where id = held.backup_id;
  return jsonb_pretty(backup.manifest(held.backup_id));
end;
$$;

comment on function backup.close_archive(uuid, text) is 'The text of manifest.json, once every part is stored. Raises BK412, BK452 when parts are missing.';

create or replace function backup.complete_backup(job_id uuid, worker_id text, manifest_sha256 text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held  constant backup.jobs := backup.hold_job(job_id, worker_id);
  whole record;
begin
  perform backup.assert_archive_is_whole(held.backup_id);

  select count(*) as part_count, sum(part.row_count) as row_count, sum(part.raw_bytes) as raw_bytes,
    sum(part.clear_bytes) as clear_bytes, sum(part.stored_bytes) as stored_bytes
  into whole
  from backup.backup_parts as part where part.backup_id = held.backup_id;

  update public.backups as target
  set status = 'completed', phase = null, error = null, completed_at = clock_timestamp(),
      file_size = whole.stored_bytes, row_count = whole.row_count, raw_size = whole.raw_bytes, clear_size = whole.clear_bytes, part_count = whole.part_count,
      manifest_sha256 = complete_backup.manifest_sha256,
      record_counts = (select jsonb_object_agg(covered.schema_name || '.' || covered.table_name, covered.row_count)
                       from backup.backup_tables as covered where covered.backup_id = held.backup_id),
      progress = target.progress || jsonb_build_object('percent', 100, 'tables_done', target.progress -> 'tables_total')
  where target.id = held.backup_id;

  perform backup.finish_job(held);
  perform backup.audit('backup_completed', 'succeeded', held.backup_id::text,
    jsonb_build_object('rows', whole.row_count, 'stored_bytes', whole.stored_bytes));
  perform backup.end_safety_backup(held.backup_id);
  perform backup.tell_end(held.backup_id);
  perform backup.try_retention();
end;
$$;

comment on function backup.complete_backup(uuid, text, text) is 'The manifest is stored, the archive exists: sums up and marks the backup completed. Raises BK412, BK452.';
