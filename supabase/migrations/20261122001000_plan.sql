-- Plan: what one backup reads, cut into slices.
--
-- Everything here only reads, so that it runs inside the backup's own REPEATABLE READ READ ONLY transaction and sees exactly what
-- the COPY statements will see. A slice is a range of rows as they lie in the heap, read by a TID range scan: no index, no sort, no key needed.

create or replace function backup.session_statements()
returns text[]
language sql immutable
set search_path = ''
as $$
  -- The text of a value depends on these; pinned wherever rows are copied, so that equal rows are equal bytes.
  select array[
    $s$set client_encoding = 'UTF8'$s$,
    $s$set search_path = ''$s$,
    $s$set datestyle = 'ISO, YMD'$s$,
    $s$set intervalstyle = 'postgres'$s$,
    $s$set timezone = 'UTC'$s$,
    $s$set extra_float_digits = 3$s$,
    $s$set bytea_output = 'hex'$s$,
    $s$set lc_monetary = 'C'$s$,
    $s$set xmlbinary = 'base64'$s$,
    $s$set xmloption = 'content'$s$,
    -- An error beats rows that a policy has silently left out.
    $s$set row_security = off$s$
  ];
$$;

comment on function backup.session_statements() is 'The SET statements of every connection that copies rows out or in; all but the search path are also the head of each archive''s script.';

create or replace function backup.lock_statement(tables text[] default null)
returns text
language sql stable
set search_path = ''
as $$
  select 'lock table '
    || string_agg(format('%I.%I', chosen.schema_name, chosen.table_name), ', ' order by chosen.ordinal)
    || ' in access share mode'
  from backup.select_tables(tables) as chosen;
$$;

comment on function backup.lock_statement(text[]) is
  'The statement that locks the tables of a backup against TRUNCATE, VACUUM FULL, CLUSTER and DDL, which a snapshot does not survive. '
  'To be run as the first one of the transaction, before its snapshot is taken. NULL where there is no table.';

create or replace function backup.current_snapshot()
returns jsonb
language sql volatile
set search_path = ''
as $$
  select jsonb_build_object(
    'system_identifier', (select control.system_identifier::text from pg_control_system() as control),
    'timeline',          (select control.timeline_id from pg_control_checkpoint() as control),
    'database',          current_database(),
    'server_version',    current_setting('server_version'),
    'xmin',              pg_snapshot_xmin(snapshot.taken)::text,
    'xmax',              pg_snapshot_xmax(snapshot.taken)::text,
    'in_progress',       (select coalesce(jsonb_agg(running::text), '[]') from pg_snapshot_xip(snapshot.taken) as running),
    'lsn',               case when not pg_is_in_recovery() then pg_current_wal_lsn()::text end,
    'taken_at',          backup.iso(transaction_timestamp())
  )
  from (select pg_current_snapshot() as taken) as snapshot;
$$;

comment on function backup.current_snapshot() is
  'Identity of the transaction''s snapshot: cluster, timeline, database, server_version, xmin, xmax, in_progress, lsn, taken_at. '
  'Transaction ids are 64 bits wide and therefore text.';

create or replace function backup.table_heaps(relation oid)
returns table (source oid, blocks bigint, bytes bigint, stored_size text)
language sql stable
set search_path = ''
as $$
  -- A partitioned table has no heap of its own: its leaves are read, its root is written. Which leaves, is asked of the catalogue in
  -- the snapshot: pg_partition_tree() also knows what has been attached since then, and its rows were not in the table.
  with recursive tree as (
    select class.oid, class.relkind, class.reltoastrelid from pg_catalog.pg_class as class where class.oid = relation
    union all
    select class.oid, class.relkind, class.reltoastrelid
    from tree
    join pg_catalog.pg_inherits as link on link.inhparent = tree.oid and not link.inhdetachpending
    join pg_catalog.pg_class as class on class.oid = link.inhrelid
    where tree.relkind = 'p'
  ),
  measured as (
    select tree.oid,
      pg_relation_size(tree.oid) as bytes,
      case when tree.reltoastrelid <> 0 then pg_relation_size(tree.reltoastrelid) else 0 end as toast_bytes
    from tree
    where tree.relkind = 'r'
  )
  select measured.oid, measured.bytes / current_setting('block_size')::bigint, measured.bytes + measured.toast_bytes,
    case when measured.toast_bytes > 0 then (
      -- Column by column: asked for the size of a whole row, Postgres fetches every value first. 28 is header and line pointer.
      select format('%s::bigint', 28 + coalesce(sum(attribute.attlen) filter (where attribute.attlen > 0), 0))
        || string_agg(format(' + coalesce(pg_column_size(heap.%I), 0)', attribute.attname), '' order by attribute.attnum)
             filter (where attribute.attlen < 0)
      from pg_catalog.pg_attribute as attribute
      where attribute.attrelid = measured.oid and attribute.attnum > 0 and not attribute.attisdropped and attribute.attgenerated = '')
    end
  from measured;
$$;

comment on function backup.table_heaps(oid) is
  'Where the rows of a table lie: its own heap or those of its leaves, with their blocks and their bytes (heap and TOAST). stored_size is an expression '
  'for the bytes that one row of "heap" has stored, values out of line included; NULL where there are none to be copied and all rows lie in the blocks.';

create or replace function backup.measured_pieces(source oid, blocks bigint, step bigint, stored_size text, slice_bytes bigint)
returns table (start tid, bytes bigint)
language plpgsql stable
set search_path = ''
as $$
begin
  for start, bytes in execute format($query$
    select piece.start, piece.bytes
    from generate_series(0, $1 - 1, $2) as first_block
    cross join lateral (
      select format('(%%s,0)', first_block)::tid as low, format('(%%s,0)', first_block + $2)::tid as high
      -- A value, not an expression that is worked out again for each row.
      offset 0
    ) as span
    cross join lateral (
      select coalesce(sum(%1$s), 0)::bigint as bytes from only %2$s as heap where heap.ctid >= span.low and heap.ctid < span.high
    ) as whole
    cross join lateral (
      select span.low, whole.bytes where whole.bytes <= $3
      union all
      -- ORDER BY also keeps this a query of its own, which is what makes a range scan of it.
      (select heap.ctid, %1$s from only %2$s as heap where whole.bytes > $3 and heap.ctid >= span.low and heap.ctid < span.high order by heap.ctid)
    ) as piece (start, bytes)
  $query$, stored_size, source::pg_catalog.regclass) using blocks, step, slice_bytes
  loop
    return next;
  end loop;
end;
$$;

comment on function backup.measured_pieces(oid, bigint, bigint, text, bigint) is
  'The bytes stored in each range of step blocks of a heap or, where that is more than slice_bytes, for each of its rows, '
  'each with the position where it begins; in no order. One scan of the heap (a second one of what is cut into rows); values out of line are not fetched.';

create or replace function backup.table_slices(relation oid, slice_bytes bigint)
returns table (source oid, from_position tid, to_position tid, estimated_bytes bigint)
language plpgsql stable
set search_path = ''
as $$
declare
  block_size constant bigint := current_setting('block_size')::bigint;
  heap       record;
  piece      record;
begin
  for heap in
    select found.* from backup.table_heaps(relation) as found
    -- An empty leaf has nothing to say, but an empty table is part of the backup.
    where found.blocks > 0 or found.source = relation
    order by found.source
  loop
    source          := heap.source;
    from_position   := '(0,0)';
    estimated_bytes := 0;
    for piece in
      select format('(%s,0)', first_block)::tid as start, block_size * least(step, heap.blocks - first_block) as bytes
      from greatest(1, slice_bytes / block_size) as step
      cross join generate_series(0, heap.blocks - 1, step) as first_block
      where heap.stored_size is null
      union all
      -- Blocks say little about what lies out of line: one may point to hundreds of megabytes, the next to nothing.
      select measured.start, measured.bytes
      from greatest(1, slice_bytes / 8 / greatest(1, heap.bytes / greatest(1, heap.blocks))) as step
      cross join backup.measured_pieces(heap.source, heap.blocks, step, heap.stored_size, slice_bytes) as measured
      where heap.stored_size is not null
      order by start
    loop
      if estimated_bytes > 0 and estimated_bytes + piece.bytes > slice_bytes then
        to_position := piece.start;
        return next;
        from_position   := to_position;
        estimated_bytes := 0;
      end if;
      estimated_bytes := estimated_bytes + piece.bytes;
    end loop;
    -- The last slice is open-ended: whatever was counted, no row is left out.
    to_position := null;
    return next;
  end loop;
end;
$$;

comment on function backup.table_slices(oid, bigint) is
  'Cuts a table (or the leaves of a partitioned one) into ranges of rows with at most slice_bytes stored, values out of line included; only a larger '
  'row (or block, where nothing lies out of line) makes a larger slice, of its own. to_position is exclusive, NULL for open-ended; estimated_bytes '
  'is what is stored, not COPY text.';

create or replace function backup.copy_query(source oid, columns text, from_position tid, to_position tid)
returns text
language sql stable
set search_path = ''
as $$
  select format('copy (select %s from only %I.%I where ctid >= %L%s) to stdout',
    columns, namespace.nspname, class.relname, from_position,
    case when to_position is null then '' else format(' and ctid < %L', to_position) end)
  from pg_catalog.pg_class as class
  join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
  where class.oid = source;
$$;

comment on function backup.copy_query(oid, text, tid, tid) is
  'The COPY statement that reads one slice. columns: the quoted list, possibly empty; from_position inclusive, to_position exclusive or NULL.';

create or replace function backup.copy_statement(schema_name text, table_name text, columns text)
returns text
language sql immutable
set search_path = ''
as $$
  select format(E'copy %I.%I%s from stdin;\n', schema_name, table_name, ' (' || columns || ')')
  where table_name is not null;
$$;

comment on function backup.copy_statement(text, text, text) is 'The line before the rows of a part in an archive''s script. columns: the quoted list, NULL for none.';

create or replace function backup.copy_end()
returns text
language sql immutable
set search_path = ''
as $$
  select E'\\.\n\n';
$$;

comment on function backup.copy_end() is 'The lines behind the rows of a part.';

create or replace function backup.plan_tables(tables text[] default null)
returns table (ordinal integer, relation oid, schema_name text, table_name text, definition jsonb, fingerprint text)
language sql stable
set search_path = ''
as $$
  select chosen.ordinal, chosen.relation, chosen.schema_name, chosen.table_name, described.definition, backup.fingerprint(described.definition)
  from backup.select_tables(tables) as chosen
  cross join lateral (select backup.relation_definition(chosen.relation) as definition) as described
  order by chosen.ordinal;
$$;

comment on function backup.plan_tables(text[]) is 'The tables of a backup with definition and fingerprint, in the order of the archive.';

create or replace function backup.sequence_states(tables text[] default null)
returns table (name text, sequence text, table_label text, column_name text, last_value bigint, is_called boolean)
language plpgsql stable
set search_path = ''
as $$
declare
  state record;
begin
  for state in
    -- once each, though several columns may draw from it
    (select distinct on (fed.sequence) fed.sequence, backup.table_label(chosen.relation) as table_label, fed.column_name
    from backup.select_tables(tables) as chosen
    cross join lateral backup.relation_sequences(chosen.relation) as fed
    order by fed.sequence, chosen.ordinal, fed.column_name)
    union all
    -- Sequences that no table uses are data too, when everything is taken.
    select class.oid, null, null
    from pg_catalog.pg_class as class
    where tables is null and class.relkind = 'S' and class.relnamespace = 'public'::pg_catalog.regnamespace
      and not exists (select from pg_catalog.pg_depend as dependency
                      where dependency.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and dependency.objid = class.oid
                        and dependency.deptype in ('a', 'i', 'e'))
      and not exists (select from pg_catalog.pg_depend as dependency
                      where dependency.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and dependency.refobjid = class.oid)
    order by 1
  loop
    name        := backup.table_label(state.sequence);
    sequence    := state.sequence::pg_catalog.regclass::text;
    table_label := state.table_label;
    column_name := state.column_name;
    execute format('select last_value, is_called from %s', sequence) into last_value, is_called;
    return next;
  end loop;
end;
$$;

comment on function backup.sequence_states(text[]) is
  'Where each sequence of the chosen tables stands; with no choice, also sequences of public that no table uses. sequence is the quoted name, name the plain one.';

create or replace function backup.script_head(backup_id uuid)
returns text
language sql stable
set search_path = ''
as $$
  select format($head$-- Backup %s, archive format 1.
-- Plain SQL for the same tables, empty:  psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE
-- Needs a role that may set session_replication_role: the rows are one consistent snapshot, so triggers and foreign keys are off.

%s;
set session_replication_role = replica;

$head$, backup_id, (
    -- Every name in the script is qualified. Functions in CHECKs, indexes and generated columns run while it loads, and many trust the
    -- search path that the loading role has.
    select string_agg(pinned.statement, E';\n' order by pinned.position)
    from unnest(backup.session_statements()) with ordinality as pinned (statement, position)
    where pinned.statement not like 'set search\_path %'));
$$;

comment on function backup.script_head(uuid) is 'The text that opens an archive''s script.';

create or replace function backup.script_tail(backup_id uuid, tables text[] default null)
returns text
language sql stable
set search_path = ''
as $$
  select coalesce(string_agg(
      format(E'select pg_catalog.setval(%L, %s, %L);\n', state.sequence, state.last_value, state.is_called), '' order by state.sequence), '')
    || format(E'\nreset session_replication_role;\n\n-- End of backup %s.\n', backup_id)
  from backup.sequence_states(tables) as state;
$$;

comment on function backup.script_tail(uuid, text[]) is 'The text that closes an archive''s script: where the sequences stood, and back to normal.';

create or replace function backup.part_name(ordinal integer, label text)
returns text
language sql immutable strict
set search_path = ''
as $$
  -- Only what every object store and file system takes (no .. either); readers follow the manifest, not this name.
  select lpad(ordinal::text, greatest(5, length(ordinal::text)), '0') || '-'
    || regexp_replace(left(regexp_replace(label, '[^A-Za-z0-9_.-]', '_', 'g'), 100), '\.(?=\.|$)', '_', 'g') || '.sql.gz.age';
$$;

comment on function backup.part_name(integer, text) is 'File name of a part, such as 00001-public.profiles.sql.gz.age.';

create or replace function backup.plan_parts(backup_id uuid, tables text[] default null)
returns table (ordinal integer, table_ordinal integer, name text, slice jsonb, copy_query text, prefix text, suffix text, estimated_bytes bigint)
language sql stable
set search_path = ''
-- The planner guesses thousands of slices per table and would compile the query: half a second for nothing.
set jit = off
as $$
  with listed as (
    select chosen.ordinal as table_ordinal, chosen.schema_name, chosen.table_name, chosen.relation,
      -- Generated columns are Postgres's to fill, here as in any COPY.
      (select string_agg(quote_ident(c.name), ', ' order by c."position")
       from backup.relation_columns(chosen.relation) as c where not c.is_generated) as columns
    from backup.select_tables(tables) as chosen
  ),
  pieces as (
    select 0 as section, null::integer as table_ordinal, 'head' as label, '{"kind": "script"}'::jsonb as slice, null as copy_query,
      backup.script_head(backup_id) as prefix, '' as suffix, 0::bigint as estimated_bytes, 0::bigint as source, null::tid as from_position
    union all
    select 1, listed.table_ordinal, listed.schema_name || '.' || listed.table_name,
      jsonb_build_object('kind', 'rows', 'source', backup.table_label(cut.source), 'from', cut.from_position, 'to', cut.to_position),
      backup.copy_query(cut.source, coalesce(listed.columns, ''), cut.from_position, cut.to_position),
      backup.copy_statement(listed.schema_name, listed.table_name, listed.columns),
      backup.copy_end(), cut.estimated_bytes, cut.source::bigint, cut.from_position
    from listed
    cross join lateral backup.table_slices(listed.relation, (backup.setting('slice_bytes'))::bigint) as cut
    union all
    select 2, null, 'tail', '{"kind": "script"}', null, backup.script_tail(backup_id, tables), '', 0, 0, null
  )
  select numbered.ordinal, numbered.table_ordinal, backup.part_name(numbered.ordinal, numbered.label),
    numbered.slice, numbered.copy_query, numbered.prefix, numbered.suffix, numbered.estimated_bytes
  from (
    select pieces.*, (row_number() over (order by section, pieces.table_ordinal, source, from_position) - 1)::integer as ordinal
    from pieces
  ) as numbered
  order by numbered.ordinal;
$$;

comment on function backup.plan_parts(uuid, text[]) is
  'The parts of an archive in order: the head of the script, every slice of every table, the tail. copy_query is NULL for parts without rows.';

create or replace function backup.plan_backup(backup_id uuid, tables text[] default null)
returns jsonb
language sql volatile
set search_path = ''
as $$
  select jsonb_build_object(
    'snapshot',  backup.current_snapshot(),
    'tables',    (select jsonb_agg(to_jsonb(planned) order by planned.ordinal) from backup.plan_tables(tables) as planned),
    'parts',     (select jsonb_agg(to_jsonb(planned) order by planned.ordinal) from backup.plan_parts(backup_id, tables) as planned),
    'sequences', (select coalesce(jsonb_agg(to_jsonb(state) order by state.name), '[]') from backup.sequence_states(tables) as state)
  );
$$;

comment on function backup.plan_backup(uuid, text[]) is
  'The whole plan of a backup, seen by the transaction''s snapshot: {snapshot, tables, parts, sequences}. Reads only; backup.record_plan stores it over another connection.';
