-- Asking for a restore: what of a backup is wanted back, and how. Like a backup it is only written down here; a worker does it.

create or replace function backup.project_search_path()
returns text
language sql stable
set search_path = ''
as $$
  select reset_val from pg_catalog.pg_settings where name = 'search_path';
$$;

comment on function backup.project_search_path() is
  'The search path that a session of this project begins with. Functions in the project''s CHECKs, domains, indexes and generated columns may '
  'trust it: so it is set wherever rows are written, though no statement of ours needs it.';

create or replace function backup.limit_lock_waits()
returns void
language sql volatile
set search_path = ''
as $$
  select set_config('lock_timeout', (backup.setting('lock_timeout_seconds'))::text || 's', true);
$$;

comment on function backup.limit_lock_waits() is
  'From here to the end of the transaction nobody waits for a lock longer than the setting lock_timeout_seconds.';

create or replace function backup.find_restore(restore_id uuid)
returns backup.restores
language plpgsql stable
set search_path = ''
as $$
declare
  found_restore backup.restores;
begin
  select * into found_restore from backup.restores as candidate where candidate.restore_id = find_restore.restore_id;
  if not found then
    raise exception using
      errcode = 'BK440',
      message = format('There is no restore %s.', restore_id),
      hint    = 'List the restores to see which there are.';
  end if;
  return found_restore;
end;
$$;

comment on function backup.find_restore(uuid) is 'The restore. Raises BK440.';

create or replace function backup.restore_objection(schema_name text, table_name text)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when schema_name in ('backup', 'backup_staging') or (schema_name, table_name) = ('public', 'backups')
      then 'belongs to the backup system itself'
    when schema_name = 'storage'
      then 'belongs to Storage, whose rows are changed through its API only'
    when schema_name in ('pg_catalog', 'information_schema', 'cron', 'vault', 'net')
      then 'belongs to the platform'
    when to_regclass(format('%I.%I', schema_name, table_name)) is not null
      then backup.table_objection(to_regclass(format('%I.%I', schema_name, table_name)))
  end;
$$;

comment on function backup.restore_objection(text, text) is
  'Why a table of a backup cannot be restored, as the end of a sentence; NULL when it can. A table that is gone has no objection: that is drift.';

create or replace function backup.table_in_backup(backup_id uuid, name text)
returns backup.backup_tables
language sql stable
set search_path = ''
as $$
  select covered
  from backup.backup_tables as covered
  where covered.backup_id = table_in_backup.backup_id
    and (covered.schema_name || '.' || covered.table_name = name or (covered.schema_name, covered.table_name) = ('public', name))
  order by (covered.schema_name, covered.table_name) = ('public', name)
  limit 1;
$$;

comment on function backup.table_in_backup(uuid, text) is 'The table of a backup that a name of a request means (bare name: public), or NULL.';

create or replace function backup.assert_restorable(backup_id uuid, tables text[])
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  objections jsonb;
begin
  select jsonb_agg(jsonb_build_object('table', asked.name, 'reason', asked.reason) order by asked.position)
  into objections
  from (
    select choice.name, choice.position,
      case
        when covered.found is null then 'is not in this backup'
        when row_number() over (partition by (covered.found).ordinal order by choice.position) > 1 then 'is named twice'
        else backup.restore_objection((covered.found).schema_name, (covered.found).table_name)
      end as reason
    from unnest(tables) with ordinality as choice (name, position)
    cross join lateral (select backup.table_in_backup(backup_id, choice.name) as found) as covered
  ) as asked
  where asked.reason is not null;

  if objections is not null or cardinality(tables) = 0 then
    raise exception using
      errcode = 'BK420',
      message = coalesce('These tables cannot be restored: ' || (
          select string_agg(format('%s %s', objection ->> 'table', objection ->> 'reason'), '; ')
          from jsonb_array_elements(objections) as objection) || '.',
        'No table was chosen.'),
      detail  = jsonb_build_object('tables', coalesce(objections, '[]'))::text,
      hint    = 'Name tables of the backup as schema.table, or leave the choice out to restore every one.';
  end if;
end;
$$;

comment on function backup.assert_restorable(uuid, text[]) is
  'Raises BK420 naming each table that is not in the backup or may not be restored, with the reason.';


-- a choice of rows -------------------------------------------------------------------------------------------------------------

create or replace function backup.is_value_of(value text, type text)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  perform set_config('search_path', backup.project_search_path(), true);
  -- By assignment, which refuses what a cast would cut short.
  execute format('do %L', format('declare value %s := %L; begin end', type, value));
  return true;
exception when data_exception or integrity_constraint_violation then
  return false;
end;
$$;

comment on function backup.is_value_of(text, text) is 'Whether a column of the type takes the value of this text.';

create or replace function backup.row_key(chosen jsonb, key text[])
returns text[]
language sql immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(chosen) = 'object' then
      case when (select array_agg(given.name order by given.name) from jsonb_object_keys(chosen) as given (name))
                = (select array_agg(wanted.name order by wanted.name) from unnest(key) as wanted (name))
        then array(select chosen ->> wanted.name from unnest(key) with ordinality as wanted (name, position) order by wanted.position) end
    when jsonb_typeof(chosen) = 'array' then
      case when jsonb_array_length(chosen) = cardinality(key)
        then array(
          select element.value from jsonb_array_elements_text(chosen) with ordinality as element (value, position) order by element.position) end
    when cardinality(key) = 1 then array[chosen #>> '{}']
  end;
$$;

comment on function backup.row_key(jsonb, text[]) is
  'A row as a request names it (one value, an array in the order of the key, or an object) as key values; NULL when it does not fit the key.';

create or replace function backup.chosen_rows(backup_id uuid, rows jsonb)
returns jsonb
language plpgsql volatile strict
set search_path = ''
as $$
declare
  choice    record;
  chosen    record;
  covered   backup.backup_tables;
  relation  oid;
  key       text[];
  types     text[];
  keys      jsonb;
  answer    jsonb := '{}'::jsonb;
  complaint text;
begin
  perform backup.assert_restorable(backup_id, array(select jsonb_object_keys(rows)));

  for choice in select entry.key as name, entry.value as rows from jsonb_each(rows) as entry loop
    covered   := backup.table_in_backup(backup_id, choice.name);
    relation  := to_regclass(format('%I.%I', covered.schema_name, covered.table_name));
    key       := backup.relation_key(relation);
    types     := array(select found.type from unnest(key) with ordinality as member (name, position)
                       join backup.relation_columns(relation) as found on found.name = member.name order by member.position);
    keys      := '[]'::jsonb;
    complaint := case
      when relation is null                     then 'does not exist any more'
      when key is null                          then 'has no key to choose rows by: choose the whole table'
      when jsonb_typeof(choice.rows) <> 'array' then 'needs a list of keys'
      when jsonb_array_length(choice.rows) = 0  then 'has an empty list of keys' end;

    if complaint is null then
      for chosen in
        select element.value as named, backup.row_key(element.value, key) as key_values from jsonb_array_elements(choice.rows) as element
      loop
        if chosen.key_values is null or array_position(chosen.key_values, null) is not null
           or not (select bool_and(backup.is_value_of(member.value, types[member.position]))
                   from unnest(chosen.key_values) with ordinality as member (value, position)) then
          complaint := format('has the key (%s) of type %s, which %s is not', array_to_string(key, ', '), array_to_string(types, ', '), chosen.named);
          exit;
        end if;
        keys := keys || jsonb_build_array(to_jsonb(chosen.key_values));
      end loop;
    end if;
    if complaint is not null then
      raise exception using
        errcode = 'BK449',
        message = format('The choice of rows of %s cannot be understood: it %s.', choice.name, complaint),
        detail  = jsonb_build_object('table', choice.name, 'key', key)::text,
        hint    = 'Give rows as {"schema.table": [key, …]}; a key of several columns as an array in their order, or as an object.';
    end if;
    answer := answer || jsonb_build_object(covered.schema_name || '.' || covered.table_name, keys);
  end loop;
  return answer;
end;
$$;

comment on function backup.chosen_rows(uuid, jsonb) is
  'A choice of rows with full table names and each key as an array of texts: {"schema.table": [[value, …], …]}. Raises BK420 {tables}, BK449 '
  '{table, key}.';


-- as the API shows it ----------------------------------------------------------------------------------------------------------

create or replace function backup.restore_json(source backup.restores)
returns jsonb
language sql stable
set search_path = ''
as $$
  select to_jsonb(source) - array['restore_id', 'asked_by', 'requested_tables', 'requested_rows', 'staging_prefix'] || jsonb_build_object(
    'id',           source.restore_id,
    'created_at',   backup.iso(source.created_at),
    'previewed_at', backup.iso(source.previewed_at),
    'applied_at',   backup.iso(source.applied_at),
    'completed_at', backup.iso(source.completed_at),
    'expires_at',   backup.iso(source.expires_at),
    'undo_until',   backup.iso(source.undo_until),
    'profiles',     backup.person_name(source.created_by),
    'rows',         source.requested_rows,
    'tables', coalesce(
      (select jsonb_agg(backup.label(looked_at) order by looked_at.ordinal)
       from backup.restore_tables as looked_at where looked_at.restore_id = source.restore_id and looked_at.role = 'chosen'),
      to_jsonb(source.requested_tables),
      (select jsonb_agg(asked.name) from jsonb_object_keys(source.requested_rows) as asked (name)),
      (select to_jsonb(origin.tables) from public.backups as origin where origin.id = source.backup_id), '[]'),
    'progress', coalesce(
      (select job.progress from backup.jobs as job where job.restore_id = source.restore_id order by job.created_at desc limit 1), '{}'),
    'undone_by', undoing.restore_id,
    'can_undo',  source.status = 'completed' and undoing.restore_id is null and source.undo_until > clock_timestamp())
  from (select source.restore_id) as shown
  left join lateral (
    select candidate.restore_id from backup.restores as candidate
    where candidate.undo_of = source.restore_id and candidate.status in ('queued', 'staging', 'previewed', 'applying', 'completed')
  ) as undoing on true;
$$;

comment on function backup.restore_json(backup.restores) is 'A restore as the API shows it, with preview and result.';


-- requests ---------------------------------------------------------------------------------------------------------------------

create or replace function backup.assert_mode(mode text)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if mode is null or mode not in ('replace', 'merge', 'undelete') then
    raise exception using
      errcode = 'BK422',
      message = format('%s is no way to restore.', coalesce(mode, 'null')),
      detail  = '{"argument": "mode"}',
      hint    = 'Use replace (become what it was), merge (delete nothing) or undelete (only bring back what is missing).';
  end if;
end;
$$;

comment on function backup.assert_mode(text) is 'Raises BK422 {argument: mode} for anything but replace, merge and undelete.';

create or replace function backup.request_restore(
  backup_id                uuid,
  mode                     text    default 'replace',
  tables                   text[]  default null,
  rows                     jsonb   default null,
  with_children            boolean default false,
  skip_preview             boolean default false,
  accept_privilege_changes boolean default false,
  accept_cascade           boolean default false,
  accept_foreign_source    boolean default false,
  skip_orphans             boolean default false
)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target  public.backups;
  created backup.restores;
begin
  perform backup.assert_admin();
  perform backup.assert_project();
  -- It must not be deleted between this look and the entry that keeps it from being deleted.
  perform from public.backups as candidate where candidate.id = request_restore.backup_id for share;
  target := backup.find_completed(backup_id);

  -- guard
  perform backup.assert_mode(mode);
  if tables is not null and rows is not null then
    raise exception using
      errcode = 'BK422',
      message = 'Either tables or rows can be chosen, not both.',
      detail  = '{"argument": "rows"}',
      hint    = 'Leave out tables: the tables of chosen rows are known from them.';
  end if;
  if tables is not null then
    perform backup.assert_restorable(target.id, tables);
  end if;

  -- apply
  insert into backup.restores (
    backup_id, created_by, asked_by, mode, requested_tables, requested_rows, with_children, skip_preview,
    accept_privilege_changes, accept_cascade, accept_foreign_source, skip_orphans)
  values (
    target.id, backup.actor_id(), backup.actor_id(), request_restore.mode,
    (select array_agg((found.covered).schema_name || '.' || (found.covered).table_name order by choice.position)
     from unnest(request_restore.tables) with ordinality as choice (name, position)
     cross join lateral (select backup.table_in_backup(target.id, choice.name) as covered) as found),
    backup.chosen_rows(target.id, request_restore.rows), request_restore.with_children, request_restore.skip_preview,
    request_restore.accept_privilege_changes, request_restore.accept_cascade, request_restore.accept_foreign_source, request_restore.skip_orphans)
  returning * into created;

  perform backup.enqueue_job('stage', null, restore_id => created.restore_id);
  perform backup.audit(case when created.skip_preview then 'restore' else 'preview' end, 'succeeded', created.restore_id::text,
    jsonb_strip_nulls(jsonb_build_object(
      'backup_id', target.id, 'mode', created.mode, 'tables', created.requested_tables, 'rows', created.requested_rows, 'with_children', created.with_children,
      'accept_privilege_changes', created.accept_privilege_changes, 'accept_cascade', created.accept_cascade,
      'accept_foreign_source', created.accept_foreign_source, 'skip_orphans', created.skip_orphans)));
  perform backup.wake_worker();
  return backup.restore_json(created);
end;
$$;

comment on function backup.request_restore(uuid, text, text[], jsonb, boolean, boolean, boolean, boolean, boolean, boolean) is
  'Asks for a restore: of all tables of the backup, of those named, or of rows {"schema.table": [key, …]} with their missing parents and, if '
  'wanted, their children. It is staged and previewed; applied only when skip_preview, or later by backup.request_apply(). Raises BK403, BK404, '
  'BK410, BK420 {tables}, BK422 {argument}, BK449 {table, key}, BK461.';

create or replace function backup.assert_previewed(target backup.restores)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if target.status <> 'previewed' or target.expires_at <= clock_timestamp() then
    raise exception using
      errcode = 'BK441',
      message = case
        when target.status = 'previewed'                      then 'This preview is too old to be applied.'
        when target.status in ('queued', 'staging')           then 'This restore is still being prepared.'
        when target.status = 'applying'                       then 'This restore is being applied already.'
        when target.status = 'completed'                      then 'This restore has been applied already.'
        else format('This restore is %s.', target.status) end,
      detail  = jsonb_build_object('restore_id', target.restore_id, 'status', target.status)::text,
      hint    = case when target.status in ('queued', 'staging') then 'Wait until its status is previewed.'
        else 'Make a new preview of the backup.' end;
  end if;
end;
$$;

comment on function backup.assert_previewed(backup.restores) is 'Raises BK441 {restore_id, status} unless the restore waits to be applied.';

create or replace function backup.request_apply(
  backup_id                uuid,
  restore_id               uuid,
  accept_privilege_changes boolean default false,
  accept_cascade           boolean default false,
  accept_foreign_source    boolean default false,
  skip_orphans             boolean default false
)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target backup.restores;
begin
  perform backup.assert_admin();
  perform backup.assert_project();
  -- Two at once: the second one sees what the first one did.
  perform from backup.restores as candidate where candidate.restore_id = request_apply.restore_id for no key update;
  target := backup.find_restore(restore_id);
  if target.backup_id is distinct from request_apply.backup_id then
    raise exception using
      errcode = 'BK440',
      message = format('There is no restore %s of backup %s.', restore_id, backup_id),
      hint    = 'Use the id of the backup that the preview was made of.';
  end if;
  perform backup.assert_previewed(target);

  update backup.restores as candidate
  set asked_by                 = backup.actor_id(),
      accept_privilege_changes = candidate.accept_privilege_changes or request_apply.accept_privilege_changes,
      accept_cascade           = candidate.accept_cascade           or request_apply.accept_cascade,
      accept_foreign_source    = candidate.accept_foreign_source    or request_apply.accept_foreign_source,
      skip_orphans             = candidate.skip_orphans             or request_apply.skip_orphans
  where candidate.restore_id = target.restore_id
  returning * into target;

  perform backup.assert_acceptable(target);
  perform backup.begin_applying(target.restore_id);
  perform backup.audit('restore', 'succeeded', target.restore_id::text, jsonb_build_object(
    'backup_id', target.backup_id, 'mode', target.mode, 'totals', target.preview -> 'totals',
    'accept_privilege_changes', target.accept_privilege_changes, 'accept_cascade', target.accept_cascade,
    'accept_foreign_source', target.accept_foreign_source, 'skip_orphans', target.skip_orphans));
  perform backup.wake_worker();
  return backup.restore_json(backup.find_restore(target.restore_id));
end;
$$;

comment on function backup.request_apply(uuid, uuid, boolean, boolean, boolean, boolean) is
  'Asks that a previewed restore be applied: first a safety backup of the tables that it touches, then the restore. What is accepted here adds to '
  'what was accepted with the preview. Raises BK403, BK440, BK441 {status}, and what the preview found and nobody accepted: BK443 {blocking}, '
  'BK444 {added, removed}, BK445 {cascades}, BK446, BK447 {orphans}, BK461.';

create or replace function backup.discard_restore(restore_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target backup.restores;
begin
  perform backup.assert_admin();
  perform from backup.restores as candidate where candidate.restore_id = discard_restore.restore_id for no key update;
  target := backup.find_restore(restore_id);

  if target.status in ('applying', 'completed') then
    raise exception using
      errcode = 'BK441',
      message = case target.status when 'applying' then 'This restore is being applied.' else 'This restore has been applied.' end,
      detail  = jsonb_build_object('restore_id', target.restore_id, 'status', target.status)::text,
      hint    = case target.status when 'applying' then 'Wait until it has ended, then undo it.' else 'Undo it instead.' end;
  end if;

  if target.status in ('queued', 'staging', 'previewed') then
    -- A worker that stages it finds that it no longer holds the job, and stops.
    perform backup.finish_job(job, '{"code": "cancelled", "message": "The restore was discarded."}', status => 'cancelled')
    from backup.jobs as job where job.restore_id = target.restore_id and job.status in ('queued', 'running');
    perform backup.end_restore(target.restore_id, 'discarded');
    perform backup.audit('discard', 'succeeded', target.restore_id::text);
  end if;
  return backup.restore_json(backup.find_restore(target.restore_id));
end;
$$;

comment on function backup.discard_restore(uuid) is
  'Drops a restore that has not been applied, and its staged rows. Of one that has ended without being applied it changes nothing. Raises BK403, '
  'BK440, BK441 when it is being or has been applied.';
