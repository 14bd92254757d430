-- Live tables: what a backup would hold if it were made now, for whoever chooses tables or writes a rule.

create or replace function backup.table_size(relation oid, out row_count bigint, out bytes bigint)
language sql stable
set search_path = ''
as $$
  select
    -- What was counted as it was written is nearer than the last ANALYZE; after a crash only that is left.
    coalesce(sum(coalesce(nullif(pg_stat_get_live_tuples(heap.source), 0), greatest(class.reltuples::bigint, 0))), 0)::bigint,
    coalesce(sum(heap.bytes), 0)::bigint
  from backup.table_heaps(relation) as heap
  join pg_catalog.pg_class as class on class.oid = heap.source;
$$;

comment on function backup.table_size(oid) is
  'About how many rows a table has, and its bytes (heap and TOAST, without indexes), with no look at the rows.';

create or replace function backup.list_tables()
returns jsonb
language plpgsql stable
set search_path = ''
-- To be measured, a table is locked, if only for sharing: a migration must not hold up whoever looks, and the few connections with them.
set lock_timeout = '1s'
as $$
begin
  perform backup.assert_admin();
  return (
    with listed as materialized (
      select chosen.relation, chosen.ordinal, chosen.schema_name || '.' || chosen.table_name as label from backup.select_tables() as chosen
    ),
    links as materialized (
      select distinct listed.relation as child, coalesce(pg_partition_root(key.parent)::oid, key.parent) as parent
      from listed cross join lateral backup.relation_foreign_keys(listed.relation) as key
    )
    select jsonb_build_object('tables', coalesce(jsonb_agg(jsonb_build_object(
      'table', listed.label, 'estimated_rows', measured.row_count, 'bytes', measured.bytes,
      'key', backup.relation_key(listed.relation),
      'columns', (
        select coalesce(jsonb_agg(jsonb_build_object('name', own.name, 'type', own.type, 'family', backup.type_family(own.type_oid))
          order by own."position"), '[]')
        from backup.relation_columns(listed.relation) as own),
      'references', array(
        select backup.table_label(link.parent) from links as link
        where link.child = listed.relation and link.parent <> listed.relation order by 1),
      'referenced_by', array(
        select child.label from links as link join listed as child on child.relation = link.child
        where link.parent = listed.relation and link.child <> listed.relation order by child.ordinal)
    ) order by listed.ordinal), '[]'))
    from listed cross join lateral backup.table_size(listed.relation) as measured);
end;
$$;

comment on function backup.list_tables() is
  'The tables that a backup holds unless some are chosen: {tables: [{table, estimated_rows, bytes, key, columns: [{name, type, family}], references, '
  'referenced_by}]}. references: where its foreign keys lead, be it in a backup or not; referenced_by: those of the list whose foreign keys '
  'lead to it; itself never. Raises BK403, BK420 when the setting extra_tables is wrong; lock_not_available.';
