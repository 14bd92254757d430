-- References: what a restore would do to foreign keys, known before anything is touched. Two things can go wrong: a row that is written has no parent
-- afterwards (an orphan), or a row that stays loses the one it has (a cascade, when its table was not chosen).
--
-- In the SQL that is put together here s is the row that refers and p the row that it refers to.

create or replace function backup.restore_references(restore_id uuid)
returns table (name text, child oid, child_ordinal integer, child_columns text[], parent oid, parent_ordinal integer, parent_columns text[],
               comparison text, live_comparison text, delete_action "char", match_type "char", is_validated boolean)
language sql stable
set search_path = ''
as $$
  select key.conname::text, key.conrelid, child.ordinal, own.columns, key.confrelid, parent.ordinal, above.columns,
    pair.comparison, pair.live_comparison,
    -- SET NULL helps nobody where a value must be.
    case when key.confdeltype = 'n' and exists (
        select from unnest(coalesce(key.confdelsetcols, key.conkey)) as member (attnum)
        join pg_catalog.pg_attribute as attribute on attribute.attrelid = key.conrelid and attribute.attnum = member.attnum and attribute.attnotnull)
      then 'a' else key.confdeltype end,
    key.confmatchtype, key.convalidated
  from pg_catalog.pg_constraint as key
  left join backup.restore_tables as child  on child.restore_id  = restore_references.restore_id and child.relation  = key.conrelid
  left join backup.restore_tables as parent on parent.restore_id = restore_references.restore_id and parent.relation = key.confrelid
  cross join lateral (select backup.column_names(key.conrelid,  key.conkey)  as columns) as own
  cross join lateral (select backup.column_names(key.confrelid, key.confkey) as columns) as above
  cross join lateral (
    -- by the very operators of the key, wherever they live
    select string_agg(format('p.%I operator(%I.%s) %s', above.columns[member.position], across.nspname, across.oprname,
             backup.comparable('s', key.conrelid, own.columns[member.position], key.confrelid, above.columns[member.position])), ' and ') as comparison,
           string_agg(format('p.%I operator(%I.%s) l.%1$I', above.columns[member.position], among.nspname, among.oprname), ' and ') as live_comparison
    from unnest(key.conpfeqop, key.conppeqop) with ordinality as member (across, among, position)
    cross join lateral (select operator.oprname, namespace.nspname from pg_catalog.pg_operator as operator
                        join pg_catalog.pg_namespace as namespace on namespace.oid = operator.oprnamespace
                          where operator.oid = member.across) as across
    cross join lateral (select operator.oprname, namespace.nspname from pg_catalog.pg_operator as operator
                        join pg_catalog.pg_namespace as namespace on namespace.oid = operator.oprnamespace where operator.oid = member.among) as among
  ) as pair
  where key.contype = 'f'
    -- The entries of partitions descend from that of the root.
    and key.conparentid = 0
    and (child.ordinal is not null or parent.ordinal is not null)
  order by key.conname, key.conrelid;
$$;

comment on function backup.restore_references(uuid) is
  'The foreign keys that lead from or to a table of a restore; an ordinal is NULL where that side is not part of it. comparison is between p '
  '(parent) and s (child), live_comparison between two parents p and l. delete_action: a, r, c, n, d (see pg_constraint).';

create or replace function backup.key_object(alias text, relation oid, columns text[])
returns text
language sql stable
set search_path = ''
as $$
  select backup.texts_object(alias, array(select distinct unnest(coalesce(backup.relation_key(relation), '{}') || columns)));
$$;

comment on function backup.key_object(text, oid, text[]) is 'SQL for a JSON object of the key of a row and of these columns of it.';

create or replace function backup.refers(columns text[], match_type "char")
returns text
language sql immutable
set search_path = ''
as $$
  -- MATCH SIMPLE: one NULL is enough to point nowhere. MATCH FULL: all must be NULL.
  select '(' || string_agg(format('s.%I is not null', member.name), case match_type when 'f' then ' or ' else ' and ' end) || ')'
  from unnest(columns) as member (name);
$$;

comment on function backup.refers(text[], "char") is 'SQL for whether the row s points at anything by these columns.';

create or replace function backup.is_removed(alias text, changes text)
returns text
language sql immutable
set search_path = ''
as $$
  select case when changes is null then 'false' else
    format('exists (select from %1$s as c where c.live = %2$s.ctid and c.live_table = %2$s.tableoid and c.op in (''u'', ''d'') and not c.is_orphan)', changes, alias) end;
$$;

comment on function backup.is_removed(text, text) is 'SQL for whether a live row is deleted or replaced by a list of changes.';

create or replace function backup.written_rows(alias text, looked_at backup.restore_tables)
returns text
language sql immutable
set search_path = ''
as $$
  select format('%1$s as %2$s join %3$s as c on c.staged = %2$s.ctid and c.op in (''i'', ''u'') and not c.is_orphan', looked_at.staged, alias,
    looked_at.changes);
$$;

comment on function backup.written_rows(text, backup.restore_tables) is 'SQL, after FROM, for the staged rows that a restore will write.';

create or replace function backup.is_constant(expression text)
returns boolean
language sql immutable
set search_path = ''
as $$
  -- A preview must change nothing: whatever calls a function may draw a number or send a mail.
  select coalesce(expression !~ '[(]', false);
$$;

comment on function backup.is_constant(text) is 'Whether a default calls no function, so that it may be worked out without anything happening.';

create or replace function backup.new_rows(looked_at backup.restore_tables)
returns text
language sql stable
set search_path = ''
as $$
  -- First the columns that are written, then, from them, those that Postgres generates.
  select format('(select written.*%s from (select s.ctid as "staged row"%s from %s%s) as written)',
    (select coalesce(string_agg(format(', (%s) as %I', own.default_expression, own.name), ''), '')
     from backup.relation_columns(looked_at.relation) as own where own.is_generated),
    (select coalesce(string_agg(', ' || case
        when own.name = any (looked_at.shared_columns) then format('s.%I', own.name)
        else format('case when c.op = ''u'' then l.%1$I else %2$s end as %1$I', own.name,
          case when backup.is_constant(own.default_expression) then format('(%s)::%s', own.default_expression, own.type)
            else format('null::%s', own.type) end)
        end, '' order by own."position"), '')
     from backup.relation_columns(looked_at.relation) as own where not own.is_generated),
    backup.written_rows('s', looked_at),
    case when looked_at.kept_columns = '{}' then ''
         else format(' left join %s as l on l.ctid = c.live and l.tableoid = c.live_table', backup.scan_source(looked_at.relation)) end);
$$;

comment on function backup.new_rows(backup.restore_tables) is
  'SQL for the rows that a restore will write into a table, all columns of them, and "staged row", the place of each in staging.';

create or replace function backup.written_columns(alias text, columns text[], looked_at backup.restore_tables)
returns text
language sql stable
set search_path = ''
as $$
  -- Generated columns are not staged; they are worked out.
  select case when columns <@ looked_at.shared_columns then backup.written_rows(alias, looked_at)
              else format('%s as %I', backup.new_rows(looked_at), alias) end;
$$;

comment on function backup.written_columns(text, text[], backup.restore_tables) is
  'SQL, after FROM, for these columns of the rows that a restore will write.';

create or replace function backup.result_rows(relation oid, columns text[], looked_at backup.restore_tables)
returns text
language sql stable
set search_path = ''
as $$
  select format('(select %1$s from %2$s as p%3$s%4$s)', backup.column_list('p', columns), backup.scan_source(relation),
    case when looked_at.changes is not null then ' where not ' || backup.is_removed('p', looked_at.changes) else '' end,
    case when looked_at.changes is not null and looked_at.staged is not null
      then format(' union all select %s from %s', backup.column_list('p', columns), backup.written_columns('p', columns, looked_at)) else '' end);
$$;

comment on function backup.result_rows(oid, text[], backup.restore_tables) is
  'SQL for a table as it will be after the restore, these columns of it. looked_at: the table''s part in the restore, or a row of NULLs.';

create or replace function backup.keep_removed_keys(restore_id uuid, ordinal integer)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  looked_at backup.restore_tables;
  removed   text;
  columns   text[];
begin
  looked_at := backup.restore_table(restore_id, ordinal);
  removed := backup.staging_table(looked_at.restore_id, looked_at.ordinal, 'r');
  columns := backup.referenced_columns(looked_at.relation);
  if columns = '{}' then
    return;
  end if;
  execute format($sql$
    drop table if exists %1$s;
    create unlogged table %1$s with (autovacuum_enabled = false) as
      select c.op as "removed by", %2$s from %3$s as c join %4$s as l on l.ctid = c.live and l.tableoid = c.live_table
      where c.op in ('u', 'd', 'n') and not c.is_orphan;
    analyze %1$s
  $sql$, removed, backup.column_list('l', columns), looked_at.changes, backup.scan_source(looked_at.relation));
end;
$$;

comment on function backup.keep_removed_keys(uuid, integer) is
  'Writes down the keys that rows elsewhere may refer to, of the live rows that are deleted (removed by d) or replaced (u): few, where the table '
  'may have millions.';

create or replace function backup.has_no_parent(key_columns text[], match_type "char", parent_relation oid, parent_columns text[],
  comparison text, parent backup.restore_tables)
returns text
language sql stable
set search_path = ''
as $$
  -- A key that can be referred to is unique: a live parent that goes was the only one. OR keeps these apart, so that a few rows are looked up one by
  -- one and many by a hash.
  select format('%s and (not exists (select from %s as p where %s)%s)%s', backup.refers(key_columns, match_type),
    backup.scan_source(parent_relation), comparison,
    case when parent.changes is null then ''
         else format(' or exists (select from %s as p where p."removed by" <> ''n'' and %s)',
           backup.staging_table(parent.restore_id, parent.ordinal, 'r'), comparison) end,
    case when parent.changes is null or parent.staged is null then ''
         else format(' and not exists (select from %s where %s)', backup.written_columns('p', parent_columns, parent), comparison) end);
$$;

comment on function backup.has_no_parent(text[], "char", oid, text[], text, backup.restore_tables) is
  'SQL for whether the row s refers to a parent p that will not be there after the restore. parent: that table''s part in the restore, or a row '
  'of NULLs.';

create or replace function backup.is_held_by_backup(target backup.restores, child backup.restore_tables, parent backup.restore_tables,
  key_columns text[], parent_columns text[])
returns boolean
language sql stable
set search_path = ''
as $$
  -- Both were read in one snapshot, in which the key held; and both become what they were. That it was declared is not enough: rows that were
  -- loaded with triggers off may break it. The rules that the backup was validated by prove every foreign key.
  select coalesce(
    target.mode = 'replace' and target.requested_rows is null and child.role = 'chosen' and parent.role = 'chosen' and not child.is_blocked
      and not parent.is_blocked
    and (select bool_and(covered.fingerprint = listed.fingerprint)
         from (values (child.backup_ordinal, child.fingerprint), (parent.backup_ordinal, parent.fingerprint)) as listed (ordinal, fingerprint)
         join backup.backup_tables as covered on covered.backup_id = target.backup_id and covered.ordinal = listed.ordinal)
    and exists (
      select from backup.backup_tables as covered cross join jsonb_array_elements(covered.definition -> 'foreign_keys') as archived
      where covered.backup_id = target.backup_id and covered.ordinal = child.backup_ordinal
        and archived.value ->> 'references' = backup.label(parent)
        and archived.value -> 'columns' = to_jsonb(key_columns) and archived.value -> 'referenced_columns' = to_jsonb(parent_columns)
        and (archived.value ->> 'is_validated')::boolean)
    and exists (
      select from public.backups as origin cross join jsonb_array_elements(origin.validation_results -> 'tables') as report
      where origin.id = target.backup_id and report.value ->> 'table' = backup.label(child) and (report.value ->> 'errors')::bigint = 0),
    false);
$$;

comment on function backup.is_held_by_backup(backup.restores, backup.restore_tables, backup.restore_tables, text[], text[]) is
  'Whether a foreign key will hold because it held in the backup and both its tables become what they were there. True as long as no row is left '
  'out.';

create or replace function backup.mark_orphans(target backup.restores)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  key      record;
  child    backup.restore_tables;
  parent   backup.restore_tables;
  marked   bigint;
  sample   jsonb;
  is_done  boolean;
  found_orphans jsonb := '[]'::jsonb;
begin
  -- A row that is left out may be the parent of another one.
  loop
    is_done := true;
    for key in
      select found.* from backup.restore_references(target.restore_id) as found
      join backup.restore_tables as listed on listed.restore_id = target.restore_id and listed.ordinal = found.child_ordinal
      where listed.is_written and listed.staged is not null and found.is_validated
        and found.child_columns <@ listed.shared_columns
    loop
      child  := backup.restore_table(target.restore_id, key.child);
      parent := backup.restore_table(target.restore_id, key.parent);
      continue when found_orphans = '[]' and backup.is_held_by_backup(target, child, parent, key.child_columns, key.parent_columns);

      execute format($sql$
        with orphaned as (
          update %1$s as c set is_orphan = true
          from %2$s as s
          where s.ctid = c.staged and c.op in ('i', 'u') and not c.is_orphan and %3$s
          returning c.staged
        )
        select count(*), (select jsonb_agg(%4$s) from (select orphaned.staged from orphaned limit 10) as shown
          join %2$s as s on s.ctid = shown.staged) from orphaned
      $sql$, child.changes, child.staged, backup.has_no_parent(key.child_columns, key.match_type, key.parent, key.parent_columns, key.comparison,
        parent),
        backup.texts_object('s', array(select distinct unnest(coalesce(child.key, '{}') || key.child_columns)))) into marked, sample;
      if marked > 0 then
        is_done := false;
        perform backup.keep_removed_keys(child.restore_id, child.ordinal);
        found_orphans := found_orphans || jsonb_build_array(jsonb_build_object(
          'table', backup.table_label(key.child), 'constraint', key.name, 'references', backup.table_label(key.parent), 'rows', marked, 'sample', sample));
      end if;
    end loop;
    exit when is_done;
  end loop;
  return found_orphans;
end;
$$;

comment on function backup.mark_orphans(backup.restores) is
  'Marks every change that writes a row whose parent will not be there, and then those that depend on these: [{table, constraint, references, '
  'rows, sample}].';

create or replace function backup.include_cascaded(restore_id uuid, relation oid)
returns backup.restore_tables
language plpgsql volatile
set search_path = ''
as $$
declare
  included backup.restore_tables;
begin
  included := backup.restore_table(restore_id, relation);
  if included.ordinal is null then
    insert into backup.restore_tables (restore_id, ordinal, role, relation, schema_name, table_name, kept_columns, key, fingerprint)
    select include_cascaded.restore_id, (select max(listed.ordinal) + 1 from backup.restore_tables as listed
      where listed.restore_id = include_cascaded.restore_id),
      'cascaded', class.oid, namespace.nspname, class.relname,
      array(select own.name from backup.relation_columns(class.oid) as own where not own.is_generated),
      backup.relation_key(class.oid), backup.fingerprint(backup.relation_definition(class.oid))
    from pg_catalog.pg_class as class
    join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
    where class.oid = include_cascaded.relation
    returning * into included;
  end if;
  if included.changes is null then
    included.changes := backup.create_changes(included.restore_id, included.ordinal);
    -- One that is unchanged since the backup is known by the backup's snapshot.
    if not included.is_unchanged then
      perform backup.note_seen(included);
    end if;
  end if;
  return included;
end;
$$;

comment on function backup.include_cascaded(uuid, oid) is
  'Takes a table that was not chosen into the restore, because rows of it lose their parent.';

create or replace function backup.losing_rows(
  key_name       text,
  child          oid,
  child_changes  text,
  parent         backup.restore_tables,
  parent_columns text[],
  comparison     text,
  removed_by     text,
  is_kept        boolean
)
returns text
language sql stable
set search_path = ''
as $$
  select concat_ws(' and ',
    format('from %s as s where exists (select from %s as p where p."removed by" = %L and %s)',
      backup.scan_source(child), backup.staging_table(parent.restore_id, parent.ordinal, 'r'), removed_by, comparison),
    -- A key that can be referred to is unique: it is there again only where a row is written with it.
    case when parent.staged is not null then
      format('not exists (select from %s where %s)', backup.written_columns('p', parent_columns, parent), comparison) end,
    -- a row that goes itself, or is replaced by one that has been judged already, or is unlinked by this key already
    case when child_changes is not null then
      format('not exists (select from %s as c where c.live = s.ctid and c.live_table = s.tableoid and not c.is_orphan and (c.op = any (%L) or %L = any (c.unlinked)))',
        child_changes, case when is_kept then '{d}' else '{u,d}' end::"char"[], key_name) end);
$$;

comment on function backup.losing_rows(text, oid, text, backup.restore_tables, text[], text, text, boolean) is
  'SQL, from its FROM on, for the live rows s that stay and lose the parent that they refer to by a foreign key. removed_by: what happens to the '
  'parent (d, u, n). is_kept: the columns of the key are not in the backup, so rows that are replaced keep them.';

create or replace function backup.unlinkable_columns(relation oid)
returns text[]
language sql stable
set search_path = ''
as $$
  select array(
    select distinct unnest(backup.column_names(key.conrelid, coalesce(key.confdelsetcols, key.conkey)))
    from pg_catalog.pg_constraint as key
    where key.conrelid = relation and key.contype = 'f' and key.confdeltype = 'n');
$$;

comment on function backup.unlinkable_columns(oid) is 'The columns of a table that ON DELETE SET NULL of one of its foreign keys may empty.';

create or replace function backup.add_cascade(changes text, losing text, unlinking text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  -- One entry a row, however many of its parents go; and a row that is deleted needs no unlinking.
  execute format($sql$
    with losing as materialized (select s.tableoid as place_table, s.ctid as place, s.xmin as written %2$s),
    met as (
      %3$s
      where c.op = any (%6$L) and c.live = losing.place and c.live_table = losing.place_table
      returning c.live_table, c.live
    )
    insert into %1$s (op, live_table, live, live_xmin, unlinked)
    select %4$L, losing.place_table, losing.place, losing.written, %5$L
    from losing
    where %4$L = 'd' or not exists (select from met where met.live = losing.place and met.live_table = losing.place_table)
  $sql$, changes, losing,
    case when unlinking is null then format('delete from %s as c using losing', changes)
         else format('update %s as c set unlinked = coalesce(c.unlinked, ''{}'') || %L::text from losing', changes, unlinking) end,
    case when unlinking is null then 'd' else 'n' end, case when unlinking is not null then array[unlinking] end,
    -- what is replaced keeps the column that is emptied
    case when unlinking is null then '{n}' else '{n,u}' end::"char"[]);
end;
$$;

comment on function backup.add_cascade(text, text, text) is
  'Enters rows that lose their parent (losing: SQL from its FROM on, of rows s) into a list of changes: to be unlinked from the foreign key '
  '"unlinking", or, where that is NULL, to be deleted.';

create or replace function backup.follow_cascades(target backup.restores, orphans jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  key      record;
  child    backup.restore_tables;
  parent   backup.restore_tables;
  action   text;
  is_kept  boolean;
  losing   text;
  affected bigint;
  sample   jsonb;
  is_done  boolean;
  found_cascades jsonb := '[]'::jsonb;
begin
  loop
    is_done := true;
    for key in
      select found.*, removing.op as removed_by from backup.restore_references(target.restore_id) as found
      join backup.restore_tables as listed on listed.restore_id = target.restore_id and listed.ordinal = found.parent_ordinal
        and listed.changes is not null
      cross join (values ('d'), ('u'), ('n')) as removing (op)
      where case removing.op
        when 'd' then listed.delete_count > 0
        -- rows are matched by their key, so that cannot have changed
        when 'u' then listed.update_count > 0 and listed.staged is not null and not coalesce(found.parent_columns <@ listed.key, false)
        else listed.update_count > 0 and found.parent_columns && backup.unlinkable_columns(found.parent) end
      order by removing.op, found.name
    loop
      parent := backup.restore_table(target.restore_id, key.parent);
      child  := backup.restore_table(target.restore_id, key.child);
      continue when orphans = '[]' and backup.is_held_by_backup(target, child, parent, key.child_columns, key.parent_columns);
      -- A partition of a table that is restored itself.
      continue when child.ordinal is null and (backup.restore_table(target.restore_id, pg_partition_root(key.child)::oid)).ordinal is not null;

      -- Columns that the backup does not have stay what they are, also in rows that are replaced.
      is_kept := child.staged is not null and key.child_columns && child.kept_columns;
      action := case
        -- A row that goes cascades; of one that is replaced or unlinked the key may be gone, and nothing says what to make of that.
        when key.removed_by <> 'd' then 'none'
        -- A table that becomes what it was, and yet loses a parent, is a contradiction that no cascade may solve.
        when not is_kept and child.role = 'chosen' and target.mode = 'replace' and target.requested_rows is null then 'none'
        when key.delete_action = 'n' then 'set null'
        when key.delete_action = 'c' and not (is_kept and child.update_count > 0) then 'delete'
        else 'none' end;
      losing := backup.losing_rows(key.name, key.child, child.changes, parent, key.parent_columns, key.comparison, key.removed_by, is_kept);
      select counted.row_count, counted.sample into affected, sample
      from backup.count_rows(format('select %s as row %s', backup.key_object('s', key.child, key.child_columns), losing)) as counted;
      continue when affected = 0
        -- A foreign key that nobody has proved may be broken, as it was in the backup.
        or not key.is_validated
        or action = 'none' and found_cascades @> jsonb_build_array(jsonb_build_object('table', backup.table_label(key.child), 'constraint',
          key.name));

      found_cascades := found_cascades || jsonb_build_array(jsonb_build_object(
        'table', backup.table_label(key.child), 'constraint', key.name, 'references', backup.table_label(key.parent), 'action', action, 'rows', affected, 'sample', sample));

      if action <> 'none' then
        child := backup.include_cascaded(target.restore_id, key.child);
        perform backup.add_cascade(child.changes, losing, case action when 'set null' then key.name end);
        perform backup.count_changes(target.restore_id);
        perform backup.keep_removed_keys(child.restore_id, child.ordinal);
        is_done := false;
      end if;
    end loop;
    exit when is_done;
  end loop;
  return found_cascades;
end;
$$;

comment on function backup.follow_cascades(backup.restores, jsonb) is
  'Finds the rows that stay and lose their parent, and follows ON DELETE CASCADE and SET NULL from them, as changes of their own: [{table, '
  'constraint, references, action, rows, sample}]. action none: the foreign key says nothing that would help, so it stands in the way.';
