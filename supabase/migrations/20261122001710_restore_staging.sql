-- Staging: the rows of the backup in unlogged tables beside the live ones, typed like them. No index, no constraint: they are only compared and
-- copied.
--
-- Columns are matched by name. What the live table does not have any more is staged as text and left at that; what has another type now is staged
-- as text and converted afterwards, so that a value which does not fit is named instead of ending the COPY.

create or replace function backup.staging_name(restore_id uuid)
returns text
language sql immutable
set search_path = ''
as $$
  select format('r_%s_', replace(restore_id::text, '-', ''));
$$;

comment on function backup.staging_name(uuid) is 'How the names of all that a restore has in backup_staging begin, whichever attempt made it.';

create or replace function backup.staging_table(restore_id uuid, ordinal integer, suffix text)
returns text
language sql stable
set search_path = ''
as $$
  select format('backup_staging.%s_%s_%s', source.staging_prefix, ordinal, suffix)
  from backup.restores as source
  where source.restore_id = staging_table.restore_id;
$$;

comment on function backup.staging_table(uuid, integer, text) is 'The name of one of a restore''s tables in backup_staging; it needs no quotes.';

create or replace function backup.drop_staging(restore_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  staged record;
begin
  for staged in
    select class.relname from pg_catalog.pg_class as class
    where class.relnamespace = 'backup_staging'::pg_catalog.regnamespace and class.relkind = 'r'
      and starts_with(class.relname, backup.staging_name(drop_staging.restore_id))
  loop
    execute format('drop table if exists backup_staging.%I', staged.relname);
  end loop;
  update backup.restore_tables as looked_at set staged = null, changes = null where looked_at.restore_id = drop_staging.restore_id;
end;
$$;

comment on function backup.drop_staging(uuid) is 'Drops everything that a restore has in backup_staging, of every attempt.';

create or replace function backup.assert_staged(target backup.restores)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  is_whole boolean;
begin
  -- Unlogged tables are emptied when the server recovers from a crash, all of them; an empty table is not what the backup held.
  execute format('select exists (select from %s)', backup.staging_table(target.restore_id, 0, 'w')) into is_whole;
  if not is_whole then
    raise exception using
      errcode = 'BK442',
      message = 'The staged rows were lost when the database server recovered from a crash.',
      detail  = jsonb_build_object('restore_id', target.restore_id)::text,
      hint    = 'Make a new preview.';
  end if;
end;
$$;

comment on function backup.assert_staged(backup.restores) is
  'Raises BK442 when what was staged has been lost in a crash of the server: begin_staging leaves a witness, an unlogged table with one row.';

create or replace function backup.drift_note(kind text, column_name text, message text, is_blocking boolean default false, sample jsonb default '[]')
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('kind', kind, 'column', column_name, 'message', message, 'is_blocking', is_blocking, 'sample', sample);
$$;

comment on function backup.drift_note(text, text, text, boolean, jsonb) is
  'One difference between a table of the backup and the live one: {kind, column, message, is_blocking, sample}.';

create or replace function backup.match_columns(relation oid, definition jsonb)
returns table (staged_columns jsonb, shared_columns text[], kept_columns text[], key text[], drift jsonb)
language sql stable
set search_path = ''
as $$
  with live as (
    select found.* from backup.relation_columns(relation) as found
  ),
  archived as (
    select element.value ->> 'name' as name, element.value ->> 'type' as type, element.value ->> 'collation' as collation_name,
      (element.value ->> 'not_null')::boolean as not_null,
      (element.value ->> 'is_generated')::boolean as is_generated, element.position
    from jsonb_array_elements(definition -> 'columns') with ordinality as element (value, position)
  ),
  matched as (
    select archived.name, archived.position, live.type as live_type, live.collation_name, archived.type as archived_type,
      live.not_null and not archived.not_null as is_not_null_new,
      case when live.name is null or live.is_generated then 'gone' when live.type = archived.type then 'same' else 'convert' end as status,
      live.collation_name is distinct from archived.collation_name as is_collated_otherwise,
      coalesce(live.is_generated, false) as is_generated_now
    from archived left join live on live.name = archived.name
    where not archived.is_generated
  ),
  kept as (
    select live.name, live."position", archived.name is null as is_new,
      live.not_null and live.default_expression is null and live.identity = '' as needs_value
    from live left join archived on archived.name = live.name
    where not live.is_generated and (archived.name is null or archived.is_generated)
  ),
  live_key as (
    select backup.relation_key(relation) as columns
  ),
  notes as (
    select 1 as section, matched.position::integer, case
        when matched.is_generated_now then backup.drift_note('column_generated', matched.name,
          format('Column %s is generated now; Postgres fills it, and the values of the backup are left out.', matched.name))
        when matched.status = 'gone' then backup.drift_note('column_gone', matched.name,
          format('Column %s is gone; its values in the backup are left out.', matched.name))
        when matched.status = 'convert' then backup.drift_note('type_changed', matched.name,
          format('Column %s was of type %s and is of type %s now; its values are converted.', matched.name, matched.archived_type,
            matched.live_type)) end as note
    from matched where matched.status <> 'same'
    union all
    select 1, matched.position::integer, backup.drift_note('collation_changed', matched.name,
      format('Column %s is compared and sorted by another collation now.', matched.name))
    from matched where matched.status = 'same' and matched.is_collated_otherwise
    union all
    select 2, matched.position::integer, backup.drift_note('not_null_added', matched.name,
      format('Column %s must have a value now; in the backup it need not.', matched.name))
    from matched where matched.is_not_null_new and matched.status <> 'gone'
    union all
    select 3, kept."position", backup.drift_note(case when kept.needs_value then 'not_null_column_new' else 'column_new' end, kept.name,
      format('Column %s %s; it keeps its value on rows that exist and %s.', kept.name,
        case when kept.is_new then 'is not in the backup' else 'was generated and is not any more' end,
        case when kept.needs_value then 'has no default, but must have a value: rows that are missing cannot be inserted'
             else 'takes its default on rows that are inserted' end))
    from kept
    union all
    select 4, 0, backup.drift_note('key_changed', null, format('The key was (%s) and is (%s) now.',
      coalesce((select string_agg(member.value, ', ' order by member.position)
                from jsonb_array_elements_text(nullif(definition -> 'key', 'null')) with ordinality as member (value, position)), 'none'),
      coalesce(array_to_string(live_key.columns, ', '), 'none')))
    from live_key
    where to_jsonb(live_key.columns) is distinct from nullif(definition -> 'key', 'null')
    union all
    select 5, 0, backup.drift_note('nothing_shared', null, 'No column of the backup is there any more: its rows cannot be told from others.', true)
    where exists (select from matched) and exists (select from live where not live.is_generated)
      and not exists (select from matched where matched.status <> 'gone')
  )
  select
    coalesce((select jsonb_agg(jsonb_build_object(
        'name', matched.name, 'type', matched.live_type, 'archived_type', matched.archived_type, 'collation', matched.collation_name, 'status', matched.status)
                               order by matched.position) from matched), '[]'),
    array(select matched.name from matched where matched.status <> 'gone' order by matched.position),
    array(select kept.name from kept order by kept."position"),
    -- A key that the backup cannot have: rows are compared as they are.
    (select live_key.columns from live_key where live_key.columns <@ array(select matched.name from matched where matched.status <> 'gone')),
    coalesce((select jsonb_agg(notes.note order by notes.section, notes.position) from notes), '[]');
$$;

comment on function backup.match_columns(oid, jsonb) is
  'How the columns of a backup''s table fit the live one: those to be staged, in the order of the archive [{name, type, collation, status: same | '
  'convert | gone}]; those that both have; those only the live table has; the key by which rows can be matched, or NULL; and every difference as '
  'a note (see backup.drift_note()).';

create or replace function backup.collate_clause(collation_name text)
returns text
language sql immutable
set search_path = ''
as $$
  select coalesce(' collate ' || collation_name, '');
$$;

comment on function backup.collate_clause(text) is
  'SQL for a column''s collation (see backup.relation_columns()), empty where it is that of its type.';

create or replace function backup.create_staged(looked_at backup.restore_tables)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  execute format('drop table if exists %s', looked_at.staged);
  -- Nothing is ever deleted there; a vacuum would only be in the way when it is dropped.
  execute format('create unlogged table %s (%s) with (autovacuum_enabled = false, toast.autovacuum_enabled = false)', looked_at.staged, (
    select string_agg(
      format('%I %s', staged.name, case when staged.status = 'same' and not looked_at.is_text
        then staged.type || backup.collate_clause(staged."collation") else 'text' end), ', ' order by staged.position)
    from rows from (jsonb_to_recordset(looked_at.columns) as (name text, type text, "collation" text, status text)) with ordinality
      as staged (name, type, "collation", status, position)));
end;
$$;

comment on function backup.create_staged(backup.restore_tables) is 'Makes the empty unlogged table for the backup''s rows of one table, anew.';


-- which tables -----------------------------------------------------------------------------------------------------------------

create or replace function backup.related_tables(backup_id uuid, chosen oid[], with_children boolean)
returns oid[]
language plpgsql stable
set search_path = ''
as $$
declare
  -- Who refers to whom, among the tables of the backup.
  edges    constant jsonb := (
    select coalesce(jsonb_agg(jsonb_build_array(child.relation, key.parent)), '[]')
    from backup.backup_tables as covered
    cross join lateral (select to_regclass(format('%I.%I', covered.schema_name, covered.table_name))::oid as relation) as child
    cross join lateral backup.relation_foreign_keys(child.relation) as key
    where covered.backup_id = related_tables.backup_id
      and exists (select from backup.backup_tables as above where above.backup_id = covered.backup_id
                  and to_regclass(format('%I.%I', above.schema_name, above.table_name)) = key.parent));
  found_tables oid[] := chosen;
  size         integer;
begin
  -- Children of children first, then the parents of all of them.
  for direction in case when with_children then 0 else 1 end .. 1 loop
    loop
      size := cardinality(found_tables);
      found_tables := array(
        select unnest(found_tables)
        union
        select (edge.value ->> direction)::oid from jsonb_array_elements(edges) as edge
        where (edge.value ->> (1 - direction))::oid = any (found_tables));
      exit when cardinality(found_tables) = size;
    end loop;
  end loop;
  return found_tables;
end;
$$;

comment on function backup.related_tables(uuid, oid[], boolean) is
  'The chosen tables, those whose rows refer to them (with_children; recursively) and the parents of all these, as far as the backup has them.';

create or replace function backup.list_restore_tables(target backup.restores)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  chosen  constant text[] := coalesce(target.requested_tables, array(select jsonb_object_keys(target.requested_rows)));
  related oid[];
begin
  delete from backup.restore_tables as looked_at where looked_at.restore_id = target.restore_id;
  if target.requested_rows is not null then
    related := backup.related_tables(target.backup_id, array(
      select to_regclass(format('%I.%I', covered.schema_name, covered.table_name))::oid from backup.backup_tables as covered
      where covered.backup_id = target.backup_id and covered.schema_name || '.' || covered.table_name = any (chosen)), target.with_children);
  end if;

  insert into backup.restore_tables (
    restore_id, ordinal, backup_ordinal, role, relation, schema_name, table_name, backup_rows,
    columns, shared_columns, kept_columns, key, satisfied, fingerprint, is_blocked, drift)
  select target.restore_id, row_number() over (order by covered.ordinal), covered.ordinal,
    case when chosen = '{}' or covered.schema_name || '.' || covered.table_name = any (chosen) then 'chosen' else 'related' end,
    case when objection.text is null then live.relation end, covered.schema_name, covered.table_name, covered.row_count,
    coalesce(matched.staged_columns, '[]'), coalesce(matched.shared_columns, '{}'), coalesce(matched.kept_columns, '{}'), matched.key,
    -- Of other types the same words may say something else.
    case when covered.fingerprint = now.fingerprint
      then array(select jsonb_array_elements_text(coalesce(covered.definition -> 'constraints', '[]'))) else '{}' end,
    now.fingerprint,
    live.relation is null or objection.text is not null or jsonb_path_exists(matched.drift, '$[*] ? (@.is_blocking == true)'),
    coalesce(matched.drift, jsonb_build_array(case
      when objection.text is not null then backup.drift_note('not_restorable', null,
        format('%s.%s %s; it is left out.', covered.schema_name, covered.table_name, objection.text))
      else backup.drift_note('table_gone', null,
        'The table does not exist any more. Create it again, by the migration that made it, then restore.', chosen <> '{}') end))
  from backup.backup_tables as covered
  cross join lateral (select to_regclass(format('%I.%I', covered.schema_name, covered.table_name))::oid as relation) as live
  cross join lateral (select backup.fingerprint(backup.relation_definition(live.relation)) as fingerprint) as now
  cross join lateral (select backup.restore_objection(covered.schema_name, covered.table_name) as text) as objection
  left join lateral (
    select found.* from backup.match_columns(live.relation, covered.definition) as found where live.relation is not null and objection.text is null
  ) as matched on true
  where covered.backup_id = target.backup_id
    and case
      when target.requested_rows   is not null then live.relation = any (related)
      when target.requested_tables is not null then covered.schema_name || '.' || covered.table_name = any (chosen)
      else true end;
end;
$$;

comment on function backup.list_restore_tables(backup.restores) is
  'Writes down the tables that a restore looks at, and how each fits the live one.';


-- steps of the worker ----------------------------------------------------------------------------------------------------------

create or replace function backup.note_staged(restore_id uuid)
returns void
language sql volatile
set search_path = ''
as $$
  update backup.restores as target
  set phase = 'comparing'
  where target.restore_id = note_staged.restore_id and target.phase = 'staging'
    and not exists (select from backup.restore_parts as part where part.restore_id = note_staged.restore_id and part.staged_at is null);
$$;

comment on function backup.note_staged(uuid) is 'Once every part is staged, what follows is the comparison.';

create or replace function backup.begin_staging(job_id uuid, worker_id text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  held      constant backup.jobs := backup.check_job(job_id, worker_id);
  target    backup.restores;
  origin    public.backups;
  looked_at backup.restore_tables;
begin
  perform backup.limit_lock_waits();
  perform backup.drop_staging(held.restore_id);

  update backup.restores as candidate
  set status = 'staging', phase = 'staging',
      -- Of this attempt alone: a worker that was thought dead finds no table of its own any more.
      staging_prefix = backup.staging_name(held.restore_id) || held.attempt_count
  where candidate.restore_id = held.restore_id
  returning * into target;
  select * into origin from public.backups as candidate where candidate.id = target.backup_id;
  execute format('create unlogged table %s with (autovacuum_enabled = false) as select true as is_whole',
    backup.staging_table(target.restore_id, 0, 'w'));

  if target.mode = 'undo' then
    perform backup.stage_images(target);
  else
    perform backup.list_restore_tables(target);
    for looked_at in
      update backup.restore_tables as listed
      set is_unchanged = fact.is_unchanged,
          staged = case when fact.is_unchanged then backup.scan_source(listed.relation)
            else backup.staging_table(listed.restore_id, listed.ordinal, 's') end,
          seen_snapshot = case when fact.is_unchanged then origin.snapshot - 'sequences' end,
          live_rows     = case when fact.is_unchanged then listed.backup_rows end
      from (
        select candidate.ordinal,
          covered.fingerprint = candidate.fingerprint
            and backup.is_unchanged_since(candidate.relation, candidate.backup_rows, origin.snapshot) as is_unchanged
        from backup.restore_tables as candidate
        join backup.backup_tables as covered on covered.backup_id = target.backup_id and covered.ordinal = candidate.backup_ordinal
        where candidate.restore_id = target.restore_id and not candidate.is_blocked
      ) as fact
      where listed.restore_id = target.restore_id and listed.ordinal = fact.ordinal
      returning listed.*
    loop
      if not looked_at.is_unchanged then
        perform backup.create_staged(looked_at);
      end if;
    end loop;

    delete from backup.restore_parts as part where part.restore_id = target.restore_id;
    insert into backup.restore_parts (restore_id, ordinal, table_ordinal)
    select target.restore_id, part.ordinal, listed.ordinal
    from backup.restore_tables as listed
    join backup.backup_parts as part on part.backup_id = target.backup_id and part.table_ordinal = listed.backup_ordinal
    where listed.restore_id = target.restore_id and not listed.is_unchanged and not listed.is_blocked;
  end if;

  perform backup.note_staged(target.restore_id);
  perform backup.hold_job(job_id, worker_id);
  return jsonb_build_object(
    'restore_id', target.restore_id,
    'backup_id', target.backup_id,
    -- Checks of domains run while rows are copied in, and may trust the search path of the project.
    'session_statements', (select jsonb_agg(pinned.statement) from unnest(backup.session_statements()) as pinned (statement) where pinned.statement not like 'set search\_path %'),
    'manifest', case when exists (select from backup.restore_parts as part where part.restore_id = target.restore_id)
      then jsonb_build_object('path', target.backup_id || '/manifest.json', 'sha256', origin.manifest_sha256) end);
end;
$$;

comment on function backup.begin_staging(uuid, text) is
  'Starts (or restarts) a restore: finds out which tables have changed and makes empty staging tables for them. {restore_id, backup_id, '
  'session_statements, manifest: {path, sha256}}; manifest is null when nothing has to be fetched. Raises BK412.';

create or replace function backup.staging_parts(job_id uuid, worker_id text, page_size integer default 100)
returns jsonb
language sql volatile
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(next_part) order by next_part.ordinal), '[]')
  from backup.hold_job(job_id, worker_id) as held
  cross join lateral (
    select part.ordinal, fetched.table_ordinal, part.name, part.object_path, part.prefix, part.suffix, part.row_count, part.raw_bytes,
      part.stored_bytes,
      part.raw_sha256, part.stored_sha256,
      format('copy %s%s from stdin', listed.staged, (
        select ' (' || string_agg(quote_ident(staged.value ->> 'name'), ', ' order by staged.position) || ')'
        from jsonb_array_elements(listed.columns) with ordinality as staged (value, position))) as copy_statement
    from backup.restore_parts as fetched
    join backup.restores       as target on target.restore_id = fetched.restore_id
    join backup.restore_tables as listed on listed.restore_id = fetched.restore_id and listed.ordinal = fetched.table_ordinal
    join backup.backup_parts   as part   on part.backup_id = target.backup_id and part.ordinal = fetched.ordinal
    where fetched.restore_id = held.restore_id and fetched.staged_at is null
    order by part.ordinal
    limit page_size
  ) as next_part;
$$;

comment on function backup.staging_parts(uuid, text, integer) is
  'The next parts to stage: [{ordinal, table_ordinal, name, object_path, copy_statement, prefix, suffix, row_count, raw_bytes, stored_bytes, '
  'raw_sha256, stored_sha256}]; empty when all are. Raises BK412.';

create or replace function backup.record_staged_part(job_id uuid, worker_id text, ordinal integer)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.check_job(job_id, worker_id);
begin
  update backup.restore_parts as fetched
  set staged_at = clock_timestamp()
  where fetched.restore_id = held.restore_id and fetched.ordinal = record_staged_part.ordinal and fetched.staged_at is null;

  -- The restore before its job: so does whoever discards it, and neither waits for the other in a circle.
  perform backup.note_staged(held.restore_id);
  perform backup.hold_job(job_id, worker_id, (
    select jsonb_build_object(
      'phase', 'staging', 'percent', 90 * count(fetched.staged_at) / count(*),
      'parts_done', count(fetched.staged_at), 'parts_total', count(*),
      'rows', coalesce(sum(part.row_count) filter (where fetched.staged_at is not null), 0),
      'raw_bytes', coalesce(sum(part.raw_bytes) filter (where fetched.staged_at is not null), 0))
    from backup.restore_parts as fetched
    join backup.restores     as target on target.restore_id = fetched.restore_id
    join backup.backup_parts as part   on part.backup_id = target.backup_id and part.ordinal = fetched.ordinal
    where fetched.restore_id = held.restore_id));
end;
$$;

comment on function backup.record_staged_part(uuid, text, integer) is 'Says that the rows of a part are proved and staged. Raises BK412.';

create or replace function backup.restage_as_text(job_id uuid, worker_id text, table_ordinal integer)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held      constant backup.jobs := backup.check_job(job_id, worker_id);
  looked_at backup.restore_tables;
begin
  update backup.restores as target set phase = 'staging' where target.restore_id = held.restore_id;
  update backup.restore_tables as listed
  set is_text = true
  where listed.restore_id = held.restore_id and listed.ordinal = restage_as_text.table_ordinal
  returning * into looked_at;
  perform backup.create_staged(looked_at);
  update backup.restore_parts as fetched
  set staged_at = null
  where fetched.restore_id = held.restore_id and fetched.table_ordinal = restage_as_text.table_ordinal;
  perform backup.hold_job(job_id, worker_id);
end;
$$;

comment on function backup.restage_as_text(uuid, text, integer) is
  'After a value did not fit its column: the table is staged once more, all of it as text, and the comparison names the values. Raises BK412.';


-- from text to types -----------------------------------------------------------------------------------------------------------

create or replace function backup.convert_column(staged text, column_name text, type text, using_type text)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  perform set_config('search_path', backup.project_search_path(), true);
  execute format('alter table %1$s alter column %2$I type %3$s using %2$I::%4$s', staged, column_name, type, using_type);
  return true;
exception when data_exception or integrity_constraint_violation or datatype_mismatch or undefined_object or cannot_coerce then
  return false;
end;
$$;

comment on function backup.convert_column(text, text, text, text) is
  'Turns a staged column of texts into the type, by way of using_type and, from there, by assignment, which refuses what an explicit cast would '
  'cut short. Whether that was possible.';

create or replace function backup.convert_staged(looked_at backup.restore_tables)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  converted record;
  offenders jsonb;
  notes     jsonb := '[]'::jsonb;
begin
  for converted in
    select staged.name, staged.type || backup.collate_clause(staged."collation") as type, staged.type as plain_type, staged.archived_type,
      format_type(attribute.atttypid, -1) as unlimited_type
    from jsonb_to_recordset(looked_at.columns) as staged (name text, type text, archived_type text, "collation" text, status text)
    join pg_catalog.pg_attribute as attribute on attribute.attrelid = looked_at.relation and attribute.attname = staged.name
    where staged.status = 'convert' or staged.status = 'same' and looked_at.is_text
  loop
    -- As ALTER TABLE converted the rows that were there, if that is still to be had; else by the text.
    if not backup.convert_column(looked_at.staged, converted.name, converted.type, backup.archived_type(converted.archived_type))
       and not backup.convert_column(looked_at.staged, converted.name, converted.type, converted.unlimited_type) then
      execute format($sql$
        select coalesce(jsonb_agg(jsonb_build_object('key', offending.key, 'value', offending.value)), '[]')
        from (
          select %1$s as key, left(s.%2$I, 200) as value
          from %3$s as s
          where s.%2$I is not null and not backup.is_value_of(s.%2$I, %4$L)
          limit 10) as offending
      $sql$, backup.texts_object('s', looked_at.key), converted.name, looked_at.staged, converted.plain_type) into offenders;
      notes := notes || jsonb_build_array(backup.drift_note('value_does_not_fit', converted.name,
        format('Values of column %s do not fit its type %s.', converted.name, converted.plain_type), true, offenders));
    end if;
  end loop;
  return notes;
end;
$$;

comment on function backup.convert_staged(backup.restore_tables) is
  'Gives columns that were staged as text the live type. Answers with a blocking note (see backup.drift_note()), with the first ten rows, for '
  'each column whose values do not fit.';
