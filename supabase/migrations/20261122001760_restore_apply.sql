-- Apply: the one transaction in which a restore happens. Nothing is caught in it: whatever fails, all of it has never been.

create or replace function backup.touched_tables(restore_id uuid)
returns text[]
language sql stable
set search_path = ''
as $$
  -- Rows may cascade into what no backup takes; the images for undo have them all the same.
  select array(
    select backup.label(listed)
    from backup.restore_tables as listed
    where listed.restore_id = touched_tables.restore_id and listed.is_touched
      and backup.table_objection(listed.relation) is null
    order by listed.ordinal);
$$;

comment on function backup.touched_tables(uuid) is 'The tables that a restore changes, as far as a backup can take them.';

create or replace function backup.begin_applying(restore_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  touched constant text[] := backup.touched_tables(restore_id);
  safety  uuid;
begin
  if touched <> '{}' then
    insert into public.backups (created_by, kind, notes, tables, requested_tables, override_validation, override_reason, filename)
    select target.created_by, 'safety', format('Before restore %s', target.restore_id), touched, touched, true,
      'A safety backup keeps what is there, valid or not.',
      to_char(clock_timestamp() at time zone 'UTC', '"alumni-safety-"YYYY-MM-DD"T"HH24-MI-SS"Z.sql.gz"')
    from backup.restores as target where target.restore_id = begin_applying.restore_id
    returning id into safety;
    perform backup.enqueue_job('backup', safety, is_urgent => true);
  else
    perform backup.enqueue_job('apply', null, restore_id => begin_applying.restore_id);
  end if;

  update backup.restores as target
  set status = 'applying', phase = case when safety is null then 'applying' else 'safety_backup' end, safety_backup_id = safety, expires_at = null
  where target.restore_id = begin_applying.restore_id;
end;
$$;

comment on function backup.begin_applying(uuid) is
  'Sends a previewed restore on its way: first the safety backup of the tables that it touches, whose end queues the rest.';

create or replace function backup.end_safety_backup(backup_id uuid, error jsonb default null)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  waiting uuid;
begin
  select target.restore_id into waiting
  from backup.restores as target
  where target.safety_backup_id = end_safety_backup.backup_id and target.status = 'applying' and target.phase = 'safety_backup';

  if waiting is null then
    return;
  elsif error is null then
    update backup.restores as target set phase = 'applying' where target.restore_id = waiting;
    perform backup.enqueue_job('apply', null, restore_id => waiting);
    perform backup.wake_worker();
  else
    perform backup.end_restore(waiting, 'failed', jsonb_build_object(
      'code', 'safety_backup_failed', 'message', format('The safety backup failed: %s', error ->> 'message'),
      'hint', 'Nothing was changed. See the error of the safety backup, then restore again.',
      'details', jsonb_build_object('backup_id', end_safety_backup.backup_id, 'error', error)));
  end if;
end;
$$;

comment on function backup.end_safety_backup(uuid, jsonb) is 'A safety backup has ended: its restore goes on, or fails with it.';

create or replace function backup.report_progress(percent integer, table_label text default null)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  raise notice using errcode = 'BK001', message = jsonb_build_object('phase', 'applying', 'percent', percent, 'table', table_label)::text;
end;
$$;

comment on function backup.report_progress(integer, text) is
  'Tells the client, in the midst of a transaction, how far it is: a NOTICE with SQLSTATE BK001 and JSON. Rows would be seen by nobody before it '
  'ends.';

create or replace function backup.lock_for_apply(target backup.restores)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  locked record;
begin
  perform backup.limit_lock_waits();
  -- Readers go on. In the order of their ids, so that two restores cannot wait for each other. EXCLUSIVE also waits for whoever has locked a row
  -- and is about to write it, or has taken away a parent: later it would be too late for both.
  for locked in
    with written as (
      select listed.relation from backup.restore_tables as listed
      where listed.restore_id = target.restore_id and not listed.is_blocked and (listed.role = 'chosen' or listed.is_touched)
    ),
    links as materialized (
      select found.child, found.parent from backup.restore_references(target.restore_id) as found
    ),
    rights as materialized (
      select backup.resolve_table(held.name) as relation from unnest('{user_roles,roles,profiles}'::text[]) as held (name)
    ),
    -- Tables that only refer to them, or are referred to: no row may come or go while foreign keys are proved.
    neighbours as (
      select links.child as relation from links join written on written.relation = links.parent
      union
      select links.parent from links join written on written.relation = links.child
      union
      -- who is an administrator
      select rights.relation from rights
      where rights.relation is not null and exists (select from rights as touched join written on written.relation = touched.relation)
    )
    select listed.relation, bool_or(listed.is_written) as is_written
    from (select written.relation, true as is_written from written union all select neighbours.relation, false from neighbours) as listed
    group by listed.relation
    -- A parent of the platform's that may only be read cannot be locked. Whoever deletes there locks rows of the child, and waits.
    having has_table_privilege(listed.relation, 'update, delete, truncate')
    order by listed.relation
  loop
    execute format('lock table %s in %s mode', backup.scan_source(locked.relation), case when locked.is_written then 'exclusive' else 'share' end);
  end loop;
end;
$$;

comment on function backup.lock_for_apply(backup.restores) is
  'Keeps writers from everything that a restore writes and that its foreign keys lead to. Raises 55P03 when the locks are not to be had in time.';

create or replace function backup.raise_stale(restore_id uuid, tables text[], message text default 'The data has changed since the preview.')
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'BK442',
    message = raise_stale.message,
    detail  = jsonb_build_object('restore_id', restore_id, 'tables', tables)::text,
    hint    = 'Nothing was changed. Make a new preview, look at it, and apply that.';
end;
$$;

comment on function backup.raise_stale(uuid, text[], text) is 'Raises BK442 {restore_id, tables}.';

create or replace function backup.all_changes(restore_id uuid)
returns text
language sql stable
set search_path = ''
as $$
  select coalesce(string_agg(
      format('select %s::oid as relation, c.op, c.staged, c.live_table, c.live, c.live_xmin, c.is_orphan, c.unlinked from %s as c where c.op <> ''k''',
        listed.relation, listed.changes), ' union all '),
    'select null::oid as relation, null::"char" as op, null::tid as staged, null::oid as live_table, null::tid as live, null::xid as live_xmin, '
    'null::boolean as is_orphan, null::text[] as unlinked where false')
  from backup.restore_tables as listed
  where listed.restore_id = all_changes.restore_id and listed.changes is not null;
$$;

comment on function backup.all_changes(uuid) is 'SQL for all that a restore would change, as one list, to be compared with another.';

create or replace function backup.refresh_changes(target backup.restores)
returns boolean
language plpgsql volatile
set search_path = ''
set jit = off
as $$
declare
  seen      constant text := backup.staging_table(target.restore_id, 0, 'c');
  looked_at backup.restore_tables;
  changed   text[] := '{}'::text[];
  is_other  boolean;
  problems  jsonb;
begin
  for looked_at in
    select * from backup.restore_tables as listed
    where listed.restore_id = target.restore_id and not listed.is_blocked
      and (listed.role = 'chosen' or listed.changes is not null) order by listed.ordinal
  loop
    if backup.fingerprint(backup.relation_definition(looked_at.relation)) is distinct from looked_at.fingerprint then
      perform backup.raise_stale(target.restore_id, array[backup.label(looked_at)],
        format('The definition of %s has changed since the preview.', backup.label(looked_at)));
    end if;
    if not backup.is_unchanged_since(looked_at.relation, looked_at.live_rows, looked_at.seen_snapshot) then
      changed := changed || backup.label(looked_at);
      -- What was not fetched cannot be compared now.
      if looked_at.is_unchanged then
        perform backup.raise_stale(target.restore_id, changed);
      end if;
    end if;
  end loop;
  if changed = '{}' then
    return false;
  end if;

  -- Some row was written. Whether that matters, only the comparison can tell: it is made again, and must come to the same.
  execute format('drop table if exists %1$s; create unlogged table %1$s with (autovacuum_enabled = false) as %2$s', seen,
    backup.all_changes(target.restore_id));
  problems := backup.compare_tables(target);
  if target.skip_preview then
    -- Nobody has looked at the first one.
    update backup.restores as candidate
    set preview = backup.preview_restore(target, problems -> 'orphans', problems -> 'cascades')
    where candidate.restore_id = target.restore_id;
    return true;
  end if;

  execute format('select exists (table %1$s except all (%2$s)) or exists ((%2$s) except all table %1$s)', seen,
    backup.all_changes(target.restore_id)) into is_other;
  if is_other then
    perform backup.raise_stale(target.restore_id, changed);
  end if;
  return true;
end;
$$;

comment on function backup.refresh_changes(backup.restores) is
  'With the locks held: the lists of changes are those of the preview. Tables that were not written since are proved so (see '
  'backup.is_unchanged_since()); otherwise everything is compared again and must come to the same, unless nobody was shown a preview. Whether it '
  'was compared again. Raises BK442 {tables}.';


-- writing ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.silence_table(relation oid)
returns text[]
language plpgsql volatile
set search_path = ''
as $$
declare
  silenced record;
  undoing  text[] := '{}'::text[];
begin
  -- session_replication_role silences ordinary triggers and rules. Those that fire always, or on a replica, are switched off until the end of the
  -- transaction.
  for silenced in
    select tree.relid, own.tgname as name, 'trigger' as kind, case own.tgenabled when 'A' then 'always' else 'replica' end as mode
    from (select relation as relid union select listed.relid from pg_catalog.pg_partition_tree(relation) as listed) as tree
    join pg_catalog.pg_trigger as own on own.tgrelid = tree.relid and not own.tgisinternal and own.tgenabled in ('A', 'R')
    union all
    select own.ev_class, own.rulename, 'rule', case own.ev_enabled when 'A' then 'always' else 'replica' end
    from pg_catalog.pg_rewrite as own where own.ev_class = relation and own.ev_enabled in ('A', 'R')
  loop
    execute format('alter table %s disable %s %I', silenced.relid::pg_catalog.regclass, silenced.kind, silenced.name);
    undoing := undoing || format('alter table %s enable %s %s %I', silenced.relid::pg_catalog.regclass, silenced.mode, silenced.kind, silenced.name);
  end loop;
  return undoing;
end;
$$;

comment on function backup.silence_table(oid) is
  'Switches off the triggers and rules of a table that session_replication_role does not, and returns the statements that switch them on again.';

create or replace function backup.keep_old_images(looked_at backup.restore_tables)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  execute format($sql$
    insert into backup.restore_images (restore_id, table_ordinal, key, before)
    select $1, $2, %s, row(%s)::text
    from %s as l join %s as c on c.live = l.ctid and c.live_table = l.tableoid
    where c.op in ('u', 'd', 'n') and not c.is_orphan
  $sql$, backup.key_image('l', looked_at.key), backup.column_list('l', looked_at.shared_columns || looked_at.kept_columns),
    backup.scan_source(looked_at.relation), looked_at.changes) using looked_at.restore_id, looked_at.ordinal;
end;
$$;

comment on function backup.keep_old_images(backup.restore_tables) is 'Keeps the rows that are about to go or to be replaced, for undo.';

create or replace function backup.keep_new_images(looked_at backup.restore_tables)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  -- What this very transaction wrote: its rows carry its number.
  written constant text := format('from %s as l where l.xmin = pg_current_xact_id()::xid', backup.scan_source(looked_at.relation));
begin
  if looked_at.insert_count + looked_at.update_count > (backup.setting('undo_digest_rows'))::bigint then
    execute format($sql$
      update backup.restore_tables as listed
      set written_xid = pg_current_xact_id()::text, written_rows = (select count(*) %s), seen_snapshot = backup.current_snapshot()
      where listed.restore_id = $1 and listed.ordinal = $2
    $sql$, written) using looked_at.restore_id, looked_at.ordinal;
  else
    execute format('insert into backup.restore_images (restore_id, table_ordinal, key, after_md5) select $1, $2, %s, md5(row(%s)::text)::uuid %s',
      backup.key_image('l', looked_at.key), backup.column_list('l', looked_at.shared_columns || looked_at.kept_columns), written)
    using looked_at.restore_id, looked_at.ordinal;
  end if;
end;
$$;

comment on function backup.keep_new_images(backup.restore_tables) is
  'Keeps what undo must know of the rows that were written: a digest of each or, where they are very many, only the number of this transaction.';

create or replace function backup.key_image(alias text, key text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case when key is null then 'null' else format('row(%s)::text', backup.column_list(alias, key)) end;
$$;

comment on function backup.key_image(text, text[]) is 'SQL for a row''s key in the text form of a record; NULL without a key.';

create or replace function backup.delete_changed(looked_at backup.restore_tables)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  expected bigint;
  deleted  bigint;
begin
  execute format('select count(*) from %s as c where c.op in (''u'', ''d'') and not c.is_orphan', looked_at.changes) into expected;
  execute format('delete from %s as l using %s as c where c.live = l.ctid and c.live_table = l.tableoid and c.live_xmin = l.xmin and c.op in (''u'', ''d'') and not c.is_orphan',
    backup.scan_source(looked_at.relation), looked_at.changes);
  get diagnostics deleted = row_count;
  if deleted <> expected then
    perform backup.raise_stale(looked_at.restore_id, array[backup.label(looked_at)],
      format('%s rows of %s are not where the preview saw them.', expected - deleted, backup.label(looked_at)));
  end if;
end;
$$;

comment on function backup.delete_changed(backup.restore_tables) is
  'Deletes the rows that go and those that are replaced: these are inserted anew, so that values may change places between rows. Raises BK442 '
  'when a row is not there.';

create or replace function backup.unlinked_value(alias text, relation oid, column_name text)
returns text
language sql stable
set search_path = ''
as $$
  select coalesce((
    select format('case when c.unlinked && %L::text[] then null else %s.%I end', array_agg(key.conname::text), alias, column_name)
    from pg_catalog.pg_constraint as key
    where key.conrelid = relation and key.contype = 'f'
      -- ON DELETE SET NULL may name some of its columns only.
      and column_name = any (backup.column_names(key.conrelid, coalesce(key.confdelsetcols, key.conkey)))
    having count(*) > 0), format('%s.%I', alias, column_name));
$$;

comment on function backup.unlinked_value(text, oid, text) is
  'SQL for a column''s value after the change c: NULL where that unlinks a foreign key of the column, as ON DELETE SET NULL would.';

create or replace function backup.keep_columns(looked_at backup.restore_tables)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  kept constant text := backup.staging_table(looked_at.restore_id, looked_at.ordinal, 'k');
begin
  if looked_at.kept_columns = '{}' or looked_at.update_count = 0 or looked_at.staged is null then
    return null;
  end if;
  execute format($sql$
    create unlogged table %s with (autovacuum_enabled = false) as
      select c.staged as "staged row", %s from %s as c join %s as l on l.ctid = c.live and l.tableoid = c.live_table
      where c.op = 'u' and not c.is_orphan
  $sql$, kept, (select string_agg(format('%s as %I', backup.unlinked_value('l', looked_at.relation, member.name), member.name),
    ', ' order by member.position)
                from unnest(looked_at.kept_columns) with ordinality as member (name, position)),
    looked_at.changes, backup.scan_source(looked_at.relation));
  return kept;
end;
$$;

comment on function backup.keep_columns(backup.restore_tables) is
  'Sets aside the values of columns that the backup does not have, of rows about to be replaced. The name of that table, or NULL where there is '
  'nothing to keep.';

create or replace function backup.insert_changed(looked_at backup.restore_tables, kept text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  root    constant text := format('%I.%I', looked_at.schema_name, looked_at.table_name);
  columns constant text := backup.column_list(null, looked_at.shared_columns);
  is_all  boolean;
begin
  if looked_at.staged is null or not looked_at.is_written then
    return;
  end if;
  -- Functions of the project run while rows are written, and many trust its search path.
  perform set_config('search_path', backup.project_search_path(), true);

  -- All of the backup, as into an empty table: no need to look up which.
  is_all := kept is null and looked_at.insert_count + looked_at.update_count = looked_at.backup_rows;
  if is_all then
    execute format('select not exists (select from %s as c where c.is_orphan)', looked_at.changes) into is_all;
  end if;
  execute format('insert into %s%s overriding system value select %s from %s as s%s',
    root, ' (' || columns || ')', backup.column_list('s', looked_at.shared_columns), looked_at.staged,
    case when not is_all then format(' join %s as c on c.staged = s.ctid where c.op in (%s) and not c.is_orphan', looked_at.changes,
      case when kept is null then '''i'', ''u''' else '''i''' end) end);
  if kept is not null then
    execute format('insert into %s (%s) overriding system value select %s, %s from %s as s join %s as k on k."staged row" = s.ctid',
      root, backup.column_list(null, looked_at.shared_columns || looked_at.kept_columns), backup.column_list('s', looked_at.shared_columns),
      backup.column_list('k', looked_at.kept_columns), looked_at.staged, kept);
  end if;
end;
$$;

comment on function backup.insert_changed(backup.restore_tables, text) is
  'Inserts the staged rows, through the root of a partitioned table; generated columns are left to Postgres. kept: see backup.keep_columns().';

create or replace function backup.unlink_changed(looked_at backup.restore_tables)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  assignments constant text := (
    select string_agg(format('%I = %s', member.name, backup.unlinked_value('l', looked_at.relation, member.name)), ', ')
    from unnest(backup.unlinkable_columns(looked_at.relation)) as member (name));
begin
  if assignments is null then
    return;
  end if;
  perform set_config('search_path', backup.project_search_path(), true);
  execute format('update %s as l set %s from %s as c where c.op = ''n'' and c.live = l.ctid and c.live_table = l.tableoid',
    backup.scan_source(looked_at.relation), assignments, looked_at.changes);
end;
$$;

comment on function backup.unlink_changed(backup.restore_tables) is
  'Empties the columns of foreign keys in rows whose parent goes, as ON DELETE SET NULL would.';

create or replace function backup.write_changes(target backup.restores)
returns jsonb
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
  looked_at backup.restore_tables;
  touched   constant integer := (select greatest(1, count(*)) from backup.restore_tables as listed
                                 where listed.restore_id = target.restore_id and listed.is_touched);
  done      integer := 0;
  restoring text[] := '{}'::text[];
  kept      jsonb := '{}'::jsonb;
  statement text;
  counts    jsonb := '[]'::jsonb;
begin
  set local session_replication_role = replica;

  -- All rows go before one comes: a value may have moved from one table's row to another's.
  for looked_at in
    select * from backup.restore_tables as listed
    where listed.restore_id = target.restore_id and listed.is_touched order by listed.ordinal
  loop
    restoring := restoring || backup.silence_table(looked_at.relation);
    perform backup.keep_old_images(looked_at);
    kept := kept || jsonb_build_object(looked_at.ordinal::text, backup.keep_columns(looked_at));
    perform backup.delete_changed(looked_at);
  end loop;
  for looked_at in
    select * from backup.restore_tables as listed
    where listed.restore_id = target.restore_id and listed.is_touched order by listed.ordinal
  loop
    perform backup.insert_changed(looked_at, kept ->> looked_at.ordinal::text);
    perform backup.unlink_changed(looked_at);
    perform backup.keep_new_images(looked_at);
    perform backup.refresh_statistics(looked_at.relation, looked_at.live_rows + looked_at.insert_count - looked_at.delete_count);
    counts := counts || jsonb_build_array(backup.written_counts(looked_at));
    done := done + 1;
    perform backup.report_progress(10 + 60 * done / touched, backup.label(looked_at));
  end loop;

  foreach statement in array restoring loop
    execute statement;
  end loop;
  set local session_replication_role = origin;
  return counts;
end;
$$;

comment on function backup.write_changes(backup.restores) is
  'Writes every change, with triggers, rules and foreign keys off: [{table, inserted, updated, deleted}]. Unique, CHECK and exclusion constraints '
  'hold as ever.';

create or replace function backup.written_counts(looked_at backup.restore_tables)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  answer jsonb;
begin
  execute format($sql$
    select jsonb_build_object('table', %L, 'inserted', count(*) filter (where c.op = 'i' and not c.is_orphan), 'updated',
      count(*) filter (where c.op in ('u', 'n') and not c.is_orphan),
      'deleted', count(*) filter (where c.op = 'd'), 'skipped', count(*) filter (where c.is_orphan))
    from %s as c$sql$, backup.label(looked_at), looked_at.changes) into answer;
  return answer;
end;
$$;

comment on function backup.written_counts(backup.restore_tables) is 'What was done to one table: {table, inserted, updated, deleted, skipped}.';


-- proofs -----------------------------------------------------------------------------------------------------------------------

create or replace function backup.raise_violation(label text, constraint_name text, rows jsonb, explanation text)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'BK453',
    message = format('The result would violate %s of %s: %s', constraint_name, label, explanation),
    detail  = jsonb_build_object('table', label, 'constraint', constraint_name, 'rows', rows)::text,
    hint    = 'Nothing was changed. The details name the first ten rows.';
end;
$$;

comment on function backup.raise_violation(text, text, jsonb, text) is 'Raises BK453 {table, constraint, rows}.';

create or replace function backup.prove_references(target backup.restores)
returns void
language plpgsql volatile
set search_path = ''
set jit = off
set work_mem = '64MB'
set enable_nestloop = on
as $$
declare
  key     record;
  suspect text;
  broken  bigint;
  sample  jsonb;
begin
  -- Very many rows are hashed once, whatever the planner thinks of the size of the tables that they refer to.
  perform set_config('enable_nestloop', (
    select (coalesce(sum(listed.insert_count + listed.update_count + listed.delete_count), 0) <= 100000)::text
    from backup.restore_tables as listed where listed.restore_id = target.restore_id), true);
  for key in
    select found.*,
      coalesce(child.insert_count  + child.update_count,  0) > 0 as is_child_written,
      coalesce(parent.update_count + parent.delete_count, 0) > 0 as is_parent_written
    from backup.restore_references(target.restore_id) as found
    left join backup.restore_tables as child  on child.restore_id  = target.restore_id and child.ordinal  = found.child_ordinal
    left join backup.restore_tables as parent on parent.restore_id = target.restore_id and parent.ordinal = found.parent_ordinal
    -- One that nobody has proved may be broken, as it was in the backup.
    where found.is_validated
  loop
    -- a row that was written, or one that referred to a row which has gone
    foreach suspect in array array_remove(array[
      case when key.is_child_written  then 's.xmin = pg_current_xact_id()::xid' end,
      case when key.is_parent_written then
        format('exists (select from %s as p where %s)', backup.staging_table(target.restore_id, key.parent_ordinal, 'r'), key.comparison) end], null)
    loop
      select counted.row_count, counted.sample into broken, sample
      from backup.count_rows(format('select %s as row from %s as s where %s and %s and not exists (select from %s as p where %s)',
        backup.key_object('s', key.child, key.child_columns), backup.scan_source(key.child), suspect,
          backup.refers(key.child_columns, key.match_type),
        backup.scan_source(key.parent), key.comparison)) as counted;
      if broken > 0 then
        perform backup.raise_violation(backup.table_label(key.child), key.name, sample,
          format('%s rows would have no parent in %s.', broken, backup.table_label(key.parent)));
      end if;
    end loop;
  end loop;
end;
$$;

comment on function backup.prove_references(backup.restores) is
  'Proves every foreign key that leads from or to a table that was written, by anti-joins over the rows that were written and those that referred '
  'to what has gone. Raises BK453 {table, constraint, rows}.';

create or replace function backup.prove_partition_references(target backup.restores)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  key    record;
  broken bigint;
  sample jsonb;
begin
  -- Keys that only a partition declares, or that point at one: no list of changes is about them, so all of their rows are looked at.
  for key in
    select found.conname as name, found.conrelid as child, proof.query, proof.columns
    from pg_catalog.pg_constraint as found
    join backup.restore_tables as listed on listed.restore_id = target.restore_id
      and listed.is_touched
     and (   found.conrelid  <> listed.relation and pg_partition_root(found.conrelid)  = listed.relation
          or found.confrelid <> listed.relation and pg_partition_root(found.confrelid) = listed.relation)
    cross join lateral backup.foreign_key_proofs(found.conrelid) as proof
    where found.contype = 'f' and found.conparentid = 0 and found.convalidated and proof.name = found.conname and proof.source = found.conrelid
  loop
    select counted.row_count, counted.sample into broken, sample
    from backup.count_rows(format('select %s as row %s', backup.key_object('t', key.child, key.columns), key.query)) as counted;
    if broken > 0 then
      perform backup.raise_violation(backup.table_label(key.child), key.name, sample, format('%s rows would have no parent.', broken));
    end if;
  end loop;
end;
$$;

comment on function backup.prove_partition_references(backup.restores) is
  'Proves the foreign keys of single partitions of tables that were written. Raises BK453 {table, constraint, rows}.';

create or replace function backup.prove_deferrable(target backup.restores)
returns void
language plpgsql stable
set search_path = ''
set jit = off
as $$
declare
  proved record;
  sample jsonb;
begin
  -- Postgres proves a deferrable unique or exclusion constraint by a trigger, and triggers were off.
  perform set_config('search_path', backup.project_search_path(), true);
  for proved in
    select own.conrelid as relation, own.conname as name, coalesce(listed.key, listed.shared_columns) as shown,
      case when index.indpred is null then 'true'
           else format('(select %1$s from (select a.*) as filtered) and (select %1$s from (select b.*) as filtered)',
             pg_get_expr(index.indpred, index.indrelid)) end as is_indexed,
      (select string_agg(format(
          case when index.indnullsnotdistinct then '(%1$s operator(%3$I.%4$s) %2$s or num_nulls(%1$s, %2$s) = 2)'
            else '%1$s operator(%3$I.%4$s) %2$s' end,
          compared.a, compared.b, namespace.nspname, operator.oprname), ' and ')
       from generate_series(1, index.indnkeyatts) as number
       cross join lateral (
         select format(pattern, 'a', definition) as a, format(pattern, 'b', definition) as b
         from pg_get_indexdef(own.conindid, number, false) as definition
         -- bare where it is a column, so that rows can be hashed or an index serve
         cross join (select case when index.indkey[number - 1] <> 0 then '%1$s.%2$s'
           else '(select %2$s from (select %1$s.*) as expressed)' end) as written (pattern)
       ) as compared
       join pg_catalog.pg_operator as operator on operator.oid = case when own.contype = 'x' then own.conexclop[number] else (
         select member.amopopr from pg_catalog.pg_opclass as class join pg_catalog.pg_amop as member on member.amopfamily = class.opcfamily
           and member.amopstrategy = 3
           and member.amoplefttype = class.opcintype and member.amoprighttype = class.opcintype where class.oid = index.indclass[number - 1]) end
       join pg_catalog.pg_namespace as namespace on namespace.oid = operator.oprnamespace) as conflicts
    from backup.restore_tables as listed
    join pg_catalog.pg_constraint as own on own.contype in ('p', 'u', 'x') and own.condeferrable and own.conparentid = 0
      -- also what only a partition declares
      and (own.conrelid = listed.relation or own.conrelid in (select tree.relid from pg_catalog.pg_partition_tree(listed.relation) as tree))
    join pg_catalog.pg_index as index on index.indexrelid = own.conindid
    where listed.restore_id = target.restore_id and listed.is_written
  loop
    execute format($sql$
      select jsonb_agg(shown.row) from (
        select %1$s as row from (select a.*, a.ctid as "place a", a.tableoid as "place table a", a.xmin as "written a" from %2$s as a) as a
        where a."written a" = pg_current_xact_id()::xid
          and exists (select from %2$s as b where (b.ctid, b.tableoid) <> (a."place a", a."place table a") and %3$s and %4$s)
        limit 10) as shown
    $sql$, backup.texts_object('a', proved.shown), backup.scan_source(proved.relation), proved.conflicts, proved.is_indexed) into sample;
    if sample is not null then
      perform backup.raise_violation(backup.table_label(proved.relation), proved.name, sample, 'rows would stand in each other''s way.');
    end if;
  end loop;
end;
$$;

comment on function backup.prove_deferrable(backup.restores) is
  'Proves the deferrable unique and exclusion constraints of tables that were written. Raises BK453 {table, constraint, rows}.';

create or replace function backup.move_sequences(moves jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  moved     record;
  is_behind boolean;
begin
  -- ALTER SEQUENCE is part of the transaction; setval() is not, and would stay if this one failed. Only the owner may do the first, so there is the
  -- second.
  for moved in
    select element.value ->> 'sequence' as name, (element.value ->> 'to')::bigint as next_value, own.seqincrement as step, own.seqcache,
      pg_has_role(class.relowner, 'usage') as is_ours
    from jsonb_array_elements(moves) as element
    join pg_catalog.pg_sequence as own   on own.seqrelid = (element.value ->> 'sequence')::pg_catalog.regclass
    join pg_catalog.pg_class    as class on class.oid = own.seqrelid
    order by is_ours desc
  loop
    -- It changes nothing and locks: others draw from a sequence without asking for any table. Where they have gone further meanwhile, it stays.
    if moved.is_ours then
      execute format('alter sequence %s cache %s', moved.name, moved.seqcache);
    end if;
    execute format('select (last_value + case when is_called then $1 else 0 end - $2) * sign($1) < 0 from %s', moved.name)
    into is_behind using moved.step, moved.next_value;
    if is_behind and moved.is_ours then
      execute format('alter sequence %s restart with %s', moved.name, moved.next_value);
    elsif is_behind then
      perform setval(moved.name::pg_catalog.regclass, moved.next_value, false);
    end if;
  end loop;
end;
$$;

comment on function backup.move_sequences(jsonb) is 'Moves sequences (see backup.sequence_moves()); rolled back with the transaction.';


-- the transaction --------------------------------------------------------------------------------------------------------------

create or replace function backup.asker_is_admin(target backup.restores)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  sub    constant text := current_setting('request.jwt.claim.sub', true);
  answer boolean;
begin
  if target.asked_by is null then
    return null;
  end if;
  perform set_config('request.jwt.claims', jsonb_build_object('sub', target.asked_by)::text, true);
  perform set_config('request.jwt.claim.sub', target.asked_by::text, true);
  answer := backup.is_admin();
  perform set_config('request.jwt.claims', coalesce(claims, ''), true);
  perform set_config('request.jwt.claim.sub', coalesce(sub, ''), true);
  return answer;
end;
$$;

comment on function backup.asker_is_admin(backup.restores) is
  'Whether the person who asked for the restore is an administrator, whatever role model this project has; NULL for a secret key.';

create or replace function backup.apply_restore(job_id uuid, worker_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held      constant backup.jobs := backup.check_job(job_id, worker_id);
  target    backup.restores;
  counts    jsonb;
  moves     jsonb;
  locked_at timestamptz;
begin
  -- guard: a worker that is thought dead may be in the midst of it; then this one waits here, and sees how it ended
  perform backup.limit_lock_waits();
  select * into target from backup.restores as candidate where candidate.restore_id = held.restore_id for no key update;
  if target.applied_at is not null then
    return;
  end if;

  -- lock
  perform backup.assert_staged(target);
  perform backup.report_progress(0);
  locked_at := clock_timestamp();
  perform backup.lock_for_apply(target);
  if backup.refresh_changes(target) then
    -- Another look may have found other tables.
    perform backup.lock_for_apply(target);
    perform backup.refresh_changes(target);
    target := backup.find_restore(target.restore_id);
    if not backup.touched_tables(target.restore_id) <@ coalesce((select safety.tables from public.backups as safety
      where safety.id = target.safety_backup_id), '{}') then
      perform backup.raise_stale(target.restore_id, backup.touched_tables(target.restore_id),
        'Tables are concerned by now that the safety backup does not have.');
    end if;
  end if;
  if not backup.asker_is_admin(target) then
    raise exception using
      errcode = 'BK403',
      message = 'Whoever asked for this restore is no administrator any more.',
      hint    = 'Nothing was changed. Let somebody who is one ask for it.';
  end if;
  -- Rights may hang on tables that this restore does not write.
  if backup.privilege_changes(target.restore_id) <> target.preview -> 'privileges' then
    perform backup.raise_stale(target.restore_id, '{public.user_roles}',
      'Who would become or stop being an administrator has changed since the preview.');
  end if;
  perform backup.assert_acceptable(target);
  perform backup.report_progress(10);

  -- apply
  moves  := backup.sequence_moves(target);
  counts := backup.write_changes(target);

  -- prove
  perform backup.prove_references(target);
  perform backup.prove_partition_references(target);
  perform backup.prove_deferrable(target);
  if not backup.asker_is_admin(target) and not target.accept_privilege_changes then
    raise exception using
      errcode = 'BK444', message = 'You would not be an administrator any more.',
      detail = jsonb_build_object('restore_id', target.restore_id, 'added', '[]'::jsonb, 'removed',
        jsonb_build_array(jsonb_build_object('profile_id', target.asked_by)))::text,
      hint = 'If that is what you want, say accept_privilege_changes.';
  end if;
  perform backup.move_sequences(moves);
  perform backup.report_progress(90);

  -- conclude
  update backup.restores as candidate
  set applied_at = clock_timestamp(), phase = 'reviewing',
      undo_until = clock_timestamp() + make_interval(days => (backup.setting('undo_days'))::integer),
      result = jsonb_build_object(
        'tables', counts,
        'totals', (select jsonb_build_object(
            'inserted', coalesce(sum((entry.value -> 'inserted')::bigint), 0), 'updated', coalesce(sum((entry.value -> 'updated')::bigint), 0),
            'deleted', coalesce(sum((entry.value -> 'deleted')::bigint), 0), 'skipped', coalesce(sum((entry.value -> 'skipped')::bigint), 0))
          from jsonb_array_elements(counts) as entry),
        'sequences', moves,
        'locked_ms', round(extract(epoch from clock_timestamp() - locked_at) * 1000))
  where candidate.restore_id = target.restore_id;
  perform backup.audit('restore_applied', 'succeeded', target.restore_id::text, jsonb_build_object(
    'backup_id', target.backup_id, 'safety_backup_id', target.safety_backup_id, 'requested_by', target.created_by, 'tables', counts));
  -- Whoever took the job over meanwhile must not find it done behind its back.
  perform backup.hold_job(job_id, worker_id);
end;
$$;

comment on function backup.apply_restore(uuid, text) is
  'The restore itself, all in the one transaction that calls it: locks, proves that the data is what was previewed, keeps the old rows for undo, '
  'writes what differs, proves every foreign key, moves sequences. Twice is once. Raises BK412, BK442 {tables}, BK443 to BK447 as '
  'backup.unaccepted(), BK453 {table, constraint, rows}, 55P03 when a lock is not to be had, and what the project''s own constraints raise.';
