-- Rows of a preview: all of them, page by page, beyond the examples that it shows, and those in which a text occurs.
--
-- The list of changes stays as it is while a restore is previewed, so the place of an entry in it (ctid) is where a page begins. There is no index on
-- it: a page is one pass over a narrow table. To search, rows have to be fetched and made texts: so a search looks at so many changes at a time, and
-- says where to go on.

create or replace function backup.place_number(place tid)
returns bigint
language sql immutable strict
set search_path = ''
as $$
  select (place::text::point)[0]::bigint * 65536 + (place::text::point)[1]::bigint;
$$;

comment on function backup.place_number(tid) is 'The place of a row as one number, in the order of the places: the cursor of the page behind it.';

create or replace function backup.place_at(number bigint)
returns tid
language sql immutable
set search_path = ''
as $$
  -- A number that nobody gave out may be beyond the last block that there can be.
  select format('(%s,%s)', least(coalesce(number, 0) >> 16, 4294967294), coalesce(number, 0) & 65535)::tid;
$$;

comment on function backup.place_at(bigint) is 'The place that backup.place_number() made this number of; before all others without one.';

create or replace function backup.change_operations(change text)
returns "char"[]
language plpgsql immutable
set search_path = ''
as $$
begin
  case coalesce(change, '')
    when 'insert' then return array['i']::"char"[];
    -- to be unlinked is to be updated
    when 'update' then return array['u', 'n']::"char"[];
    when 'delete' then return array['d']::"char"[];
    when ''       then return array['i', 'u', 'n', 'd']::"char"[];
    else
      raise exception using
        errcode = 'BK422',
        message = format('%s is no kind of change.', change),
        detail  = '{"argument": "change"}',
        hint    = 'Ask for insert, update or delete; or for none of them, to see all.';
  end case;
end;
$$;

comment on function backup.change_operations(text) is
  'The entries of a list of changes that people call insert, update or delete; without a word, all of these. Raises BK422 {argument: change}.';

create or replace function backup.search_expression(looked_at backup.restore_tables)
returns text
language sql stable
set search_path = ''
as $$
  -- $6 is the text in lower case, $7 as it is. concat(): see backup.text_of(). "default": a column's own collation may know no substrings.
  select string_agg(side.condition, ' or ')
  from (
    select format('(l.ctid is not null and (%s))',
      string_agg(format('strpos(lower(concat(l.%I) collate "default"), $6) > 0', own.name), ' or ')) as condition
    from unnest(backup.live_columns(looked_at.relation)) as own (name)
    having count(*) > 0
    union all
    select format('(c.op in (''i'', ''u'') and (%s))',
      string_agg(format('strpos(lower(concat(s.%I) collate "default"), $6) > 0', own.name), ' or '))
    from unnest(looked_at.shared_columns) as own (name)
    where looked_at.staged is not null
    having count(*) > 0
    union all
    -- a key of several columns, as the alumni frontend and spreadsheets write one
    select string_agg(format('concat_ws('','', %s) = $7', backup.column_list(present.alias, looked_at.key)), ' or ')
    from (values ('l', true), ('s', looked_at.staged is not null)) as present (alias, is_there)
    where present.is_there and cardinality(looked_at.key) between 2 and 99
    having count(*) > 0
  ) as side;
$$;

comment on function backup.search_expression(backup.restore_tables) is
  'SQL for whether a text occurs in any column of the live row l or the staged row s of a change c, in any case, or is its key (of several columns: '
  'joined by commas); NULL for a table without columns.';

create or replace function backup.changed_table(target backup.restores, table_name text)
returns backup.restore_tables
language plpgsql stable
set search_path = ''
as $$
declare
  found_table backup.restore_tables;
begin
  select listed.* into found_table
  from backup.restore_tables as listed
  where listed.restore_id = target.restore_id and backup.label(listed) in (changed_table.table_name, 'public.' || changed_table.table_name)
  order by backup.label(listed) = changed_table.table_name desc
  limit 1;
  if found_table.relation is null then
    raise exception using
      errcode = 'BK422',
      message = format('%s is not a table of this restore.', coalesce(table_name, 'null')),
      detail  = '{"argument": "table"}',
      hint    = 'The preview names its tables.';
  end if;
  if found_table.changes is not null
     and backup.fingerprint(backup.relation_definition(found_table.relation)) is distinct from found_table.fingerprint then
    perform backup.raise_stale(target.restore_id, array[backup.label(found_table)],
      format('The definition of %s has changed since the preview.', backup.label(found_table)));
  end if;
  return found_table;
end;
$$;

comment on function backup.changed_table(backup.restores, text) is
  'A table of a preview, by its name. Raises BK422 {argument: table} for any other, BK442 {restore_id, tables} when it was redefined since.';

create or replace function backup.find_row_changes(
  looked_at backup.restore_tables, operations "char"[], search text, after_place tid, page_limit integer, window_rows integer,
  out rows jsonb, out match_count bigint, out next_place tid, out is_whole boolean
)
language plpgsql stable
set search_path = ''
as $$
declare
  -- Two megabytes for a page, shared by both sides of each row.
  max_length constant integer := greatest(16, least(500, 2097152 / page_limit / greatest(1, cardinality(backup.live_columns(looked_at.relation)))));
  -- The place of a live row may have been given to another one since.
  joins      constant text := format('left join %s as l on l.ctid = c.live and l.tableoid = c.live_table and l.xmin = c.live_xmin %s',
    backup.scan_source(looked_at.relation), backup.staged_join(looked_at));
begin
  execute format($sql$
    with seen as materialized (
      select c.ctid as place, c.* from %1$s as c where c.ctid > $1 and c.op = any ($2) order by c.ctid limit $3 + 1
    ),
    window_of as materialized (select * from seen order by seen.place limit $3),
    hits as materialized (%2$s),
    shown as (select c.* from window_of as c where c.place in (select hit.place from hits as hit order by hit.place limit $4)),
    imaged as materialized (
      select c.place, %3$s || jsonb_build_object('is_stale', c.op <> 'i' and l.ctid is null) as change from shown as c %4$s
      -- As JSON from here on: a sort could not carry any number of columns.
    )
    select (select coalesce(jsonb_agg(imaged.change order by imaged.place), '[]') from imaged),
      (select count(*) from hits),
      case when (select count(*) from hits) > $4 then (select max(imaged.place) from imaged)
           when (select count(*) from seen) > $3 then (select max(window_of.place) from window_of) end,
      (select count(*) from seen) <= $3 and $5 = '(0,0)'
  $sql$,
    looked_at.changes,
    case when search is null then 'select c.place from window_of as c'
         else format('select c.place from window_of as c %s where %s', joins, coalesce(backup.search_expression(looked_at), 'false')) end,
    backup.change_expression(looked_at, max_length), joins)
  into rows, match_count, next_place, is_whole
  using after_place, operations, window_rows, page_limit, after_place, lower(search), search;
end;
$$;

comment on function backup.find_row_changes(backup.restore_tables, "char"[], text, tid, integer, integer) is
  'A page of a list of changes, behind a place: of the next window_rows entries those that match, page_limit at most. match_count: how many of the '
  'window match; next_place: behind which the next page begins, NULL at the end; is_whole: the window was the whole list.';

create or replace function backup.list_row_changes(
  restore_id uuid,
  table_name text,
  change     text    default null,
  search     text    default null,
  page_limit integer default 50,
  cursor     text    default null
)
returns jsonb
-- Volatile, as it locks.
language plpgsql volatile
set search_path = ''
set jit = off
set datestyle = 'ISO, YMD'
set intervalstyle = 'postgres'
set timezone = 'UTC'
set extra_float_digits = 3
set bytea_output = 'hex'
set row_security = off
as $$
declare
  sought     constant text := nullif(search, '');
  operations "char"[];
  place      tid;
  target     backup.restores;
  looked_at  backup.restore_tables;
  page       record;
begin
  perform backup.assert_admin();
  operations := backup.change_operations(change);
  place      := backup.place_at(backup.read_number_cursor(cursor));
  -- Nobody drops what is staged while it is read.
  perform from backup.restores as candidate where candidate.restore_id = list_row_changes.restore_id for share;
  target := backup.find_restore(restore_id);
  perform backup.assert_previewed(target);
  perform backup.assert_staged(target);
  looked_at := backup.changed_table(target, table_name);
  if looked_at.changes is null then
    return jsonb '{"rows": [], "count": 0, "next_cursor": null}';
  end if;

  select * into page from backup.find_row_changes(looked_at, operations, sought, place, page_limit,
    window_rows => case when sought is null then page_limit + 1 else 100000 end);
  return jsonb_build_object(
    'rows', page.rows,
    'count', case
      when sought is null then case when 'i' = any (operations) then looked_at.insert_count else 0 end
        + case when 'u' = any (operations) then looked_at.update_count else 0 end
        + case when 'd' = any (operations) then looked_at.delete_count else 0 end
      when page.is_whole then page.match_count end,
    'next_cursor', backup.place_number(page.next_place)::text);
end;
$$;

comment on function backup.list_row_changes(uuid, text, text, text, integer, text) is
  'What a previewed restore would do to the rows of a table: {rows: [change], count, next_cursor}, changes as in the preview''s samples plus '
  'is_stale: somebody has written to the live row since, so it is not shown. change: insert, update or delete. search: part of any value, in '
  'any case; it looks at 100000 changes at a time, so a page may hold few or none and still have a next one. count: of all that match; NULL for a search that one look '
  'does not answer. Raises BK403, BK422 {argument: table, change or cursor}, BK440, BK441 {status}, BK442.';
