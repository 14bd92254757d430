-- Listing: backups as the API shows them.

create or replace function backup.person_name(person_id uuid)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  named jsonb;
begin
  if person_id is null then
    return null;
  end if;
  -- to_jsonb: whatever columns the profiles of this project have
  select jsonb_build_object(
    'first_name', coalesce(person.fields ->> 'first_name', person.fields ->> 'full_name'),
    'last_name',  coalesce(person.fields ->> 'last_name', ''))
  into named
  from (select to_jsonb(profile) as fields from public.profiles as profile where profile.id = person_id) as person;
  return named;
exception when undefined_table or undefined_column or undefined_function then
  return null;
end;
$$;

comment on function backup.person_name(uuid) is 'First and last name of a profile, as {first_name, last_name}; NULL where there is none.';

create or replace function backup.backup_json(source public.backups)
returns jsonb
language sql stable
set search_path = ''
as $$
  select to_jsonb(source) - array['snapshot', 'requested_tables'] || jsonb_build_object(
    'created_at',   backup.iso(source.created_at),
    'started_at',   backup.iso(source.started_at),
    'completed_at', backup.iso(source.completed_at),
    'verified_at',  backup.iso(source.verified_at),
    'imported_at',  backup.iso(source.imported_at),
    'duration_ms',  round(extract(epoch from source.completed_at - source.started_at) * 1000)::bigint,
    'snapshot',     source.snapshot - 'sequences',
    'profiles',     backup.person_name(source.created_by));
$$;

comment on function backup.backup_json(public.backups) is 'A backup as the API shows it: its columns, times in UTC, duration_ms, and the creator''s name as profiles.';

create or replace function backup.table_details(backup_id uuid)
returns jsonb
language sql stable
set search_path = ''
as $$
  with covered as materialized (
    select listed.*, listed.schema_name || '.' || listed.table_name as label,
      array(select distinct key.value ->> 'references' from jsonb_array_elements(listed.definition -> 'foreign_keys') as key
            where key.value ->> 'references' <> listed.schema_name || '.' || listed.table_name order by 1) as parents
    from backup.backup_tables as listed
    where listed.backup_id = table_details.backup_id
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'table', covered.label, 'rows', covered.row_count, 'raw_bytes', covered.raw_bytes, 'stored_bytes', covered.stored_bytes,
    'columns', covered.definition -> 'columns', 'key', covered.definition -> 'key',
    'references', covered.parents,
    'referenced_by', array(select child.label from covered as child where covered.label = any (child.parents) order by child.ordinal),
    'parts', (select count(*) from backup.backup_parts as part where part.backup_id = covered.backup_id and part.table_ordinal = covered.ordinal)
  ) order by covered.ordinal), '[]')
  from covered;
$$;

comment on function backup.table_details(uuid) is
  'The tables of a backup: [{table, rows, raw_bytes, stored_bytes, columns, key, parts, references, referenced_by}]. references: the tables that its '
  'foreign keys led to; referenced_by: those of the backup whose foreign keys led to it; itself never.';

create or replace function backup.get_backup(backup_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target public.backups;
begin
  perform backup.assert_admin();
  target := backup.find_backup(backup_id);

  return backup.backup_json(target) || jsonb_build_object('table_details', backup.table_details(target.id));
end;
$$;

comment on function backup.get_backup(uuid) is
  'One backup with its tables: the row as in lists, plus the whole validation report and table_details (see backup.table_details). Raises BK403, BK404.';

create or replace function backup.read_cursor(cursor text, out after_at timestamptz, out after_id uuid)
language plpgsql immutable
set search_path = ''
as $$
begin
  -- "<created_at in microseconds>_<id>" of the last row of the page before
  if cursor !~ '^[0-9]{1,18}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    raise exception using
      errcode = 'BK422',
      message = 'This cursor is not one that a list gave out.',
      detail  = '{"argument": "cursor"}',
      hint    = 'Use next_cursor of the page before, unchanged.';
  end if;
  after_at := timestamptz 'epoch' + split_part(cursor, '_', 1)::bigint * interval '1 microsecond';
  after_id := split_part(cursor, '_', 2)::uuid;
end;
$$;

comment on function backup.read_cursor(text) is 'Where the next page of a list begins; NULLs without a cursor. Raises BK422 {argument: cursor}.';

create or replace function backup.write_cursor(created_at timestamptz, id uuid)
returns text
language sql immutable
set search_path = ''
as $$
  select (extract(epoch from created_at) * 1000000)::bigint || '_' || id;
$$;

comment on function backup.write_cursor(timestamptz, uuid) is 'The cursor of the page behind this row.';

create or replace function backup.read_number_cursor(cursor text)
returns bigint
language plpgsql immutable
set search_path = ''
as $$
begin
  if cursor !~ '^[0-9]{1,18}$' then
    raise exception using
      errcode = 'BK422',
      message = 'This cursor is not one that a list gave out.',
      detail  = '{"argument": "cursor"}',
      hint    = 'Use next_cursor of the page before, unchanged.';
  end if;
  return cursor::bigint;
end;
$$;

comment on function backup.read_number_cursor(text) is
  'The same for a list in the order of numbers: the page behind has smaller ones. NULL without a cursor. Raises BK422 {argument: cursor}.';

create or replace function backup.backups_order(sort text, sort_order text)
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  value     constant text := case coalesce(sort, 'created_at')
    when 'created_at'  then 'candidate.created_at'
    when 'file_size'   then 'candidate.file_size'
    when 'row_count'   then 'candidate.row_count'
    when 'duration_ms' then 'candidate.completed_at - candidate.started_at' end;
  direction constant text := case coalesce(sort_order, 'desc') when 'asc' then 'asc' when 'desc' then 'desc' end;
begin
  if value is null or direction is null then
    raise exception using
      errcode = 'BK422',
      message = 'Backups cannot be sorted like that.',
      detail  = jsonb_build_object('argument', case when value is null then 'sort' else 'order' end)::text,
      hint    = 'Sort by created_at, file_size, row_count or duration_ms, asc or desc.';
  end if;
  -- The time of creation is never NULL: said of it all the same, NULLS LAST would keep its index from being used.
  return format('%1$s %2$s%3$s, candidate.id %2$s', value, direction, case when value <> 'candidate.created_at' then ' nulls last' else '' end);
end;
$$;

comment on function backup.backups_order(text, text) is
  'SQL for the order of a list of backups; those without a value are last. Raises BK422 {argument: sort or order}.';

create or replace function backup.list_backups(
  status     text[]  default null,
  kind       text    default null,
  search     text    default null,
  sort       text    default null,
  sort_order text    default null,
  page_limit integer default 20,
  page       integer default null,
  cursor     text    default null
)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  -- Where a cursor points to is known in the order of creation only.
  has_cursors constant boolean := sort is null and sort_order is null;
  matches constant text := $sql$ ($1 is null or candidate.status = any ($1)) and ($2 is null or candidate.kind = $2)
      and ($3 is null or strpos(lower(concat_ws(E'\n', candidate.id, candidate.filename, candidate.notes)), lower($3)) > 0) $sql$;
  after_at timestamptz;
  after_id uuid;
  answer   jsonb;
begin
  perform backup.assert_admin();
  if cursor is not null and not has_cursors then
    raise exception using
      errcode = 'BK422',
      message = 'A list that is sorted has pages, and no cursors.',
      detail  = '{"argument": "cursor"}',
      hint    = 'Use page.';
  end if;
  select start.after_at, start.after_id into after_at, after_id from backup.read_cursor(cursor) as start;

  execute format($sql$
    with page_rows as (
      select candidate as shown, row_number() over (order by %1$s) as position
      from public.backups as candidate
      where %2$s and ($4 is null or (candidate.created_at, candidate.id) < ($4, $5))
      order by %1$s
      -- one more than asked for tells whether there is a next page
      limit $6 + 1 offset $7
    ),
    numbered as (
      select page_rows.shown, page_rows.position - $7 as position from page_rows
    )
    select jsonb_build_object(
      'backups', coalesce(jsonb_agg(
          -- A list shows how validation ended; its samples are for the page of one backup.
          backup.backup_json(numbered.shown) || jsonb_build_object('validation_results', (numbered.shown).validation_results - 'tables')
          order by numbered.position) filter (where numbered.position <= $6), '[]'),
      'count', (select count(*) from public.backups as candidate where %2$s),
      'next_cursor', case when count(*) > $6 and $8 then (
          select backup.write_cursor((last_row.shown).created_at, (last_row.shown).id)
          from numbered as last_row where last_row.position = $6) end)
    from numbered $sql$, backup.backups_order(sort, sort_order), matches)
  into answer
  using status, kind, nullif(search, ''), after_at, after_id, page_limit, page_limit * (coalesce(page, 1) - 1), has_cursors;
  return answer;
end;
$$;

comment on function backup.list_backups(text[], text, text, text, text, integer, integer, text) is
  'Backups, newest first unless sorted: {backups, count, next_cursor}. search: part of the notes, the file name or the id. count is of all that fit '
  'the filters. Pages by number (from 1) or, when not sorted, by the cursor of the page before. Raises BK403, BK422 {argument: cursor, sort or order}.';
