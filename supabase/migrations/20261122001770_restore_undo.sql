-- Undo: a restore taken back, from the images that it kept in its own transaction. It is a restore itself, with a preview, a safety backup, and
-- images of its own, so that it can be undone in turn. It touches exactly the rows that the restore wrote, and refuses where they have been changed
-- since.

create or replace function backup.request_undo(
  restore_id               uuid,
  accept_privilege_changes boolean default false,
  accept_cascade           boolean default false,
  skip_orphans             boolean default false
)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  origin    backup.restores;
  created   backup.restores;
  complaint text;
begin
  perform backup.assert_admin();
  perform backup.assert_project();
  perform from backup.restores as candidate where candidate.restore_id = request_undo.restore_id for no key update;
  origin := backup.find_restore(restore_id);

  -- guard
  complaint := case
    when origin.status <> 'completed'              then format('It is %s: nothing of it can be undone.', origin.status)
    when origin.undo_until <= clock_timestamp()    then format('It could be undone until %s; what that needs has been removed.',
      backup.iso(origin.undo_until))
    when exists (select from backup.restores as undoing
                 where undoing.undo_of = origin.restore_id and undoing.status in ('queued', 'staging', 'previewed', 'applying', 'completed'))
                                                   then 'It has been undone already, or is being undone.' end;
  if complaint is not null then
    raise exception using
      errcode = 'BK455',
      message = format('This restore cannot be undone. %s', complaint),
      detail  = jsonb_build_object('restore_id', origin.restore_id, 'status', origin.status, 'undo_until', backup.iso(origin.undo_until))::text,
      hint    = 'The safety backup that was made before it can be restored like any other backup.';
  end if;

  -- apply
  insert into backup.restores (
    backup_id, undo_of, created_by, asked_by, mode, skip_preview, accept_privilege_changes, accept_cascade, skip_orphans)
  values (
    origin.backup_id, origin.restore_id, backup.actor_id(), backup.actor_id(), 'undo', true,
    request_undo.accept_privilege_changes, request_undo.accept_cascade, request_undo.skip_orphans)
  returning * into created;
  perform backup.enqueue_job('stage', null, restore_id => created.restore_id);
  perform backup.audit('undo', 'succeeded', created.restore_id::text, jsonb_build_object('undo_of', origin.restore_id));
  perform backup.wake_worker();
  return backup.restore_json(created);
end;
$$;

comment on function backup.request_undo(uuid, boolean, boolean, boolean) is
  'Asks that a restore be undone: a restore of its own, of mode undo, which applies as soon as it is prepared. Raises BK403, BK440, BK455 when '
  'the restore is not completed, too old or undone already, BK461.';

create or replace function backup.stage_written(looked_at backup.restore_tables, kept backup.restore_tables)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  written constant text := backup.staging_table(looked_at.restore_id, looked_at.ordinal, 'a');
  keys    constant text := backup.staging_table(looked_at.restore_id, looked_at.ordinal, 'q');
  digest  constant text := format('md5(row(%s)::text)::uuid as "after md5"', backup.column_list('l', looked_at.shared_columns));
  options constant text := 'with (autovacuum_enabled = false)';
  found_rows bigint;
begin
  -- Texts become values here: of domains, whose checks may trust the search path of the project.
  perform set_config('search_path', backup.project_search_path(), true);
  if kept.written_xid is not null then
    -- Too many for digests: whatever still carries the number of that transaction has not been touched since, and so they must all do.
    execute format('create unlogged table %s %s as select %s%s from %s as l where l.xmin = %L::xid8::xid',
      written, options, coalesce(backup.column_list('l', looked_at.key) || ', ', ''), digest, backup.scan_source(looked_at.relation),
        kept.written_xid);
    get diagnostics found_rows = row_count;
    perform backup.raise_undo_conflict(looked_at, '[]', case when backup.is_comparable(kept.seen_snapshot) then kept.written_rows - found_rows
      else kept.written_rows end);
  elsif looked_at.key is null then
    execute format('create unlogged table %s %s as select image.after_md5 as "after md5" from backup.restore_images as image '
                   'where image.restore_id = %L and image.table_ordinal = %s and image.after_md5 is not null', written, options, kept.restore_id, kept.ordinal);
  else
    -- A table of the key's columns alone, for its row type; OFFSET keeps the text from being read once for each column.
    execute format('create unlogged table %s as select %s from %s as s with no data', keys, backup.column_list('s', looked_at.key), looked_at.staged);
    execute format('create unlogged table %1$s %2$s as select (image.row).*, image.after_md5 as "after md5" from ('
                   'select stored.key::%3$s as row, stored.after_md5 from backup.restore_images as stored '
                   'where stored.restore_id = %4$L and stored.table_ordinal = %5$s and stored.after_md5 is not null offset 0) as image',
      written, options, keys, kept.restore_id, kept.ordinal);
  end if;
  execute format('analyze %s', written);
end;
$$;

comment on function backup.stage_written(backup.restore_tables, backup.restore_tables) is
  'Stages key and digest of the rows that a restore wrote. kept: the table''s part in that restore. Raises BK454 {table, count} when of very many '
  'rows some have been changed since.';

create or replace function backup.stage_images(target backup.restores)
returns void
language plpgsql volatile
set search_path = ''
set datestyle = 'ISO, YMD'
set intervalstyle = 'postgres'
set timezone = 'UTC'
set extra_float_digits = 3
set bytea_output = 'hex'
as $$
declare
  kept      backup.restore_tables;
  looked_at backup.restore_tables;
  imaged    text[];
  relation  oid;
begin
  perform set_config('search_path', backup.project_search_path(), true);
  delete from backup.restore_tables as listed where listed.restore_id = target.restore_id;
  for kept in
    select * from backup.restore_tables as listed
    where listed.restore_id = target.undo_of
      and (listed.written_xid is not null
           or exists (select from backup.restore_images as image where image.restore_id = listed.restore_id and image.table_ordinal = listed.ordinal))
    order by listed.ordinal
  loop
    relation := to_regclass(format('%I.%I', kept.schema_name, kept.table_name));
    imaged   := kept.shared_columns || kept.kept_columns;
    if not coalesce(imaged <@ array(select own.name from backup.relation_columns(relation) as own where not own.is_generated), false) then
      raise exception using
        errcode = 'BK455',
        message = format('%s.%s has lost a column since, or is gone.', kept.schema_name, kept.table_name),
        detail  = jsonb_build_object('restore_id', target.undo_of, 'table', backup.label(kept))::text,
        hint    = 'Restore the safety backup that was made before it instead.';
    end if;

    insert into backup.restore_tables (
      restore_id, ordinal, role, relation, schema_name, table_name, staged, columns, shared_columns, kept_columns, key, fingerprint, backup_rows)
    select target.restore_id, kept.ordinal, 'chosen', relation, kept.schema_name, kept.table_name,
      backup.staging_table(target.restore_id, kept.ordinal, 's'),
      (select coalesce(jsonb_agg(jsonb_build_object('name', member.name, 'type', own.type, 'archived_type', own.type, 'collation',
        own.collation_name, 'status', 'same') order by member.position), '[]')
       from unnest(imaged) with ordinality as member (name, position) join backup.relation_columns(relation) as own on own.name = member.name),
      imaged,
      array(select own.name from backup.relation_columns(relation) as own where not own.is_generated
        and own.name <> all (imaged) order by own."position"),
      kept.key, backup.fingerprint(backup.relation_definition(relation)),
      (select count(image.before) from backup.restore_images as image where image.restore_id = target.undo_of and image.table_ordinal = kept.ordinal)
    returning * into looked_at;

    perform backup.create_staged(looked_at);
    -- OFFSET keeps the text from being read once for each column.
    execute format('insert into %1$s select (image.row).* from (select kept.before::%1$s as row from backup.restore_images as kept '
                   'where kept.restore_id = $1 and kept.table_ordinal = $2 and kept.before is not null offset 0) as image', looked_at.staged)
    using target.undo_of, kept.ordinal;

    perform backup.stage_written(looked_at, kept);
  end loop;
end;
$$;

comment on function backup.stage_images(backup.restores) is
  'Stages an undo: the rows as they were before the restore, and key and digest of each row as it left them. Raises BK455 when a table has lost a '
  'column since.';

create or replace function backup.raise_undo_conflict(looked_at backup.restore_tables, rows jsonb, conflict_count bigint)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if conflict_count > 0 then
    raise exception using
      errcode = 'BK454',
      message = format('%s rows of %s.%s have been changed since the restore.', conflict_count, looked_at.schema_name, looked_at.table_name),
      detail  = jsonb_build_object('table', backup.label(looked_at), 'count', conflict_count, 'rows', rows)::text,
      hint    = 'Nothing was changed. The details name the first hundred. To lose these changes, restore the safety backup that was made before the restore.';
  end if;
end;
$$;

comment on function backup.raise_undo_conflict(backup.restore_tables, jsonb, bigint) is 'Raises BK454 {table, count, rows} unless the count is 0.';

create or replace function backup.find_undo_changes(looked_at backup.restore_tables, changes text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  live      constant text := backup.scan_source(looked_at.relation);
  afters    constant text := backup.staging_table(looked_at.restore_id, looked_at.ordinal, 'a');
  digest    constant text := format('md5(row(%s)::text)::uuid', backup.column_list('l', looked_at.shared_columns));
  -- s is a row of the past, a what the restore made of it, l what there is now.
  a_is_l    text;
  s_is_l    text;
  s_is_a    text;
  conflicts bigint;
  sample    jsonb;
begin
  if looked_at.key is null then
    execute format($sql$
      with left_behind as (select a."after md5" as digest, row_number() over (partition by a."after md5") as number from %1$s as a),
      present as (select l.digest, l.place_table, l.place, l.written, row_number() over (partition by l.digest order by l.place) as number
                  from (select %2$s as digest, l.tableoid as place_table, l.ctid as place, l.xmin as written from %3$s as l) as l),
      matched as (select present.* , left_behind.digest is not null as is_ours, present.digest is not null as is_there
                  from left_behind left join present on present.digest = left_behind.digest and present.number = left_behind.number),
      removed as (insert into %4$s (op, live_table, live, live_xmin) select 'd', matched.place_table, matched.place, matched.written from matched
        where matched.is_there)
      select count(*) filter (where not matched.is_there) from matched
    $sql$, afters, digest, live, changes) into conflicts;
    perform backup.raise_undo_conflict(looked_at, '[]', conflicts);
    execute format('insert into %s (op, staged) select ''i'', s.ctid from %s as s', changes, looked_at.staged);
    return;
  end if;

  s_is_l := backup.key_matches(looked_at.relation, looked_at.key);
  select string_agg(backup.equality('a.' || quote_ident(own.name), 'l.' || quote_ident(own.name), own.type_oid, own.type_oid), ' and '),
         string_agg(backup.equality('s.' || quote_ident(own.name), 'a.' || quote_ident(own.name), own.type_oid, own.type_oid), ' and ')
  into a_is_l, s_is_a
  from backup.relation_columns(looked_at.relation) as own where own.name = any (looked_at.key);

  -- guard: what it wrote is as it wrote it, and what it deleted has not come back
  execute format($sql$
    with conflicting as (
      select %1$s as key from %2$s as a left join %3$s as l on %4$s where l.ctid is null or %5$s <> a."after md5"
      union all
      select %6$s from %7$s as s where not exists (select from %2$s as a where %8$s) and exists (select from %3$s as l where %9$s)
    )
    select count(*), (select jsonb_agg(shown.key) from (select * from conflicting limit 100) as shown) from conflicting
  $sql$, backup.texts_object('a', looked_at.key), afters, live, a_is_l, digest, backup.texts_object('s', looked_at.key), looked_at.staged,
    s_is_a, s_is_l)
  into conflicts, sample;
  perform backup.raise_undo_conflict(looked_at, sample, conflicts);

  execute format($sql$
    insert into %1$s (op, staged, live_table, live, live_xmin)
    select case when s.ctid is null then 'd' else 'u' end::"char", s.ctid, l.tableoid, l.ctid, l.xmin
    from %2$s as a join %3$s as l on %4$s left join %5$s as s on %6$s
    union all
    select 'i', s.ctid, null, null, null from %5$s as s where not exists (select from %2$s as a where %6$s)
  $sql$, changes, afters, live, a_is_l, looked_at.staged, s_is_a);
end;
$$;

comment on function backup.find_undo_changes(backup.restore_tables, text) is
  'The changes that take a restore back. Raises BK454 {table, count, rows} when rows that it wrote have been changed or deleted since, or rows '
  'that it deleted are there again.';
