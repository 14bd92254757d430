-- Changes: what a restore would do to each table, row by row, as a list of places: the staged row (ctid) and the live row (table, ctid, xmin).
--
-- A row differs when it is not identical, not when it is unequal: 1.0 and 1.00, 0 and -0, '24:00' and '1 day' are equal to Postgres and not to a
-- person. So the images are compared (*<>), and where they differ the texts, column by column: some values have several images and one text.
--
-- In the SQL that is put together here s is a row of the backup, l a live row and c an entry of the list; all columns are qualified, so they may have
-- any name.

create or replace function backup.text_of(alias text, column_name text)
returns text
language sql immutable
set search_path = ''
as $$
  -- concat() calls the type's output function, as COPY does; a cast to text may be somebody's own. num_nulls(): a record of NULLs "is null", too.
  select format('case when num_nulls(%1$s.%2$I) = 0 then concat(%1$s.%2$I) end', alias, column_name);
$$;

comment on function backup.text_of(text, text) is 'SQL for the text of a column''s value, as COPY would write it; NULL for NULL.';

create or replace function backup.texts_object(alias text, columns text[], max_length integer default 500)
returns text
language sql immutable
set search_path = ''
as $$
  -- 50 pairs at a time: a function takes a hundred arguments.
  select coalesce(string_agg(format('jsonb_build_object(%s)', piece.pairs), ' || ' order by piece.number), 'null::jsonb')
  from (
    select (member.position - 1) / 50 as number,
      string_agg(format('%L, left(%s, %s)', member.name, backup.text_of(alias, member.name), max_length), ', ' order by member.position) as pairs
    from unnest(columns) with ordinality as member (name, position)
    group by 1
  ) as piece;
$$;

comment on function backup.texts_object(text, text[], integer) is
  'SQL for a JSON object of the columns'' texts, each cut at max_length characters; NULL without columns.';

create or replace function backup.count_rows(query text, out row_count bigint, out sample jsonb)
language plpgsql stable
set search_path = ''
as $$
begin
  -- CHECKs and expressions of the project may be in it, and their functions may trust its search path.
  perform set_config('search_path', backup.project_search_path(), true);
  execute format('with counted as materialized (%s) select count(*), (select jsonb_agg(shown.row) from (select * from counted limit 10) as shown) from counted', query)
  into row_count, sample;
end;
$$;

comment on function backup.count_rows(text) is
  'Runs a query of one column "row" once: how many there are, and the first ten as an array, NULL when there are none.';

create or replace function backup.column_list(alias text, columns text[])
returns text
language sql immutable
set search_path = ''
as $$
  select string_agg(coalesce(alias || '.', '') || quote_ident(member.name), ', ' order by member.position)
  from unnest(columns) with ordinality as member (name, position);
$$;

comment on function backup.column_list(text, text[]) is 'SQL for a list of columns, qualified by the alias unless that is NULL.';

create or replace function backup.column_differs(column_name text)
returns text
language sql immutable
set search_path = ''
as $$
  select format('(num_nulls(s.%1$I) <> num_nulls(l.%1$I) or concat(s.%1$I) <> concat(l.%1$I) collate "C")', column_name);
$$;

comment on function backup.column_differs(text) is 'SQL for whether a column of s and l is not the same text.';

create or replace function backup.row_differs(columns text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case when cardinality(columns) = 0 then 'false' else format('row(%s)::record operator(pg_catalog.*<>) row(%s)::record and (%s)',
    backup.column_list('s', columns), backup.column_list('l', columns),
    (select string_agg(backup.column_differs(member.name), ' or ') from unnest(columns) as member (name))) end;
$$;

comment on function backup.row_differs(text[]) is 'SQL for whether s and l are not identical in these columns.';

create or replace function backup.key_matches(relation oid, key text[])
returns text
language sql stable
set search_path = ''
as $$
  select string_agg(backup.equality('s.' || quote_ident(own.name), 'l.' || quote_ident(own.name), own.type_oid, own.type_oid), ' and ')
  from backup.relation_columns(relation) as own
  where own.name = any (key);
$$;

comment on function backup.key_matches(oid, text[]) is 'SQL for whether s and l have the same key, by the key''s own equality.';

create or replace function backup.numbered_images(source text, alias text, columns text[])
returns text
language sql immutable
set search_path = ''
as $$
  select format($sql$(
    select t.place_table, t.place, t.written, t.image, row_number() over (partition by t.image order by t.place) as number
    from (select %1$s.tableoid as place_table, %1$s.ctid as place, %1$s.xmin as written,
      sha256(convert_to(row(%2$s)::text, 'UTF8')) as image from %3$s as %1$s) as t)$sql$,
    alias, coalesce(backup.column_list(alias, columns), ''), source);
$$;

comment on function backup.numbered_images(text, text, text[]) is
  'SQL for the rows of a table without a key: place, a digest of all columns'' texts, and, as equal rows are allowed, a number among them.';


-- chosen rows ------------------------------------------------------------------------------------------------------------------

create or replace function backup.pick_chosen(target backup.restores, looked_at backup.restore_tables)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  keys    constant jsonb := target.requested_rows -> backup.label(looked_at);
  wanted  text;
  missing jsonb;
begin
  perform set_config('search_path', backup.project_search_path(), true);
  select format('(values %s) as l (%s)',
    (select string_agg('(' || (
        select string_agg(format('%L::%s', element.value, own.type), ', ' order by element.position)
        from jsonb_array_elements_text(row_key.value) with ordinality as element (value, position)
        join backup.relation_columns(looked_at.relation) as own on own.name = looked_at.key[element.position]) || ')', ', ')
     from jsonb_array_elements(keys) as row_key),
    backup.column_list(null, looked_at.key))
  into wanted;

  execute format('insert into %s select distinct s.tableoid, s.ctid from %s join %s as s on %s',
    backup.staging_table(target.restore_id, looked_at.ordinal, 'p'), wanted, looked_at.staged, backup.key_matches(looked_at.relation, looked_at.key));
  execute format('select jsonb_agg(%s) from %s where not exists (select from %s as s where %s)',
    backup.texts_object('l', looked_at.key), wanted, looked_at.staged, backup.key_matches(looked_at.relation, looked_at.key)) into missing;

  if missing is not null then
    raise exception using
      errcode = 'BK448',
      message = format('%s of the chosen rows are not in the backup of %s.%s.', jsonb_array_length(missing), looked_at.schema_name,
        looked_at.table_name),
      detail  = jsonb_build_object('rows', jsonb_build_object(backup.label(looked_at), missing))::text,
      hint    = 'They were created after it, or deleted before it. Choose another backup.';
  end if;
end;
$$;

comment on function backup.pick_chosen(backup.restores, backup.restore_tables) is
  'Picks the staged rows that a request names. Raises BK448 {rows} for those that the backup does not have.';

create or replace function backup.pick_rows(target backup.restores)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  looked_at backup.restore_tables;
  step      record;
  picked    bigint;
  is_done   boolean;
begin
  for looked_at in
    select * from backup.restore_tables as listed where listed.restore_id = target.restore_id and not listed.is_blocked order by listed.ordinal
  loop
    execute format('drop table if exists %1$s; create unlogged table %1$s (place_table oid, place tid) with (autovacuum_enabled = false)',
      backup.staging_table(target.restore_id, looked_at.ordinal, 'p'));
    if looked_at.role = 'chosen' then
      perform backup.pick_chosen(target, looked_at);
    end if;
  end loop;

  -- First everything that refers to what is picked, until nothing more does; then parents that are missing, and theirs.
  for is_upwards in (not target.with_children)::integer .. 1 loop
    loop
      is_done := true;
      for step in
        select child.ordinal as child_ordinal, child.staged as child_staged, parent.ordinal as parent_ordinal, parent.staged as parent_staged,
          found_key.child_columns, found_key.comparison, parent.relation as parent_relation, found_key.live_comparison
        from backup.restore_references(target.restore_id) as found_key
        join backup.restore_tables as child  on child.restore_id  = target.restore_id and child.ordinal  = found_key.child_ordinal
          and not child.is_blocked
        join backup.restore_tables as parent on parent.restore_id = target.restore_id and parent.ordinal = found_key.parent_ordinal
          and not parent.is_blocked
        where found_key.child_columns <@ child.shared_columns and found_key.parent_columns <@ parent.shared_columns
      loop
        if is_upwards = 0 then
          execute format($sql$
            insert into %1$s select s.tableoid, s.ctid from %2$s as s
            where exists (select from %3$s as p join %4$s as picked on picked.place_table = p.tableoid and picked.place = p.ctid where %5$s)
              and not exists (select from %1$s as already where already.place_table = s.tableoid and already.place = s.ctid)
          $sql$, backup.staging_table(target.restore_id, step.child_ordinal, 'p'), step.child_staged,
                 step.parent_staged, backup.staging_table(target.restore_id, step.parent_ordinal, 'p'), step.comparison);
        else
          execute format($sql$
            insert into %1$s select p.tableoid, p.ctid from %2$s as p
            where exists (select from %3$s as s join %4$s as picked on picked.place_table = s.tableoid and picked.place = s.ctid where %5$s)
              and not exists (select from %1$s as already where already.place_table = p.tableoid and already.place = p.ctid)
              and not exists (select from %6$s as l where %7$s)
          $sql$, backup.staging_table(target.restore_id, step.parent_ordinal, 'p'), step.parent_staged,
                 step.child_staged, backup.staging_table(target.restore_id, step.child_ordinal, 'p'), step.comparison,
                 backup.scan_source(step.parent_relation), step.live_comparison);
        end if;
        get diagnostics picked = row_count;
        is_done := is_done and picked = 0;
      end loop;
      exit when is_done;
    end loop;
  end loop;
end;
$$;

comment on function backup.pick_rows(backup.restores) is
  'With chosen rows: the staged rows that will be restored. The chosen ones, those that refer to them (with_children; recursively, as it was in '
  'the backup), and the parents of all these that are not there any more. Raises BK448 {rows}.';


-- the list ---------------------------------------------------------------------------------------------------------------------

create or replace function backup.oldest_age(target backup.restores, looked_at backup.restore_tables)
returns integer
language sql stable
set search_path = ''
as $$
  -- A live row that is older than the backup's snapshot was in it, and so is the very row of its key that the archive has (see chapter "unchanged").
  select age((origin.snapshot ->> 'xmin')::xid8::xid)
  from public.backups as origin
  join backup.backup_tables as covered on covered.backup_id = origin.id and covered.ordinal = looked_at.backup_ordinal
  where origin.id = target.backup_id and looked_at.key is not null
    and covered.fingerprint = looked_at.fingerprint
    and backup.is_comparable(origin.snapshot) and not backup.is_redefined(looked_at.relation, origin.snapshot);
$$;

comment on function backup.oldest_age(backup.restores, backup.restore_tables) is
  'age(xmin) of the oldest row that may have been written since the backup; NULL where that is not to be known and every row must be compared. '
  'Holds within this transaction.';

create or replace function backup.changes_query(target backup.restores, looked_at backup.restore_tables)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  is_partial  constant boolean := target.requested_rows is not null;
  may_delete  constant boolean := target.mode = 'replace' and not is_partial;
  may_update  constant boolean := target.mode in ('replace', 'merge');
  live        constant text := backup.scan_source(looked_at.relation);
  differs     constant text := backup.row_differs(looked_at.shared_columns);
  picked      constant text := backup.staging_table(target.restore_id, looked_at.ordinal, 'p');
  oldest_age  constant integer := backup.oldest_age(target, looked_at);
begin
  -- i: insert, u: update, d: delete, k: differs and is kept.
  if looked_at.key is not null and is_partial then
    return format($sql$
      select case when l.ctid is null then 'i' when %5$L then 'u' else 'k' end::"char", s.ctid, l.tableoid, l.ctid, l.xmin
      from %1$s as picked
      join %2$s as s on s.ctid = picked.place
      left join %3$s as l on %4$s
      where l.ctid is null or %6$s
    $sql$, picked, looked_at.staged, live, backup.key_matches(looked_at.relation, looked_at.key), may_update, differs);
  elsif oldest_age is not null then
    return format($sql$
      select case when s.ctid is null then %6$L when %7$L then 'u' else 'k' end::"char", s.ctid, l.tableoid, l.ctid, l.xmin
      from %1$s as l left join %2$s as s on %3$s
      where age(l.xmin) <= %4$s and (s.ctid is null or %5$s)
      union all
      select 'i', s.ctid, null, null, null from %2$s as s where not exists (select from %1$s as l where %3$s)
    $sql$, live, looked_at.staged, backup.key_matches(looked_at.relation, looked_at.key), oldest_age, differs,
      case when may_delete then 'd' else 'k' end, may_update);
  elsif looked_at.key is not null then
    return format($sql$
      select case when l.ctid is null then 'i' when s.ctid is not null and %4$L then 'u' when s.ctid is null and %5$L then 'd' else 'k' end::"char",
        s.ctid, l.tableoid, l.ctid, l.xmin
      from %1$s as s full join %2$s as l on %3$s
      where s.ctid is null or l.ctid is null or %6$s
    $sql$, looked_at.staged, live, backup.key_matches(looked_at.relation, looked_at.key), may_update, may_delete, differs);
  else
    return format($sql$
      select case when l.place is null then 'i' when %3$L then 'd' else 'k' end::"char", s.place, l.place_table, l.place, l.written
      from %1$s as s full join %2$s as l on l.image = s.image and l.number = s.number
      where (s.place is null or l.place is null) and %4$s
    $sql$, backup.numbered_images(looked_at.staged, 's', looked_at.shared_columns), backup.numbered_images(live, 'l', looked_at.shared_columns),
      may_delete,
      case when is_partial then format('exists (select from %s as picked where picked.place = s.place)', picked) else 'true' end);
  end if;
end;
$$;

comment on function backup.changes_query(backup.restores, backup.restore_tables) is
  'The query that compares the staged rows of one table with the live ones: op, staged row, live table, live row and its xmin; see '
  'backup.find_changes().';

create or replace function backup.create_changes(restore_id uuid, ordinal integer)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  name constant text := backup.staging_table(restore_id, ordinal, 'c');
begin
  execute format('drop table if exists %s', name);
  execute format(
    'create unlogged table %s (op "char" not null, staged tid, live_table oid, live tid, live_xmin xid, is_orphan boolean not null default false, unlinked text[]) '
    'with (autovacuum_enabled = false)', name);
  update backup.restore_tables as listed set changes = name where listed.restore_id = create_changes.restore_id
    and listed.ordinal = create_changes.ordinal;
  return name;
end;
$$;

comment on function backup.create_changes(uuid, integer) is
  'Makes the empty list of changes of one table. op: i (insert), u (update), d (delete), k (differs and is kept), n (set NULL by the foreign keys '
  '"unlinked"). is_orphan: to be left out when orphans are skipped.';

create or replace function backup.referenced_columns(relation oid)
returns text[]
language sql stable
set search_path = ''
as $$
  select array(
    select distinct unnest(backup.column_names(key.confrelid, key.confkey))
    from pg_catalog.pg_constraint as key
    where key.confrelid = relation and key.contype = 'f');
$$;

comment on function backup.referenced_columns(oid) is 'The columns of a table that foreign keys refer to.';

create or replace function backup.linked_columns(relation oid)
returns text[]
language sql stable
set search_path = ''
as $$
  select backup.referenced_columns(relation) || array(
    select distinct unnest(backup.column_names(key.conrelid, key.conkey))
    from pg_catalog.pg_constraint as key
    where key.conrelid = relation and key.contype = 'f');
$$;

comment on function backup.linked_columns(oid) is 'The columns of a table that foreign keys lead from or to.';

create or replace function backup.refresh_statistics(relation oid, row_count bigint)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  known_rows real;
begin
  -- A table that was filled a moment ago is an empty one to the planner, who would then look up each row by reading all of it.
  select sum(greatest(class.reltuples, 0)) into known_rows
  from backup.table_heaps(relation) as heap
  join pg_catalog.pg_class as class on class.oid = heap.source;
  if row_count > 4 * known_rows + 1000 then
    execute format('analyze %s%s', relation::pg_catalog.regclass, ' (' || backup.column_list(null, coalesce(
      backup.relation_key(relation), array(select own.name from backup.relation_columns(relation) as own order by own."position" limit 1))) || ')');
  end if;
end;
$$;

comment on function backup.refresh_statistics(oid, bigint) is
  'Analyzes a table (its key alone) when the planner believes it much smaller than it is. row_count: how many rows it really has, at least.';

create or replace function backup.note_seen(looked_at backup.restore_tables)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  row_count bigint;
begin
  -- First the snapshot, then the count, and only then the comparison: what is written in between is then recognised, whether the comparison saw it or
  -- not.
  update backup.restore_tables as listed
  set seen_snapshot = backup.current_snapshot()
  where listed.restore_id = looked_at.restore_id and listed.ordinal = looked_at.ordinal;
  execute format('update backup.restore_tables as listed set live_rows = (select count(*) from %s as l) where listed.restore_id = $1 and listed.ordinal = $2 returning listed.live_rows',
    backup.scan_source(looked_at.relation)) into row_count using looked_at.restore_id, looked_at.ordinal;
  perform backup.refresh_statistics(looked_at.relation, row_count);
end;
$$;

comment on function backup.note_seen(backup.restore_tables) is
  'Notes when a live table was looked at and how many rows it had, so that backup.is_unchanged_since() can tell later.';

create or replace function backup.find_changes(target backup.restores, looked_at backup.restore_tables)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  changes constant text := backup.create_changes(looked_at.restore_id, looked_at.ordinal);
begin
  perform backup.note_seen(looked_at);
  if target.mode = 'undo' then
    perform backup.find_undo_changes(looked_at, changes);
  else
    execute format('insert into %s (op, staged, live_table, live, live_xmin) %s', changes, backup.changes_query(target, looked_at));
  end if;
  execute format('analyze %s', changes);
end;
$$;

comment on function backup.find_changes(backup.restores, backup.restore_tables) is
  'Compares one table with the backup and writes the list of changes anew.';

create or replace function backup.count_changes(restore_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  listed record;
begin
  for listed in select looked_at.ordinal, looked_at.changes from backup.restore_tables as looked_at
                where looked_at.restore_id = count_changes.restore_id and looked_at.changes is not null loop
    execute format($sql$
      update backup.restore_tables as looked_at
      set (insert_count, update_count, delete_count, kept_count) = (
        select count(*) filter (where c.op = 'i'), count(*) filter (where c.op in ('u', 'n')), count(*) filter (where c.op = 'd'),
          count(*) filter (where c.op = 'k')
        from %s as c)
      where looked_at.restore_id = $1 and looked_at.ordinal = $2
    $sql$, listed.changes) using count_changes.restore_id, listed.ordinal;
  end loop;
end;
$$;

comment on function backup.count_changes(uuid) is 'Counts the lists of changes into backup.restore_tables.';
