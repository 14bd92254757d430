-- Drills: a backup is proved by restoring it, beside everything else. Each part is loaded into a table of its own, typed as the rows were when they
-- were backed up, and copied out again: equal bytes are equal rows. Of every part only the columns stay that foreign keys need, to prove those
-- across tables; so a drill takes little room, however large the backup is.

create table if not exists backup.drilled_parts (
  job_id     uuid    not null,
  ordinal    integer not null,
  row_count  bigint  not null default 0,
  difference jsonb,
  constraint drilled_parts_pkey     primary key (job_id, ordinal),
  constraint drilled_parts_job_fkey foreign key (job_id) references backup.jobs (job_id) on delete cascade
);

alter table backup.drilled_parts enable row level security;

comment on table  backup.drilled_parts            is 'The parts that a drill has looked at so far; empty again when it has ended.';
comment on column backup.drilled_parts.job_id     is 'The drill.';
comment on column backup.drilled_parts.ordinal    is 'The part''s number in the backup.';
comment on column backup.drilled_parts.row_count  is 'Rows that were loaded.';
comment on column backup.drilled_parts.difference is 'What is wrong with it: {kind, message, …}; NULL when it is what was backed up.';

create or replace function backup.request_drill(backup_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target public.backups;
  queued uuid;
begin
  perform backup.assert_admin();
  perform backup.assert_project();
  -- It must not be deleted before the job stands that keeps it.
  perform from public.backups as candidate where candidate.id = request_drill.backup_id for no key update;
  target := backup.find_completed(backup_id);

  -- Asked for twice, it is made once.
  queued := (select job.job_id from backup.jobs as job where job.backup_id = target.id and job.kind = 'verify'
    and job.status in ('queued', 'running'));
  if queued is null then
    queued := backup.enqueue_job('verify', target.id);
    perform backup.audit('verify', 'succeeded', target.id::text);
    perform backup.wake_worker();
  end if;
  return jsonb_build_object('backup', backup.backup_json(target), 'job', backup.job_json(queued));
end;
$$;

comment on function backup.request_drill(uuid) is
  'Asks that a backup be proved by a restore drill: {backup, job}; the job that is under way when there is one. Raises BK403, BK404, BK410, BK461.';


-- scratch ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.scratch_name(job_id uuid, suffix text)
returns text
language sql immutable
set search_path = ''
as $$
  select format('v_%s_%s', replace(job_id::text, '-', ''), suffix);
$$;

comment on function backup.scratch_name(uuid, text) is 'Name of a table of a drill in backup_staging; it needs no quotes.';

create or replace function backup.drop_scratch(job_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  patience constant text := current_setting('lock_timeout');
  scratch  record;
begin
  -- What another worker still holds (it was thought dead, or has been called off) is the sweep's to drop.
  perform set_config('lock_timeout', '200ms', true);
  for scratch in
    select class.relname from pg_catalog.pg_class as class
    where class.relnamespace = 'backup_staging'::pg_catalog.regnamespace and class.relkind = 'r'
      and starts_with(class.relname, backup.scratch_name(drop_scratch.job_id, ''))
  loop
    begin
      execute format('drop table if exists backup_staging.%I', scratch.relname);
    exception when lock_not_available then
      null;
    end;
  end loop;
  perform set_config('lock_timeout', patience, true);
end;
$$;

comment on function backup.drop_scratch(uuid) is 'Drops what a drill has in backup_staging, unless it is in use.';

create or replace function backup.drilled_keys(backup_id uuid)
returns table (name text, child integer, child_label text, columns text[], parent integer, parent_columns text[])
language sql stable
set search_path = ''
as $$
  select key.value ->> 'name', child.ordinal, child.schema_name || '.' || child.table_name,
    array(select jsonb_array_elements_text(key.value -> 'columns')), parent.ordinal,
      array(select jsonb_array_elements_text(key.value -> 'referenced_columns'))
  from backup.backup_tables as child
  join public.backups as source on source.id = child.backup_id
  cross join jsonb_array_elements(child.definition -> 'foreign_keys') as key
  join backup.backup_tables as parent on parent.backup_id = child.backup_id
    and parent.schema_name || '.' || parent.table_name = key.value ->> 'references'
  where child.backup_id = drilled_keys.backup_id
    and (key.value ->> 'is_validated')::boolean
    -- Rows that were loaded with triggers off may break what is declared; validation has told so. What was imported has only the sum of its report.
    and coalesce(
      (select (report.value -> 'errors')::bigint from jsonb_array_elements(source.validation_results -> 'tables') as report
       where report.value ->> 'table' = child.schema_name || '.' || child.table_name),
      (source.validation_results -> 'errors')::bigint) = 0
    -- Generated columns are not in the archive.
    and not exists (
      select from jsonb_array_elements(child.definition -> 'columns') as own
      where (own.value ->> 'is_generated')::boolean and key.value -> 'columns' ? (own.value ->> 'name'))
    and not exists (
      select from jsonb_array_elements(parent.definition -> 'columns') as own
      where (own.value ->> 'is_generated')::boolean and key.value -> 'referenced_columns' ? (own.value ->> 'name'));
$$;

comment on function backup.drilled_keys(uuid) is
  'The foreign keys between tables of a backup that held in its snapshot, and so must hold when it is restored.';

create or replace function backup.create_key_tables(held backup.jobs)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  kept record;
begin
  for kept in
    with keys as materialized (
      select found_key.* from backup.drilled_keys(held.backup_id) as found_key
    ),
    needed as (
      select keys.child as ordinal, unnest(keys.columns) as name from keys
      union
      select keys.parent, unnest(keys.parent_columns) from keys
    )
    select covered.ordinal, string_agg(own.declaration, ', ' order by own."position") as declarations
    from backup.backup_tables as covered
    cross join lateral backup.archived_columns(covered.definition) as own
    join needed on needed.ordinal = covered.ordinal and needed.name = own.name
    where covered.backup_id = held.backup_id
    group by covered.ordinal
  loop
    execute format('create unlogged table backup_staging.%I (%s) with (autovacuum_enabled = false)',
      backup.scratch_name(held.job_id, format('%s_k%s', held.attempt_count, kept.ordinal)), kept.declarations);
  end loop;
end;
$$;

comment on function backup.create_key_tables(backup.jobs) is
  'Makes, for each table that takes part in a foreign key of the backup, an empty table of the columns that the keys need.';


-- steps of the worker ----------------------------------------------------------------------------------------------------------

create or replace function backup.begin_drill(job_id uuid, worker_id text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  held   constant backup.jobs    := backup.check_job(job_id, worker_id);
  target constant public.backups := backup.find_completed(held.backup_id);
begin
  delete from backup.drilled_parts as part where part.job_id = held.job_id;
  perform backup.drop_scratch(held.job_id);
  perform backup.create_key_tables(held);

  perform backup.hold_job(job_id, worker_id, '{"phase": "loading", "percent": 0}');
  return jsonb_build_object(
    'backup_id', target.id,
    'session_statements', (
      select jsonb_agg(pinned.statement) || '["set synchronize_seqscans = off", "set max_parallel_workers_per_gather = 0"]'
      -- Checks of domains run while rows are copied in, and may trust the search path of the project.
      from unnest(backup.session_statements()) as pinned (statement) where pinned.statement not like 'set search\_path %'),
    'manifest', jsonb_build_object('path', target.id || '/manifest.json', 'sha256', target.manifest_sha256));
end;
$$;

comment on function backup.begin_drill(uuid, text) is
  'Starts (or restarts) a drill: {backup_id, session_statements, manifest: {path, sha256}}. Raises BK404, BK410, BK412.';

create or replace function backup.drill_parts(job_id uuid, worker_id text, after_ordinal integer default -1, page_size integer default 100)
returns jsonb
language sql volatile
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(next_part) order by next_part.ordinal), '[]')
  from backup.hold_job(job_id, worker_id) as held
  cross join lateral (
    select part.ordinal, covered.schema_name || '.' || covered.table_name as "table", part.name, part.object_path,
      'create unlogged table ' || scratch.name || format(' (%s) with (autovacuum_enabled = false)', columns.declarations) as create_statement,
      'copy ' || scratch.name || format('%s from stdin', ' (' || columns.names || ')')      as copy_in,
      format('copy (select %s from only ', columns.names) || scratch.name || ') to stdout' as copy_out,
      part.prefix, part.suffix, part.row_count, part.raw_bytes, part.stored_bytes, part.raw_sha256, part.stored_sha256
    from backup.backup_parts as part
    left join backup.backup_tables as covered on covered.backup_id = part.backup_id and covered.ordinal = part.table_ordinal
    left join lateral (
      select 'backup_staging.' || backup.scratch_name(held.job_id, format('%s_p%s', held.attempt_count, part.ordinal)) as name
    ) as scratch on part.table_ordinal is not null
    left join lateral (
      select coalesce(string_agg(own.declaration, ', ' order by own."position"), '') as declarations,
        string_agg(quote_ident(own.name), ', ' order by own."position") as names
      from backup.archived_columns(covered.definition) as own
    ) as columns on part.table_ordinal is not null
    where part.backup_id = held.backup_id and part.ordinal > after_ordinal
    order by part.ordinal
    limit page_size
  ) as next_part;
$$;

comment on function backup.drill_parts(uuid, text, integer, integer) is
  'The next parts behind after_ordinal: [{ordinal, table, name, object_path, create_statement, copy_in, copy_out, prefix, suffix, row_count, '
  'raw_bytes, stored_bytes, raw_sha256, stored_sha256}]; table and statements are null for a part that is script text only. Raises BK412.';

create or replace function backup.note_drilled(held backup.jobs, ordinal integer, row_count bigint, difference jsonb default null)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into backup.drilled_parts (job_id, ordinal, row_count, difference) values (held.job_id, ordinal, row_count, difference)
  on conflict do nothing;
  perform backup.hold_job(held.job_id, held.worker_id, (
    select jsonb_build_object(
      'phase', 'loading', 'percent', 90 * count(*) / greatest(1, whole.part_count),
      'parts_done', count(*), 'parts_total', whole.part_count, 'rows', coalesce(sum(part.row_count), 0))
    from public.backups as whole
    left join backup.drilled_parts as part on part.job_id = held.job_id
    where whole.id = held.backup_id
    group by whole.part_count));
end;
$$;

comment on function backup.note_drilled(backup.jobs, integer, bigint, jsonb) is 'A part of a drill has been looked at. Raises BK412.';

create or replace function backup.record_drilled_part(job_id uuid, worker_id text, ordinal integer, row_count bigint, raw_sha256 text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held      constant backup.jobs := backup.check_job(job_id, worker_id);
  scratch   constant text := backup.scratch_name(held.job_id, format('%s_p%s', held.attempt_count, record_drilled_part.ordinal));
  part      backup.backup_parts;
  key_table text;
  kept      text;
begin
  select * into part from backup.backup_parts as listed where listed.backup_id = held.backup_id and listed.ordinal = record_drilled_part.ordinal;

  if part.table_ordinal is not null then
    key_table := 'backup_staging.' || backup.scratch_name(held.job_id, format('%s_k%s', held.attempt_count, part.table_ordinal));
    if (part.row_count, part.raw_sha256) is distinct from (record_drilled_part.row_count, record_drilled_part.raw_sha256) then
      raise exception using
        errcode = 'BK458',
        message = format('Part %s was loaded, and what was copied out again is not what was backed up.', part.name),
        detail  = jsonb_build_object('part', part.name, 'expected_rows', part.row_count, 'found_rows', record_drilled_part.row_count,
          'expected_raw_sha256', part.raw_sha256, 'found_raw_sha256', record_drilled_part.raw_sha256)::text,
        hint    = 'A type of the table may have changed its output since. Compare a preview of the table with what you know.';
    end if;
    select string_agg(quote_ident(attribute.attname), ', ') into kept
    from pg_catalog.pg_attribute as attribute
    where attribute.attrelid = to_regclass(key_table) and attribute.attnum > 0;
    if kept is not null then
      execute format('insert into %s (%s) select %2$s from backup_staging.%I', key_table, kept, scratch);
    end if;
    execute format('drop table backup_staging.%I', scratch);
  end if;

  perform backup.note_drilled(held, part.ordinal, coalesce(record_drilled_part.row_count, 0));
end;
$$;

comment on function backup.record_drilled_part(uuid, text, integer, bigint, text) is
  'Says what came out again of a part that was loaded, in the transaction that loaded it; keeps the keys and drops the rest. A part of script text '
  'has no rows and no sha256. Raises BK412, BK458 when it is not what was backed up.';

create or replace function backup.record_difference(job_id uuid, worker_id text, ordinal integer, difference jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.note_drilled(backup.check_job(job_id, worker_id), ordinal, 0, difference);
end;
$$;

comment on function backup.record_difference(uuid, text, integer, jsonb) is
  'Says what is wrong with a part: {kind: part_missing | part_corrupt | not_loadable | reads_back_differently, message, …}. The drill goes on, to '
  'find what else is. Raises BK412.';


-- verdict ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.drilled_orphans(held backup.jobs)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  key      record;
  orphans  bigint;
  findings jsonb := '[]'::jsonb;
begin
  -- The operators of a key's types may live in a schema of the project.
  perform set_config('search_path', backup.project_search_path(), true);
  for key in
    select found_key.*,
      'backup_staging.' || backup.scratch_name(held.job_id, format('%s_k%s', held.attempt_count, found_key.child))  as child_keys,
      'backup_staging.' || backup.scratch_name(held.job_id, format('%s_k%s', held.attempt_count, found_key.parent)) as parent_keys
    from backup.drilled_keys(held.backup_id) as found_key
  loop
    execute format('select count(*) from %s as s where %s and not exists (select from %s as p where %s)',
      key.child_keys,
      (select string_agg(format('s.%I is not null', own.name), ' and ') from unnest(key.columns) as own (name)),
      key.parent_keys,
      (select string_agg(format('p.%I = %s', pair.parent_column,
           backup.comparable('s', key.child_keys::pg_catalog.regclass, pair.child_column, key.parent_keys::pg_catalog.regclass, pair.parent_column)), ' and ')
       from unnest(key.columns, key.parent_columns) as pair (child_column, parent_column)))
    into orphans;
    if orphans > 0 then
      findings := findings || jsonb_build_object('kind', 'foreign_key', 'table', key.child_label, 'constraint', key.name, 'rows', orphans,
        'message', format('%s rows of %s have no parent, against %s, which held when the backup was made.', orphans, key.child_label, key.name));
    end if;
  end loop;
  return findings;
end;
$$;

comment on function backup.drilled_orphans(backup.jobs) is
  'Foreign keys of the backup that do not hold among the keys that were loaded: [{kind, table, constraint, rows, message}].';

create or replace function backup.drill_differences(held backup.jobs)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  found_differences jsonb;
begin
  select coalesce(jsonb_agg(coalesce(looked_at.difference, jsonb_build_object('kind', 'part_untested', 'message',
    format('Part %s was not looked at.', part.name)))
      || jsonb_build_object('part', part.name, 'table', covered.schema_name || '.' || covered.table_name) order by part.ordinal), '[]')
  into found_differences
  from backup.backup_parts as part
  left join backup.backup_tables as covered on covered.backup_id = part.backup_id and covered.ordinal = part.table_ordinal
  left join backup.drilled_parts as looked_at on looked_at.job_id = held.job_id and looked_at.ordinal = part.ordinal
  where part.backup_id = held.backup_id and (looked_at.ordinal is null or looked_at.difference is not null);

  -- What is known to be damaged has no counts and no keys to compare.
  if found_differences = '[]' then
    select coalesce(jsonb_agg(jsonb_build_object('kind', 'row_count', 'table', counted.label, 'rows', counted.row_count, 'expected_rows',
      counted.expected,
      'message', format('%s has %s rows; the manifest says %s.', counted.label, counted.row_count, counted.expected))), '[]')
    into found_differences
    from backup.drilled_tables(held) as counted
    where counted.row_count <> counted.expected;
    found_differences := found_differences || backup.drilled_orphans(held);
  end if;

  if not exists (select from backup.drilled_parts as part where part.job_id = held.job_id and part.row_count > 0) then
    found_differences := found_differences || '{"kind": "nothing_tested", "message": "Not one row was restored: this drill has proved nothing."}'::jsonb;
  end if;
  return found_differences;
end;
$$;

comment on function backup.drill_differences(backup.jobs) is
  'All in which what was restored is not what was backed up: [{kind, message, part?, table?, …}].';

create or replace function backup.drilled_tables(held backup.jobs)
returns table (label text, row_count bigint, expected bigint)
language sql stable
set search_path = ''
as $$
  select covered.schema_name || '.' || covered.table_name, coalesce(sum(looked_at.row_count), 0)::bigint, covered.row_count
  from backup.backup_tables as covered
  left join backup.backup_parts  as part      on part.backup_id = covered.backup_id and part.table_ordinal = covered.ordinal
  left join backup.drilled_parts as looked_at on looked_at.job_id = held.job_id and looked_at.ordinal = part.ordinal
  where covered.backup_id = held.backup_id
  group by covered.ordinal, covered.schema_name, covered.table_name, covered.row_count
  order by covered.ordinal;
$$;

comment on function backup.drilled_tables(backup.jobs) is 'Rows of each table that a drill has loaded, and how many the manifest says.';

create or replace function backup.end_drill(held backup.jobs, status text, differences jsonb, is_told boolean default true)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  verdict jsonb;
  target  public.backups;
begin
  select jsonb_build_object(
    'status', status, 'job_id', held.job_id, 'started_at', backup.iso(began.at),
    'duration_ms', round(extract(epoch from clock_timestamp() - began.at) * 1000),
    'parts', (select count(*) from backup.drilled_parts as part where part.job_id = held.job_id),
    'rows', (select coalesce(sum(counted.row_count), 0) from backup.drilled_tables(held) as counted),
    'raw_bytes', (select coalesce(sum(part.raw_bytes), 0) from backup.drilled_parts as looked_at
                  join backup.backup_parts as part on part.backup_id = held.backup_id and part.ordinal = looked_at.ordinal
                  where looked_at.job_id = held.job_id and looked_at.difference is null),
    'foreign_keys', (select count(*) from backup.drilled_keys(held.backup_id)),
    'tables', (select coalesce(jsonb_agg(jsonb_build_object('table', counted.label, 'rows', counted.row_count, 'expected_rows', counted.expected)), '[]')
               from backup.drilled_tables(held) as counted),
    'differences', differences)
  into verdict
  from (select coalesce(backup.attempt_began_at(held), clock_timestamp()) as at) as began;

  -- A drill that could not be made says nothing about the backup.
  update public.backups as proved
  set verification = verdict,
      verified_at  = case end_drill.status when 'passed' then clock_timestamp() when 'failed' then null else proved.verified_at end
  where proved.id = held.backup_id
  returning * into target;

  delete from backup.drilled_parts as part where part.job_id = held.job_id;
  perform backup.drop_scratch(held.job_id);
  perform backup.audit('drill', case status when 'passed' then 'succeeded' else 'failed' end, held.backup_id::text,
    jsonb_build_object('status', status, 'differences', jsonb_array_length(differences)));
  if is_told then
    perform backup.notify(
      case status when 'passed' then 'backup_verified' else 'drill_failed' end,
      case status when 'passed' then 'info' when 'failed' then 'error' else 'warning' end,
      format(case status
          when 'passed' then 'The backup of %s was proved by a restore drill: %s rows.'
          when 'failed' then 'The backup of %s is NOT what was stored: %3$s'
          else 'The backup of %s could not be proved: %3$s' end,
        backup.iso(target.created_at), verdict -> 'rows', differences #>> '{0,message}'),
      jsonb_build_object('backup_id', target.id, 'status', status, 'differences', jsonb_array_length(differences)));
  end if;
  return verdict;
end;
$$;

comment on function backup.end_drill(backup.jobs, text, jsonb, boolean) is
  'Writes down how a drill ended (passed, failed, or error: it could not be made), tells it and clears up.';

create or replace function backup.complete_drill(job_id uuid, worker_id text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  held        constant backup.jobs := backup.check_job(job_id, worker_id);
  differences constant jsonb := backup.drill_differences(held);
  verdict     jsonb;
begin
  perform backup.hold_job(job_id, worker_id);
  verdict := backup.end_drill(held, case when differences = '[]' then 'passed' else 'failed' end, differences);
  perform backup.finish_job(held, null, verdict - array['tables', 'differences']);
  return verdict;
end;
$$;

comment on function backup.complete_drill(uuid, text) is
  'Every part has been looked at: counts rows against the manifest, proves the foreign keys, and ends the drill. {status: passed | failed, job_id, '
  'started_at, duration_ms, parts, rows, raw_bytes, foreign_keys, tables: [{table, rows, expected_rows}], differences: [{kind, message, …}]}; kept '
  'as the backup''s verification. A drill that restored no row has failed. Takes as long as it takes. Raises BK412.';

create or replace function backup.abandon_drill(ended backup.jobs, error jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if error ->> 'code' = 'cancelled' then
    delete from backup.drilled_parts as part where part.job_id = ended.job_id;
    perform backup.drop_scratch(ended.job_id);
  else
    perform backup.end_drill(ended, case when error ->> 'code' in ('part_corrupt', 'part_missing') then 'failed' else 'error' end,
      jsonb_build_array(jsonb_build_object('kind', error -> 'code', 'message', error -> 'message') || coalesce(error -> 'details', '{}')));
  end if;
end;
$$;

comment on function backup.abandon_drill(backup.jobs, jsonb) is 'What becomes of a drill whose job failed or was called off.';

create or replace function backup.sweep_drills()
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  over uuid;
begin
  for over in
    select distinct substr(class.relname, 3, 32)::uuid from pg_catalog.pg_class as class
    where class.relnamespace = 'backup_staging'::pg_catalog.regnamespace and class.relname ~ '^v_[0-9a-f]{32}_'
      and not exists (select from backup.jobs as job where job.job_id = substr(class.relname, 3, 32)::uuid and job.status = 'running')
  loop
    perform backup.drop_scratch(over);
  end loop;
end;
$$;

comment on function backup.sweep_drills() is 'Drops scratch tables of drills that nobody makes any more.';

create or replace function backup.run_drill()
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  pause  constant interval := make_interval(secs => 86400 * (backup.setting('drill_interval_days'))::double precision);
  newest uuid;
begin
  -- Failed, too: the same one again would find the same, and the next backup is due for its own.
  if exists (
      select from backup.jobs as job
      where job.kind = 'verify' and (job.status in ('queued', 'running') or job.created_at between clock_timestamp() - pause and clock_timestamp()))
    -- Jobs are forgotten after a month.
    or exists (
      select from public.backups as tried
      where (tried.verification ->> 'started_at')::timestamptz between clock_timestamp() - pause and clock_timestamp())
  then
    return;
  end if;
  select source.id into newest from public.backups as source
  where source.status = 'completed' and source.manifest_sha256 is not null and source.kind <> 'safety'
  order by source.requested_tables is null desc, source.created_at desc limit 1
  for no key update skip locked;
  if newest is not null then
    perform backup.enqueue_job('verify', newest);
    perform backup.audit('verify', 'succeeded', newest::text);
  end if;
end;
$$;

comment on function backup.run_drill() is 'Queues a drill of the newest backup when there has been none for drill_interval_days. The sweep calls it.';
