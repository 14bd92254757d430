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

  return backup.backup_json(target) || jsonb_build_object('table_details', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'table', covered.schema_name || '.' || covered.table_name, 'rows', covered.row_count, 'raw_bytes', covered.raw_bytes,
      'stored_bytes', covered.stored_bytes, 'columns', covered.definition -> 'columns', 'key', covered.definition -> 'key',
      'parts', (select count(*) from backup.backup_parts as part where part.backup_id = covered.backup_id and part.table_ordinal = covered.ordinal)
    ) order by covered.ordinal), '[]')
    from backup.backup_tables as covered where covered.backup_id = target.id));
end;
$$;

comment on function backup.get_backup(uuid) is
  'One backup with its tables: the row as in lists, plus the whole validation report and table_details [{table, rows, raw_bytes, stored_bytes, columns, key, parts}]. Raises BK403, BK404.';

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

create or replace function backup.list_backups(
  status     text    default null,
  kind       text    default null,
  page_limit integer default 20,
  page       integer default null,
  cursor     text    default null
)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  after_at timestamptz;
  after_id uuid;
  answer   jsonb;
begin
  perform backup.assert_admin();

  select start.after_at, start.after_id into after_at, after_id from backup.read_cursor(cursor) as start;

  with page_rows as (
    select candidate
    from public.backups as candidate
    where (list_backups.status is null or candidate.status = list_backups.status)
      and (list_backups.kind   is null or candidate.kind   = list_backups.kind)
      and (cursor is null or (candidate.created_at, candidate.id) < (after_at, after_id))
    order by candidate.created_at desc, candidate.id desc
    -- one more than asked for tells whether there is a next page
    limit page_limit + 1
    offset case when page is not null then page_limit * (page - 1) else 0 end
  ),
  numbered as (
    select page_rows.candidate as shown,
      row_number() over (order by (page_rows.candidate).created_at desc, (page_rows.candidate).id desc) as position
    from page_rows
  )
  select jsonb_build_object(
    'backups', coalesce(jsonb_agg(
        -- A list shows how validation ended; its samples are for the page of one backup.
        backup.backup_json(numbered.shown) || jsonb_build_object('validation_results', (numbered.shown).validation_results - 'tables')
        order by numbered.position) filter (where numbered.position <= page_limit), '[]'),
    'count', (select count(*) from public.backups as candidate
              where (list_backups.status is null or candidate.status = list_backups.status)
                and (list_backups.kind   is null or candidate.kind   = list_backups.kind)),
    'next_cursor', case when count(*) > page_limit then (
        select backup.write_cursor((last_row.shown).created_at, (last_row.shown).id)
        from numbered as last_row where last_row.position = page_limit) end)
  into answer
  from numbered;
  return answer;
end;
$$;

comment on function backup.list_backups(text, text, integer, integer, text) is
  'Backups, newest first: {backups, count, next_cursor}. count is of all that fit the filters. Pages by number (from 1) or by the cursor of the page before. Raises BK403, BK422 {argument: cursor}.';
