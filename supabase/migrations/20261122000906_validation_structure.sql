-- Structure: what is checked of every table, rules or not: foreign keys, sequences, a key.

create or replace function backup.foreign_key_proofs(relation oid)
returns table (name text, source oid, columns text[], parent oid, parent_columns text[], is_validated boolean, query text)
language sql stable
set search_path = ''
as $$
  -- The keys of the table and those that only a partition of it declares. A key that points at a partitioned table, or that a partition
  -- has from its parent, has an entry of its own in the catalogue; the entry it descends from says it all.
  select key.conname::text, key.conrelid, own.columns, key.confrelid, above.columns, key.convalidated,
    backup.orphan_query(key.conrelid, own.columns, key.confrelid, pair.comparisons, key.confmatchtype)
  from pg_catalog.pg_constraint as key
  cross join lateral (select backup.column_names(key.conrelid,  key.conkey)  as columns) as own
  cross join lateral (select backup.column_names(key.confrelid, key.confkey) as columns) as above
  cross join lateral (
    -- by the very operators of the key, wherever they live
    select array_agg(format('p.%I operator(%I.%s) %s', above.columns[member.position], namespace.nspname, operator.oprname,
                            backup.comparable('t', key.conrelid, own.columns[member.position], key.confrelid, above.columns[member.position]))
                     order by member.position) as comparisons
    from unnest(key.conpfeqop) with ordinality as member (operator_oid, position)
    join pg_catalog.pg_operator as operator on operator.oid = member.operator_oid
    join pg_catalog.pg_namespace as namespace on namespace.oid = operator.oprnamespace
  ) as pair
  where key.contype = 'f'
    and (key.conrelid = relation
         and not exists (select from pg_catalog.pg_constraint as whole where whole.oid = key.conparentid and whole.conrelid = key.conrelid)
      or key.conparentid = 0
         and key.conrelid in (select tree.relid from pg_catalog.pg_partition_tree(relation) as tree where tree.relid <> relation))
  order by key.conname, key.conrelid;
$$;

comment on function backup.foreign_key_proofs(oid) is
  'The foreign keys of a table and its partitions, each with the query (see backup.orphan_query) for its orphans.';

create or replace function backup.check_foreign_keys(relation oid, rule jsonb, proved jsonb[])
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  results    jsonb := '[]'::jsonb;
  key        record;
  violations bigint;
  locations  text;
begin
  for key in
    select found.*
    from backup.foreign_key_proofs(relation) as found
    -- A rule of kind references that says the same has the better words.
    where not exists (
      select from unnest(proved) as other
      where other ->> 'severity' = 'error' and other ->> 'reason' is null
        and other -> 'columns' = to_jsonb(found.columns)
        and backup.resolve_table(other -> 'parameters' ->> 'table') = found.parent
        and coalesce(other -> 'parameters' -> 'columns', to_jsonb(backup.relation_key(found.parent))) = to_jsonb(found.parent_columns)
        and cardinality(found.columns) = 1
    )
  loop
    select orphans.* into violations, locations
    from backup.find_orphans(key.source, key.columns, key.parent, key.parent_columns, key.query) as orphans;
    results := results || backup.rule_result(
      rule || jsonb_build_object(
        'id', 'foreign_key:' || key.name,
        'title', format('%s exists in %s (%s)', array_to_string(key.columns, ', '), backup.table_label(key.parent), array_to_string(key.parent_columns, ', '))
                 || case when key.is_validated then '' else ', a foreign key that is not validated' end),
      violations,
      case when violations > 0 then backup.sample_rows(relation, locations, key.columns,
        replace(rule ->> 'message', '{table}', backup.table_label(key.parent))) end);
  end loop;
  return results;
end;
$$;

comment on function backup.check_foreign_keys(oid, jsonb, jsonb[]) is
  'Proves every foreign key of a table by an anti-join, validated or not: rows written under session_replication_role = replica were never checked. '
  'One that a rule among proved covers is left to that rule.';

create or replace function backup.check_sequences(relation oid, rule jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  results   jsonb := '[]'::jsonb;
  fed       record;
  position  bigint;   -- where the sequence stands
  is_called boolean;  -- whether it has handed that value out
  reached   numeric;  -- the furthest value in the column
  is_behind boolean;
begin
  for fed in
    select found.column_name, backup.table_label(found.sequence) as label, found.sequence::regclass::text as name, detail.seqincrement as step
    from backup.relation_sequences(relation) as found
    join pg_catalog.pg_sequence as detail on detail.seqrelid = found.sequence
    join backup.relation_columns(relation) as present on present.name = found.column_name
    where backup.type_family(present.type_oid) in ('integer', 'number')
      -- One that begins again at its end is meant to meet its own values.
      and not detail.seqcycle
    order by label, found.column_name
  loop
    execute format('select last_value, is_called from %s', fed.name) into position, is_called;
    execute format('select %s(t.%I) from %s as t', case when fed.step > 0 then 'max' else 'min' end, fed.column_name, backup.scan_source(relation))
      into reached;
    is_behind := coalesce(case
      when fed.step > 0 then position + case when is_called then fed.step else 0 end <= reached
      else position + case when is_called then fed.step else 0 end >= reached end, false);

    results := results || backup.rule_result(
      rule || jsonb_build_object(
        'id', 'sequence:' || fed.label,
        'title', format('%s is ahead of %s', fed.label, fed.column_name))
        || case when is_behind then jsonb_build_object('suggestion', format('select setval(%L, %s);', fed.name, reached)) else '{}' end,
      is_behind::integer,
      case when is_behind then jsonb_build_array(jsonb_build_object(
        'record_id', null, 'label', null, 'column', fed.column_name, 'value', position::text,
        'message', replace(replace(replace(rule ->> 'message',
          '{table}', backup.table_label(relation)), '{column}', fed.column_name), '{value}', reached::text))) end);
  end loop;
  return results;
end;
$$;

comment on function backup.check_sequences(oid, jsonb) is
  'Compares each sequence that feeds a column with the largest (of a descending one: smallest) value there. Behind means that '
  'the next value it hands out is not beyond it.';

create or replace function backup.check_table_key(relation oid, rule jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select case when backup.relation_key(relation) is not null then backup.rule_result(rule, 0)
    else backup.rule_result(rule, 1, jsonb_build_array(jsonb_build_object(
      'record_id', null, 'label', null, 'column', null, 'value', null,
      'message', replace(rule ->> 'message', '{table}', backup.table_label(relation))))) end;
$$;

comment on function backup.check_table_key(oid, jsonb) is 'Fails where nothing identifies a row of the table.';
