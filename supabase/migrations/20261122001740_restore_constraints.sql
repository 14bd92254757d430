-- Constraints: what else would stand in the way of the rows that a restore writes: NOT NULL, CHECK, unique and exclusion constraints, and a
-- partitioned table without a partition for them. Postgres would say so, too, but one row at a time, and only when it is too late to choose
-- differently.

create or replace function backup.constraint_tests(looked_at backup.restore_tables)
returns table (name text, kind text, is_violated text, message text)
language sql stable
set search_path = ''
as $$
  select own.name, 'not_null', format('n.%I is null', own.name), format('Column %s must have a value.', own.name)
  from backup.relation_columns(looked_at.relation) as own
  where own.not_null and not own.is_generated and own.identity = ''
    and case when own.name = any (looked_at.shared_columns)
      -- in an undo nothing is known of the past
      then looked_at.backup_ordinal is null or looked_at.drift @> jsonb_build_array(jsonb_build_object('kind', 'not_null_added', 'column', own.name))
      -- a default that is no constant is not known to be NULL
      else own.default_expression is null end
  union all
  select own.conname, 'check', format('not (select %s from (select n.*) as checked)', pg_get_expr(own.conbin, own.conrelid)),
    format('The rows do not satisfy %s.', pg_get_constraintdef(own.oid))
    || case when own.convalidated then '' else ' It is not validated, so rows that were there before it may break it, and new ones may not. '
       'To have them back: drop it, restore, and add it again as NOT VALID.' end
  from pg_catalog.pg_constraint as own
  where own.conrelid = looked_at.relation and own.contype = 'c'
    and pg_get_constraintdef(own.oid) <> all (looked_at.satisfied)
  union all
  select class.relname, 'partition',
    format('not (%s)', (select coalesce(string_agg(format('(select %s from (select n.*) as routed)',
      coalesce(pg_get_partition_constraintdef(leaf.relid), 'true')), ' or '), 'false')
                        from pg_catalog.pg_partition_tree(class.oid) as leaf where leaf.isleaf and leaf.relid <> class.oid)),
    'There is no partition for these rows.'
  from pg_catalog.pg_class as class
  where class.oid = looked_at.relation and class.relkind = 'p';
$$;

comment on function backup.constraint_tests(backup.restore_tables) is
  'Constraints that one row alone can violate and that the backup is not known to satisfy, with SQL for whether the row n does.';

create or replace function backup.violation(looked_at backup.restore_tables, name text, kind text, rows bigint, sample jsonb, message text,
  is_blocking boolean default true)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('table', backup.label(looked_at), 'constraint', name, 'kind', kind, 'is_blocking', is_blocking,
    'rows', rows, 'sample', coalesce(sample, '[]'), 'message', message);
$$;

comment on function backup.violation(backup.restore_tables, text, text, bigint, jsonb, text, boolean) is 'One entry of a preview''s violations.';

create or replace function backup.found_violation(looked_at backup.restore_tables, name text, kind text, query text, message text)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  broken bigint;
  sample jsonb;
begin
  select counted.row_count, counted.sample into broken, sample from backup.count_rows(query) as counted;
  return case when broken > 0 then jsonb_build_array(backup.violation(looked_at, name, kind, broken, sample, message)) else '[]' end;
exception when others then
  -- The project's own expression fails; the writing will tell whether that matters.
  return jsonb_build_array(backup.violation(looked_at, name, kind, 0, null, format('Could not be evaluated: %s', sqlerrm), false));
end;
$$;

comment on function backup.found_violation(backup.restore_tables, text, text, text, text) is
  'The violation of a constraint by the rows that the query (see backup.count_rows()) finds, as an array of one, with the first ten of them; or '
  'none.';

create or replace function backup.row_violations(looked_at backup.restore_tables)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  tested record;
  answer jsonb := '[]'::jsonb;
begin
  for tested in select * from backup.constraint_tests(looked_at) loop
    answer := answer || backup.found_violation(looked_at, tested.name, tested.kind, format('select %s as row from %s as n where %s',
      backup.texts_object('n', coalesce(looked_at.key, looked_at.shared_columns)), backup.new_rows(looked_at), tested.is_violated), tested.message);
  end loop;
  return answer;
end;
$$;

comment on function backup.row_violations(backup.restore_tables) is
  'NOT NULL, CHECK and partition constraints that the rows to be written would violate, each with the first ten rows.';

create or replace function backup.unique_violations(looked_at backup.restore_tables, becomes_backup boolean)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  checked record;
  answer  jsonb := '[]'::jsonb;
begin
  for checked in
    select class.relname as name,
      (select string_agg(format('(select %s from (select n.*) as expressed) as k%s', pg_get_indexdef(index.indexrelid, number, false), number),
        ', ' order by number)
       from generate_series(1, index.indnkeyatts) as number) as expressions,
      (select string_agg('k' || number, ', ' order by number) from generate_series(1, index.indnkeyatts) as number) as names,
      -- Equal NULLs can only be found one by one.
      case when index.indnullsnotdistinct
        then (select format('exists (select from written where %s)', string_agg(format('written.k%1$s is not distinct from kept.k%1$s', number),
          ' and '))
              from generate_series(1, index.indnkeyatts) as number)
        else (select format('(%1$s) in (select %1$s from written)', string_agg('k' || number, ', ' order by number)) from generate_series(1,
          index.indnkeyatts) as number)
      end as is_met,
      case when index.indnullsnotdistinct then 'true'
           else (select string_agg(format('k%s is not null', number), ' and ') from generate_series(1,
             index.indnkeyatts) as number) end as is_counted,
      case when index.indpred is null then 'true' else format('(select %s from (select n.*) as filtered)',
        pg_get_expr(index.indpred, index.indrelid)) end as is_indexed,
      pg_get_indexdef(index.indexrelid) as definition
    from pg_catalog.pg_index as index
    join pg_catalog.pg_class as class on class.oid = index.indexrelid
    where index.indrelid = looked_at.relation and index.indisunique and index.indisvalid
      and not (becomes_backup and pg_get_indexdef(index.indexrelid) = any (looked_at.satisfied))
      -- Rows are matched by the key: what is written has each value once, and only what has it is replaced.
      and not (index.indpred is null and index.indexprs is null and exists (
        select from backup.relation_columns(looked_at.relation) as own
        where own."position" = any (index.indkey::smallint[])
        having array_agg(own.name order by own.name) = (select array_agg(member.name order by member.name) from unnest(looked_at.key) as member (name))
           and not backup.is_key_in_doubt(looked_at)))
  loop
    answer := answer || backup.found_violation(looked_at, checked.name, 'unique', format($sql$
        with written as materialized (select %1$s from %2$s as n where %3$s),
        doubled as (
          select %4$s
          from (
            select %4$s, true as is_new from written
            union all
            select %4$s, false from (select %1$s from (select p.* from %5$s as p where not %6$s) as n where %3$s) as kept
            where %8$s
          ) as result
          where %7$s
          group by %4$s
          having count(*) > 1 and bool_or(is_new)
        )
        select to_jsonb(doubled) as row from doubled
      $sql$, checked.expressions, backup.new_rows(looked_at), checked.is_indexed, checked.names,
        backup.scan_source(looked_at.relation), backup.is_removed('p', looked_at.changes), checked.is_counted, checked.is_met),
      format('Values would be there twice: %s.', checked.definition));
  end loop;
  return answer;
end;
$$;

comment on function backup.unique_violations(backup.restore_tables, boolean) is
  'Unique indexes (also partial ones and those of expressions) in which values would be twice: the values k1, k2, … of the first ten. '
  'becomes_backup: afterwards the table holds rows of the backup alone, so that what held there holds again.';

create or replace function backup.exclusion_violations(looked_at backup.restore_tables, becomes_backup boolean)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  checked record;
  answer  jsonb := '[]'::jsonb;
begin
  for checked in
    select own.conname as name, pg_get_constraintdef(own.oid) as definition,
      (select string_agg(format('(select %1$s from (select n.*) as expressed) operator(%2$I.%3$s) %4$s',
          pg_get_indexdef(own.conindid, member.position::integer, false), namespace.nspname, operator.oprname,
          -- bare where it is a column, so that its index serves
          case when own.conkey[member.position] > 0 then format('p.%s', pg_get_indexdef(own.conindid, member.position::integer, false))
               else format('(select %s from (select p.*) as expressed)', pg_get_indexdef(own.conindid, member.position::integer, false)) end),
                 ' and ')
       from unnest(own.conexclop) with ordinality as member (operator_oid, position)
       join pg_catalog.pg_operator as operator on operator.oid = member.operator_oid
       join pg_catalog.pg_namespace as namespace on namespace.oid = operator.oprnamespace) as conflicts,
      case when index.indpred is null then 'true' else format('(select %s from (select n.*) as filtered)',
        pg_get_expr(index.indpred, index.indrelid)) end as new_is_indexed,
      case when index.indpred is null then 'true' else format('(select %s from (select p.*) as filtered)',
        pg_get_expr(index.indpred, index.indrelid)) end as other_is_indexed
    from pg_catalog.pg_constraint as own
    join pg_catalog.pg_index as index on index.indexrelid = own.conindid
    where own.conrelid = looked_at.relation and own.contype = 'x'
      and not (becomes_backup and pg_get_constraintdef(own.oid) = any (looked_at.satisfied))
  loop
    answer := answer || backup.found_violation(looked_at, checked.name, 'exclusion', format(
        'select %1$s as row from %2$s as n where %3$s and (exists (select from %4$s as p where %5$s and %6$s and not %7$s) '
        'or exists (select from %2$s as p where %5$s and %6$s and p."staged row" <> n."staged row"))',
        backup.texts_object('n', coalesce(looked_at.key, looked_at.shared_columns)), backup.new_rows(looked_at), checked.new_is_indexed,
        backup.scan_source(looked_at.relation), checked.conflicts, checked.other_is_indexed, backup.is_removed('p', looked_at.changes)),
      format('Rows would exclude each other: %s.', checked.definition));
  end loop;
  return answer;
end;
$$;

comment on function backup.exclusion_violations(backup.restore_tables, boolean) is
  'Exclusion constraints that the rows to be written would violate, each with the first ten rows.';

create or replace function backup.table_violations(restore_id uuid)
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(backup.violation(listed, hindrance.name, hindrance.kind,
    listed.insert_count + listed.update_count + listed.delete_count, null, hindrance.message)), '[]')
  from backup.restore_tables as listed
  join pg_catalog.pg_class as class on class.oid = listed.relation
  cross join lateral (
    -- A deletion is told to subscribers, who must know which row was meant.
    select published.pubname::text as name, 'replica_identity' as kind, format(
      'The table is published without a replica identity, so that none of its rows can be deleted. Say: alter table %s replica identity full;',
      listed.relation::pg_catalog.regclass) as message
    from pg_catalog.pg_publication_tables as published
    join pg_catalog.pg_publication as own on own.pubname = published.pubname and (own.pubdelete or own.pubupdate)
    where (published.schemaname, published.tablename) = (listed.schema_name, listed.table_name) and listed.update_count + listed.delete_count > 0
      and (class.relreplident = 'n' or class.relreplident = 'd' and not exists (
        select from pg_catalog.pg_index as index where index.indrelid = class.oid and index.indisprimary))
    union all
    select own.tgname::text, 'trigger', format('The trigger fires always, and only the owner of %s can switch it off.',
      listed.relation::pg_catalog.regclass)
    from pg_catalog.pg_trigger as own
    where own.tgrelid = class.oid and not own.tgisinternal and own.tgenabled in ('A', 'R') and not pg_has_role(class.relowner, 'usage')
  ) as hindrance
  where listed.restore_id = table_violations.restore_id and listed.is_touched;
$$;

comment on function backup.table_violations(uuid) is
  'What keeps whole tables from being written: they are published without a replica identity, or have a trigger that fires always and are '
  'somebody else''s.';

create or replace function backup.find_violations(target backup.restores, orphans jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  -- An orphan that is left out leaves a live row in its place.
  becomes_backup constant boolean := target.mode = 'replace' and target.requested_rows is null and orphans = '[]';
  looked_at      backup.restore_tables;
  answer         jsonb := backup.table_violations(target.restore_id);
begin
  for looked_at in
    select * from backup.restore_tables as listed
    where listed.restore_id = target.restore_id and listed.changes is not null and listed.staged is not null
      and listed.is_written
    order by listed.ordinal
  loop
    answer := answer || backup.row_violations(looked_at) || backup.unique_violations(looked_at, becomes_backup);
    -- Compared pair by pair: with very many rows that is left to the index, at the writing.
    if looked_at.insert_count + looked_at.update_count <= 5000 then
      answer := answer || backup.exclusion_violations(looked_at, becomes_backup);
    end if;
  end loop;
  return answer;
end;
$$;

comment on function backup.find_violations(backup.restores, jsonb) is
  'Everything but foreign keys that would stand in the way of the rows to be written: [{table, constraint, kind, is_blocking, rows, sample, '
  'message}].';

create or replace function backup.explain_violation(target backup.restores, label text, constraint_name text)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  looked_at backup.restore_tables;
begin
  select * into looked_at from backup.restore_tables as listed
  where listed.restore_id = target.restore_id and listed.changes is not null and listed.staged is not null
    and listed.relation = coalesce(pg_partition_root(backup.resolve_table(label)), backup.resolve_table(label));
  if not found then
    return '[]'::jsonb;
  end if;
  -- Also what the backup was thought to satisfy: a function may say something else now.
  looked_at.satisfied := '{}';
  return coalesce((
    select found_violation.value -> 'sample'
    from jsonb_array_elements(backup.row_violations(looked_at) || backup.unique_violations(looked_at,
      false) || backup.exclusion_violations(looked_at, false)) as found_violation
    where found_violation.value ->> 'constraint' = constraint_name
    limit 1), '[]');
exception when others then
  return '[]'::jsonb;
end;
$$;

comment on function backup.explain_violation(backup.restores, text, text) is
  'The first ten rows that a constraint refused when a restore was applied, as long as it is staged; [] where they cannot be told. label: '
  'schema.table, of a partition as well.';
