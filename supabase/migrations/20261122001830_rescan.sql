-- Rescan: the bucket and the catalogue, compared. What the bucket has and the catalogue does not know (the database was lost, say) can be taken into
-- it: every archive describes itself. What the catalogue promises and the bucket does not have is told before somebody needs it.

create table if not exists backup.found_objects (
  job_id  uuid    not null,
  attempt integer not null,
  path    text    not null,
  size    bigint  not null,
  constraint found_objects_pkey     primary key (job_id, attempt, path),
  constraint found_objects_job_fkey foreign key (job_id) references backup.jobs (job_id) on delete cascade
);

alter table backup.found_objects enable row level security;

comment on table  backup.found_objects         is 'What a rescan has seen in the bucket; empty when none runs.';
comment on column backup.found_objects.job_id  is 'The rescan.';
comment on column backup.found_objects.attempt is 'Its attempt: what an earlier one has seen may have gone.';
comment on column backup.found_objects.path    is 'Path in the bucket.';
comment on column backup.found_objects.size    is 'Bytes.';

create table if not exists backup.rescan_findings (
  job_id      uuid not null,
  folder      text not null,
  is_imported boolean not null,
  reason      text,
  constraint rescan_findings_pkey         primary key (job_id, folder),
  constraint rescan_findings_job_fkey     foreign key (job_id) references backup.jobs (job_id) on delete cascade,
  constraint rescan_findings_reason_check check (is_imported = (reason is null))
);

alter table backup.rescan_findings enable row level security;

comment on table  backup.rescan_findings             is 'What a rescan has made of archives that the catalogue did not know; empty when none runs.';
comment on column backup.rescan_findings.job_id      is 'The rescan.';
comment on column backup.rescan_findings.folder      is 'The folder.';
comment on column backup.rescan_findings.is_imported is 'Whether it is in the catalogue now.';
comment on column backup.rescan_findings.reason      is 'Why not, as a sentence of at most 200 characters.';

create or replace function backup.objects_seen(held backup.jobs)
returns table (path text, folder text, size bigint)
language sql stable
set search_path = ''
as $$
  select seen.path, split_part(seen.path, '/', 1), seen.size
  from backup.found_objects as seen
  where seen.job_id = held.job_id and seen.attempt = held.attempt_count;
$$;

comment on function backup.objects_seen(backup.jobs) is
  'What this attempt at a rescan has seen in the bucket, with the folder that names the backup.';

create or replace function backup.enqueue_rescan(imports boolean)
returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  return backup.enqueue_job('rescan', parameters => jsonb_build_object('import', imports));
exception when unique_violation then
  -- One is under way, and does it too; if it is past that, another one follows it.
  update backup.jobs as job set parameters = jsonb_build_object('import', true)
  where job.kind = 'rescan' and job.status in ('queued', 'running') and imports;
  return (select job.job_id from backup.jobs as job where job.kind = 'rescan' and job.status in ('queued', 'running'));
end;
$$;

comment on function backup.enqueue_rescan(boolean) is
  'Queues a comparison of the bucket with the catalogue, which also imports what the catalogue lacks when asked to; there is one at a time.';

create or replace function backup.request_rescan()
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  queued uuid;
begin
  perform backup.assert_admin();
  perform backup.assert_project();
  queued := backup.enqueue_rescan(true);
  perform backup.audit('rescan', 'succeeded', queued::text);
  perform backup.wake_worker();
  return backup.job_json(queued);
end;
$$;

comment on function backup.request_rescan() is
  'Asks that the catalogue be rebuilt from the manifests in the bucket, as far as it lacks them; answers with the job. Raises BK403, BK461.';


-- steps of the worker ----------------------------------------------------------------------------------------------------------

create or replace function backup.record_objects(job_id uuid, worker_id text, objects jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  insert into backup.found_objects (job_id, attempt, path, size)
  select held.job_id, held.attempt_count, found_object.path, found_object.size from jsonb_to_recordset(objects) as found_object (path text,
    size bigint)
  on conflict on constraint found_objects_pkey do update set size = excluded.size;
end;
$$;

comment on function backup.record_objects(uuid, text, jsonb) is 'A page of what is in the bucket: [{path, size}]. Raises BK412.';

create or replace function backup.attempt_began_at(held backup.jobs)
returns timestamptz
language sql stable
set search_path = ''
as $$
  select tried.started_at from backup.job_attempts as tried where tried.job_id = held.job_id and tried.attempt = held.attempt_count;
$$;

comment on function backup.attempt_began_at(backup.jobs) is 'When the present attempt at a job began.';

create or replace function backup.is_deleted_since(folder text, since timestamptz)
returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from backup.audit_log as gone
    where gone.target = folder and gone.action = 'backup_deleted' and gone.occurred_at >= since);
$$;

comment on function backup.is_deleted_since(text, timestamptz) is 'Whether the backup of that folder was removed meanwhile, though its objects may have been seen.';

create or replace function backup.note_finding(held backup.jobs, folder text, reason text default null)
returns void
language sql volatile
set search_path = ''
as $$
  insert into backup.rescan_findings (job_id, folder, is_imported, reason) values (held.job_id, folder, reason is null, left(reason, 200))
  on conflict on constraint rescan_findings_pkey do update set is_imported = excluded.is_imported, reason = excluded.reason
  where not rescan_findings.is_imported;
$$;

comment on function backup.note_finding(backup.jobs, text, text) is 'An archive was imported, or could not be for that reason.';

create or replace function backup.folders_to_import(job_id uuid, worker_id text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  if not (held.parameters -> 'import')::boolean then
    return jsonb '[]';
  end if;
  perform backup.hold_job(job_id, worker_id, held.progress || '{"imports": true}');
  -- A worker has little room; so large a manifest would be that of tens of thousands of parts.
  perform backup.note_finding(held, seen.folder, 'The manifest is larger than 16 MB.')
  from backup.objects_seen(held) as seen where seen.path = seen.folder || '/manifest.json' and seen.size > 16 * 1024 * 1024;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('folder', seen.folder, 'manifest_path', seen.path) order by seen.path), '[]')
    from backup.objects_seen(held) as seen
    where seen.path = seen.folder || '/manifest.json' and seen.size <= 16 * 1024 * 1024
      and not exists (select from public.backups as known where known.id::text = seen.folder)
      and not backup.is_deleted_since(seen.folder, backup.attempt_began_at(held)));
end;
$$;

comment on function backup.folders_to_import(uuid, text) is 'Archives that the catalogue does not know, when the rescan imports: [{folder, manifest_path}]. Raises BK412.';

create or replace function backup.manifest_table_fault(entry jsonb)
returns text
language sql stable
set search_path = ''
as $$
  -- (strict, where an array would be taken for its elements; but there a member that is not there is unknown, and passes)
  select case
    when (jsonb_typeof(entry -> 'schema') = 'string' and jsonb_typeof(entry -> 'name') = 'string' and jsonb_typeof(entry -> 'fingerprint') = 'string')
      is not true then 'has no name'
    when jsonb_typeof(entry -> 'columns') is distinct from 'array'
      or entry -> 'columns' @? 'strict $[*] ? (@.type() != "object")'
      or entry -> 'columns' @? '$[*] ? (!(@.name.type() == "string" && @.type.type() == "string" && @.is_generated.type() == "boolean"))'
      then 'has columns that are none'
    when coalesce(jsonb_typeof(entry -> 'key'), 'null') not in ('array', 'null') or entry -> 'key' @? 'strict $[*] ? (@.type() != "string")'
      then 'has a key that is none'
    when coalesce(jsonb_typeof(entry -> 'foreign_keys'), 'array') <> 'array'
      or entry -> 'foreign_keys' @? 'strict $[*] ? (@.type() != "object")'
      or entry -> 'foreign_keys' @? '$[*] ? (!(@.name.type() == "string" && @.references.type() == "string" && @.is_validated.type() == "boolean"
           && @.columns.type() == "array" && @.referenced_columns.type() == "array" && @.columns.size() == @.referenced_columns.size()))'
      or entry -> 'foreign_keys' @? 'strict $[*].columns[*] ? (@.type() != "string")'
      or entry -> 'foreign_keys' @? 'strict $[*].referenced_columns[*] ? (@.type() != "string")'
      then 'has foreign keys that are none'
    when coalesce(jsonb_typeof(entry -> 'constraints'), 'array') <> 'array' or entry -> 'constraints' @? 'strict $[*] ? (@.type() != "string")'
      then 'has constraints that are none' end;
$$;

comment on function backup.manifest_table_fault(jsonb) is 'What is wrong with what a manifest says about a table, as the end of a sentence; NULL when nothing is.';

create or replace function backup.manifest_part_fault(manifest jsonb, held backup.jobs)
returns text
language sql stable
set search_path = ''
as $$
  with parts as (
    select part.* from jsonb_to_recordset(manifest -> 'parts')
      as part (ordinal integer, name text, path text, "table" integer, slice jsonb, rows bigint, raw_bytes bigint, clear_bytes bigint, stored_bytes bigint,
               raw_sha256 text, stored_sha256 text)
  ),
  tables as (
    select entry.* from jsonb_to_recordset(manifest -> 'tables') as entry (ordinal integer, rows bigint)
  )
  select case
    when exists (
      select from parts
      where num_nulls(ordinal, name, path, slice, rows, raw_bytes, clear_bytes, stored_bytes, raw_sha256, stored_sha256) > 0
         or least(rows, raw_bytes, clear_bytes, stored_bytes) < 0 or raw_sha256 !~ '^[0-9a-f]{64}$' or stored_sha256 !~ '^[0-9a-f]{64}$')
      then 'What it says about a part is not whole.'
    when exists (
      select from (select parts.ordinal, row_number() over (order by parts.ordinal) - 1 as place from parts) as numbered where ordinal <> place)
      then 'Its parts are not numbered without a gap.'
    when exists (select from parts where parts."table" is not null and not exists (select from tables where tables.ordinal = parts."table"))
      then 'A part belongs to no table.'
    when exists (select from tables where tables.rows is distinct from coalesce((select sum(parts.rows) from parts where parts."table" = tables.ordinal), 0))
      then 'The rows of a table are not those of its parts.'
    else (
      select format('%s is not in the bucket, or not of its size.', parts.path) from parts
      where not exists (select from backup.objects_seen(held) as seen where seen.path = parts.path and seen.size = parts.stored_bytes)
      order by parts.ordinal limit 1)
  end;
$$;

comment on function backup.manifest_part_fault(jsonb, backup.jobs) is 'What is wrong with the parts of a manifest, as a sentence; NULL when nothing is.';

create or replace function backup.manifest_fault(manifest jsonb, folder text, held backup.jobs)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  fault text;
begin
  fault := case
    when manifest -> 'format' is distinct from '1' then format('It is of format %s, which is not known here.', coalesce(manifest ->> 'format', 'none'))
    when manifest ->> 'id' is distinct from folder then format('It describes the backup %s.', manifest ->> 'id')
    when (jsonb_typeof(manifest -> 'tables') = 'array' and jsonb_typeof(manifest -> 'parts') = 'array') is not true
      or manifest -> 'tables' = '[]' or manifest -> 'parts' = '[]' then 'It names no tables or no parts.'
    when (jsonb_typeof(manifest -> 'snapshot') = 'object' and jsonb_typeof(manifest -> 'sequences') = 'array'
          and jsonb_typeof(manifest -> 'validation') = 'object' and jsonb_typeof(manifest #> '{validation,errors}') = 'number') is not true
      then 'It lacks the snapshot, the sequences or the validation.' end;
  if fault is not null then
    return fault;
  end if;

  -- Later than now is nothing that was made, and would be the newest for ever.
  if (select bool_and(coalesce(made.at between timestamptz '2000-01-01' and clock_timestamp() + interval '1 day', false))
      from (values ((manifest ->> 'created_at')::timestamptz), ((manifest ->> 'started_at')::timestamptz), ((manifest #>> '{snapshot,taken_at}')::timestamptz))
        as made (at)) is not true then
    return 'It was made at no time.';
  end if;
  return coalesce(
    (select format('Table %s %s.', coalesce(entry.value ->> 'name', entry.value ->> 'ordinal'), backup.manifest_table_fault(entry.value))
     from jsonb_array_elements(manifest -> 'tables') as entry where backup.manifest_table_fault(entry.value) is not null limit 1),
    backup.manifest_part_fault(manifest, held));
end;
$$;

comment on function backup.manifest_fault(jsonb, text, backup.jobs) is
  'Why a manifest cannot be imported, as a sentence; NULL when it can. Whoever may write into the bucket may have written it. May raise for one that is malformed.';

create or replace function backup.import_backup(manifest jsonb, sha256 text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  imported constant uuid := (manifest ->> 'id')::uuid;
begin
  insert into public.backups (
    id, kind, status, created_at, started_at, completed_at, imported_at, filename, notes, requested_tables, format, snapshot, manifest_sha256,
    override_validation, override_reason, validation_results, tables, record_counts, row_count, file_size, raw_size, clear_size, part_count, progress)
  select imported, 'imported', 'completed', (manifest ->> 'created_at')::timestamptz, (manifest ->> 'started_at')::timestamptz,
    coalesce((manifest #>> '{snapshot,taken_at}')::timestamptz, (manifest ->> 'created_at')::timestamptz), clock_timestamp(),
    coalesce(manifest ->> 'filename', imported || '.sql.gz'), manifest ->> 'notes',
    (select array_agg(chosen.name) from jsonb_array_elements_text(nullif(manifest -> 'requested_tables', 'null')) as chosen (name)),
    1, (manifest -> 'snapshot') || jsonb_build_object('sequences', manifest -> 'sequences'), sha256,
    coalesce((manifest #> '{validation,overridden}')::boolean, false), manifest #>> '{validation,override_reason}',
    -- The sum only: that a table was without errors is proved here, not believed.
    (manifest -> 'validation') - array['overridden', 'override_reason', 'tables'],
    (select array_agg(format('%s.%s', entry.value ->> 'schema', entry.value ->> 'name') order by (entry.value -> 'ordinal')::integer)
     from jsonb_array_elements(manifest -> 'tables') as entry),
    (select jsonb_object_agg(format('%s.%s', entry.value ->> 'schema', entry.value ->> 'name'), entry.value -> 'rows')
     from jsonb_array_elements(manifest -> 'tables') as entry),
    sum(part.rows), sum(part.stored_bytes), sum(part.raw_bytes), sum(part.clear_bytes), count(*), '{"percent": 100}'
  from jsonb_to_recordset(manifest -> 'parts') as part (rows bigint, raw_bytes bigint, clear_bytes bigint, stored_bytes bigint);

  insert into backup.backup_tables (backup_id, ordinal, schema_name, table_name, definition, fingerprint, row_count, raw_bytes, stored_bytes)
  select imported, (entry.value -> 'ordinal')::integer, entry.value ->> 'schema', entry.value ->> 'name',
    jsonb_build_object('columns', entry.value -> 'columns', 'key', entry.value -> 'key', 'foreign_keys',
      coalesce(entry.value -> 'foreign_keys', '[]'),
      'constraints', coalesce(entry.value -> 'constraints', '[]')),
    entry.value ->> 'fingerprint', (entry.value -> 'rows')::bigint, (entry.value -> 'raw_bytes')::bigint, (entry.value -> 'stored_bytes')::bigint
  from jsonb_array_elements(manifest -> 'tables') as entry;

  insert into backup.backup_parts (
    backup_id, ordinal, table_ordinal, name, object_path, slice, prefix, suffix, row_count, raw_bytes, clear_bytes, stored_bytes, raw_sha256,
      stored_sha256, stored_at)
  select imported, part.ordinal, part."table", part.name, part.path, part.slice,
    -- The text around the rows follows from the table; that of the parts without rows is theirs alone.
    coalesce(backup.copy_statement(covered.schema_name, covered.table_name, (
      select string_agg(quote_ident(own.name), ', ' order by own."position") from backup.archived_columns(covered.definition) as own)), ''),
    case when part."table" is null then '' else backup.copy_end() end,
    part.rows, part.raw_bytes, part.clear_bytes, part.stored_bytes, part.raw_sha256, part.stored_sha256, clock_timestamp()
  from jsonb_to_recordset(manifest -> 'parts')
    as part (ordinal integer, name text, path text, "table" integer, slice jsonb, rows bigint, raw_bytes bigint, clear_bytes bigint,
      stored_bytes bigint,
             raw_sha256 text, stored_sha256 text)
  left join backup.backup_tables as covered on covered.backup_id = imported and covered.ordinal = part."table";
end;
$$;

comment on function backup.import_backup(jsonb, text) is
  'Takes the backup that a manifest describes into the catalogue, as imported: not yet proved.';

create or replace function backup.import_manifest(job_id uuid, worker_id text, folder text, manifest_text text, manifest_sha256 text)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  held   constant backup.jobs := backup.hold_job(job_id, worker_id);
  reason text;
begin
  begin
    reason := backup.manifest_fault(manifest_text::jsonb, folder, held);
    if reason is null then
      perform backup.import_backup(manifest_text::jsonb, manifest_sha256);
    end if;
  exception when others then
    -- Whatever somebody has put there: the other archives are still to be had.
    reason := format('It is not a manifest: %s.', sqlerrm);
  end;

  perform backup.note_finding(held, folder, reason);
  return case when reason is null then 'imported' else 'broken' end;
end;
$$;

comment on function backup.import_manifest(uuid, text, text, text, text) is
  'Takes an archive into the catalogue by its manifest (imported), or notes why that cannot be (broken). Never raises for what is in a manifest. '
  'Raises BK412.';


-- verdict ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.found_orphans(held backup.jobs, since timestamptz)
returns jsonb
language sql stable
set search_path = ''
as $$
  -- What came or went while the bucket was listed is neither missing nor left behind.
  select coalesce(jsonb_agg(jsonb_build_object('folder', left_behind.folder, 'objects', left_behind.objects, 'bytes', left_behind.bytes,
    'has_manifest', left_behind.has_manifest) order by left_behind.folder), '[]')
  from (
    select seen.folder, count(*) as objects, sum(seen.size) as bytes, bool_or(seen.path = seen.folder || '/manifest.json') as has_manifest
    from backup.objects_seen(held) as seen
    left join public.backups as known on known.id::text = seen.folder
    where case
        when known.id is null then not backup.is_deleted_since(seen.folder, since)
        when known.status = 'completed' then known.completed_at < since and seen.path <> known.id || '/manifest.json'
          and not exists (select from backup.backup_parts as part where part.object_path = seen.path)
        -- Nothing of it is wanted, and nobody is about to remove it.
        when known.status in ('failed', 'blocked') then not exists (
          select from backup.jobs as job where job.backup_id = known.id and (job.status in ('queued', 'running') or job.finished_at >= since))
        else false end
    group by 1
    order by 1
    limit 100
  ) as left_behind;
$$;

comment on function backup.found_orphans(backup.jobs, timestamptz) is
  'Objects that no backup needs, by folder, at most 100 of them: [{folder, objects, bytes, has_manifest}].';

create or replace function backup.found_missing(held backup.jobs, since timestamptz)
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(lacking) order by lacking.backup_id, lacking.path), '[]')
  from (
    select source.id as backup_id, needed.path, needed.bytes as expected_bytes, seen.size as found_bytes
    from public.backups as source
    cross join lateral (
      select part.object_path as path, part.stored_bytes as bytes from backup.backup_parts as part where part.backup_id = source.id
      union all
      select source.id || '/manifest.json', null
    ) as needed
    left join backup.objects_seen(held) as seen on seen.path = needed.path
    where source.status = 'completed' and source.manifest_sha256 is not null and source.completed_at < since
      and coalesce(source.imported_at, '-infinity') < since
      and (seen.path is null or seen.size <> needed.bytes)
    order by 1, 2
    limit 100
  ) as lacking;
$$;

comment on function backup.found_missing(backup.jobs, timestamptz) is
  'Objects of completed backups that are not there, or not of their size, at most 100: [{backup_id, path, expected_bytes, found_bytes}].';

create or replace function backup.forget_rescan(ended backup.jobs)
returns void
language sql volatile
set search_path = ''
as $$
  delete from backup.found_objects   as seen      where seen.job_id      = ended.job_id;
  delete from backup.rescan_findings as found_one where found_one.job_id = ended.job_id;
$$;

comment on function backup.forget_rescan(backup.jobs) is 'Removes the notes of a rescan that has ended.';

create or replace function backup.folders_to_check(job_id uuid, worker_id text)
returns text[]
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  return array(
    select distinct lacking.value ->> 'backup_id'
    from jsonb_array_elements(backup.found_missing(held, backup.attempt_began_at(held))) as lacking order by 1);
end;
$$;

comment on function backup.folders_to_check(uuid, text) is
  'Folders to be listed once more before anything is called missing: the bucket is listed by pages, and what was removed meanwhile has moved others from page to page. '
  'Raises BK412.';

create or replace function backup.complete_rescan(job_id uuid, worker_id text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  held   constant backup.jobs := backup.hold_job(job_id, worker_id);
  since  constant timestamptz := backup.attempt_began_at(held);
  before constant jsonb := (
    select job.result from backup.jobs as job where job.kind = 'rescan' and job.status = 'succeeded' order by job.finished_at desc limit 1);
  result jsonb;
begin
  select jsonb_build_object(
    'objects', count(*), 'bytes', coalesce(sum(seen.size), 0),
    'imported', (select coalesce(jsonb_agg(found_one.folder order by found_one.folder), '[]') from backup.rescan_findings as found_one
                 where found_one.job_id = held.job_id and found_one.is_imported),
    'broken', (select coalesce(jsonb_agg(jsonb_build_object('folder', broken.folder, 'reason', broken.reason) order by broken.folder), '[]')
               from (select found_one.* from backup.rescan_findings as found_one
                     where found_one.job_id = held.job_id and not found_one.is_imported order by found_one.folder limit 100) as broken),
    'orphans', backup.found_orphans(held, since), 'missing', backup.found_missing(held, since))
  into result
  from backup.objects_seen(held) as seen;
  perform backup.forget_rescan(held);

  -- What a failed backup has left is nobody's: it goes.
  perform backup.enqueue_job('purge', known.id, '{"remove_row": false}', 50)
  from jsonb_array_elements(result -> 'orphans') as orphan
  join public.backups as known on known.id::text = orphan.value ->> 'folder' and known.status in ('failed', 'blocked');

  perform backup.finish_job(held, null, result);
  perform backup.tell_rescan(held, result, before);
  if (held.parameters -> 'import')::boolean and held.progress -> 'imports' is null then
    perform backup.enqueue_rescan(true);
  end if;
  return result;
end;
$$;

comment on function backup.complete_rescan(uuid, text) is
  'The whole bucket has been listed: {objects, bytes, imported: [id], broken: [{folder, reason}], orphans: [{folder, objects, bytes, has_manifest}], '
  'missing: [{backup_id, path, expected_bytes, found_bytes}]}. Ends the job. Raises BK412.';

create or replace function backup.tell_rescan(held backup.jobs, result jsonb, before jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.audit('bucket_compared', 'succeeded', held.job_id::text, jsonb_build_object(
    'objects', result -> 'objects', 'imported', result -> 'imported', 'broken', jsonb_array_length(result -> 'broken'),
    'orphans', jsonb_array_length(result -> 'orphans'), 'missing', jsonb_array_length(result -> 'missing')));

  if (held.parameters -> 'import')::boolean then
    perform backup.notify('bucket_rescanned', case when result -> 'broken' = '[]' then 'info' else 'warning' end,
      format('The bucket was searched: %s backups were taken into the catalogue, %s could not be.', jsonb_array_length(result -> 'imported'),
        jsonb_array_length(result -> 'broken')),
      jsonb_build_object('job_id', held.job_id, 'imported', result -> 'imported', 'broken', result -> 'broken'));
  end if;
  -- Every day the same would soon be read by nobody.
  if (result -> 'orphans' <> '[]' or result -> 'missing' <> '[]')
     and (result -> 'orphans', result -> 'missing') is distinct from (before -> 'orphans', before -> 'missing') then
    perform backup.notify('bucket_differs', case when result -> 'missing' = '[]' then 'warning' else 'error' end,
      format('The bucket is not what the catalogue says: %s objects of backups are missing, %s folders belong to none.',
        jsonb_array_length(result -> 'missing'), jsonb_array_length(result -> 'orphans')),
      jsonb_build_object('job_id', held.job_id, 'missing', jsonb_array_length(result -> 'missing'), 'orphans',
        jsonb_array_length(result -> 'orphans')));
  end if;
end;
$$;

comment on function backup.tell_rescan(backup.jobs, jsonb, jsonb) is
  'Administrators hear what a rescan imported, and of differences that the one before did not find.';

create or replace function backup.abandon_rescan(ended backup.jobs, error jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.forget_rescan(ended);
  perform backup.audit('bucket_compared', 'failed', ended.job_id::text, jsonb_build_object('code', error -> 'code'));
end;
$$;

comment on function backup.abandon_rescan(backup.jobs, jsonb) is
  'What becomes of a rescan whose job failed: nothing is left of it but what it imported.';
