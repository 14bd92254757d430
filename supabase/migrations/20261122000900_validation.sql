-- Validation: runs the rules over one table. Everything here only reads, so that it works in a READ ONLY transaction.
--
-- How the rows of a table are checked in one pass: each row is given a mask with one bit per broken rule, and rows are counted by
-- mask. Clean data has a single mask, so that the count costs one hash lookup per row, not one counter per rule; every predicate is
-- evaluated once per row; and the counts of each rule, and of the rows that break any, are sums over the few masks. Each mask also keeps where its first
-- rows lie (ctid), at most 100; the samples of a report are fetched from there afterwards.

-- where the first rows lie -----------------------------------------------------------------------------------------------------
--
-- Text such as '16402(0,1) 16402(0,7) ': an array would be unpacked and packed again with every row.

create or replace function backup.add_location(locations text, relation oid, location tid)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
begin
  -- No entry is longer than 28 bytes: at least 100 of them fit.
  if octet_length(locations) >= 2800 then
    return locations;
  end if;
  return locations || relation::text || location::text || ' ';
end;
$$;

create or replace function backup.join_locations(locations text, others text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
begin
  if octet_length(locations) >= 2800 then
    return locations;
  end if;
  return locations || others;
end;
$$;

create or replace aggregate backup.first_locations(relation oid, location tid) (
  sfunc = backup.add_location, stype = text, initcond = '', combinefunc = backup.join_locations, parallel = safe
);

create or replace aggregate backup.merge_locations(locations text) (
  sfunc = backup.join_locations, stype = text, initcond = '', combinefunc = backup.join_locations, parallel = safe
);

comment on function backup.add_location(text, oid, tid)     is 'Notes where one more row lies, unless a hundred are noted.';
comment on function backup.join_locations(text, text)       is 'Joins two lists of backup.first_locations, unless the first has a hundred.';
comment on aggregate backup.first_locations(oid, tid)       is 'Where the first hundred (or somewhat more) rows lie, as tableoid and ctid.';
comment on aggregate backup.merge_locations(text)           is 'One list of the first hundred (or somewhat more) rows out of several.';


-- pieces of SQL ----------------------------------------------------------------------------------------------------------------

create or replace function backup.scan_source(relation oid)
returns text
language sql stable strict
set search_path = ''
as $$
  -- What a backup copies: a partitioned table with its partitions, any other without tables that inherit from it.
  select case class.relkind when 'r' then 'only ' else '' end || format('%I.%I', namespace.nspname, class.relname)
  from pg_catalog.pg_class as class
  join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
  where class.oid = relation;
$$;

comment on function backup.scan_source(oid) is 'SQL that names a table in a FROM clause: [only] schema.table, quoted.';

create or replace function backup.record_id_expression(relation oid)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when cardinality(key.columns) = 1 then format('(t.%I)::text', key.columns[1])
    when cardinality(key.columns) > 1 then
      (select format('jsonb_build_object(%s)::text', string_agg(format('%1$L, t.%1$I', name), ', ' order by position))
       from unnest(key.columns) with ordinality as member (name, position))
    else '''ctid '' || t.ctid::text'
  end
  from (select backup.relation_key(relation) as columns) as key;
$$;

comment on function backup.record_id_expression(oid) is
  'SQL for the key of a row, as text: the value of a single key column, a JSON object of several, or, in a table without a key, where the row lies just now (ctid).';

create or replace function backup.record_label_expression(relation oid)
returns text
language sql stable
set search_path = ''
as $$
  select 'left(coalesce(' || string_agg(
    case when cardinality(candidate.columns) = 1 then format('nullif(btrim((t.%I)::text), '''')', candidate.columns[1])
         else format('nullif(btrim(concat_ws('' '', t.%I, t.%I)), '''')', candidate.columns[1], candidate.columns[2]) end,
    ', ' order by candidate.preference) || '), 200)'
  from (values (1, '{full_name}'::text[]), (2, '{first_name,last_name}'), (3, '{name}'), (4, '{title}'), (5, '{email}')) as candidate (preference, columns)
  where array_position(backup.column_types(relation, candidate.columns), null) is null;
$$;

comment on function backup.record_label_expression(oid) is 'SQL for what a person calls a row: its name, title or e-mail; NULL where the table has none of these.';

create or replace function backup.is_rule_fault(state text)
returns boolean
language sql immutable
set search_path = ''
as $$
  -- Not a rule's fault: connection, transaction state, rollback, resources, locks, operator intervention, system, our own errors.
  select state !~ '^(08|25|40|53|55|57|58|XX|BK)';
$$;

comment on function backup.is_rule_fault(text) is 'Whether an SQLSTATE says that a rule could not be evaluated, rather than that the database is in trouble.';


-- samples ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.sample_rows(relation oid, locations text, columns text[], predicates text[], message text)
returns jsonb
language plpgsql stable
set search_path = ''
-- The rows are fetched from where they lie, however small the table: a check reads a table once.
set enable_seqscan = off
as $$
declare
  offenders text;
  value     text;
  sample    jsonb;
begin
  select
    format('array_to_string(array[%s]::text[], '', '')', string_agg(format('case when %s then %L end', predicate, name), ', ' order by position)),
    case cardinality(columns)
         when 0 then null
         when 1 then format('(t.%I)::text', columns[1])
         else format('nullif(concat_ws('', '', %s), '''')', string_agg(format('case when %s then (t.%I)::text end', predicate, name), ', ' order by position)) end
  into offenders, value
  from unnest(columns, predicates) with ordinality as member (name, predicate, position)
  where name is not null;

  execute format($sql$
    select jsonb_agg(jsonb_build_object(
      'record_id', found.record_id,
      'label',     found.label,
      'column',    found.column_name,
      'value',     found.value,
      'message',   replace(replace(replace($3, '{table}', $4), '{column}', coalesce(found.column_name, '')), '{value}', coalesce(found.value, 'NULL'))
    ) order by found.relation, found.location)
    from (
      select t.tableoid as relation, t.ctid as location, %s as record_id, %s as label, nullif(%s, '') as column_name,
        case when length(shown.value) > 200 then left(shown.value, 199) || '…' else shown.value end as value
      from %s as t
      cross join lateral (select %s as value) as shown
      where t.ctid = any ($2)
        and (t.tableoid, t.ctid) in (select noted.relation, noted.location from unnest($1, $2) as noted (relation, location))
    ) as found$sql$,
    backup.record_id_expression(relation),
    coalesce(backup.record_label_expression(relation), 'null::text'),
    coalesce(offenders, 'null'),
    backup.scan_source(relation),
    coalesce(value, 'null::text'))
  into sample
  using
    (select array_agg(split_part(entry, '(', 1)::oid order by position) from unnest((string_to_array(rtrim(locations), ' '))[:100]) with ordinality as noted (entry, position)),
    (select array_agg(('(' || split_part(entry, '(', 2))::tid order by position) from unnest((string_to_array(rtrim(locations), ' '))[:100]) with ordinality as noted (entry, position)),
    message,
    backup.table_label(relation);
  return coalesce(sample, '[]');
end;
$$;

comment on function backup.sample_rows(oid, text, text[], text[], text) is
  'At most 100 rows of backup.first_locations for a report: [{record_id, label, column, value, message}]. A predicate per column says which columns of a row are at fault.';

create or replace function backup.rule_result(rule jsonb, violations bigint, sample jsonb default '[]', fault text default null)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object(
      'id', rule -> 'id', 'title', rule -> 'title', 'severity', rule -> 'severity',
      'status', case when rule ->> 'reason' is not null then 'not_applicable' when fault is not null or violations > 0 then 'failed' else 'passed' end,
      'violations', coalesce(violations, 0), 'sample', coalesce(sample, '[]'), 'suggestion', rule -> 'suggestion')
    || case when rule ->> 'reason' is not null then jsonb_build_object('reason', rule -> 'reason')
            when fault is not null then jsonb_build_object('reason', 'It could not be evaluated: ' || fault) else '{}' end;
$$;

comment on function backup.rule_result(jsonb, bigint, jsonb, text) is
  'A rule''s entry in the report. A rule that could not be evaluated (fault) has failed: nobody knows that its data are good.';


-- rules about single rows ------------------------------------------------------------------------------------------------------

create or replace function backup.tally_statement(relation oid, predicates text[])
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  masks     text;  -- mask_0, mask_1, …: 60 rules each
  testing   text;
  is_broken text;
  counts    text;
  samples   text;
begin
  if coalesce(cardinality(predicates), 0) = 0 then
    return format('select count(*), 0::bigint, null::bigint[], null::text[] from %s', backup.scan_source(relation));
  end if;

  select string_agg(format('mask_%s', word), ', ' order by word),
         string_agg(format('%s as mask_%s', bits, word), ', ' order by word),
         string_agg(format('mask_%s <> 0', word), ' or ' order by word)
  into masks, testing, is_broken
  from (
    select (position - 1) / 60 as word,
      string_agg(format(E'case when %s\n then %s::bigint else 0 end', predicate, 1::bigint << ((position - 1) % 60)::integer), ' | ' order by position) as bits
    from unnest(predicates) with ordinality as member (predicate, position)
    group by 1
  ) as words;

  select string_agg(format('coalesce(sum(n) filter (where mask_%s & %s <> 0), 0)', word, bit), ', ' order by position),
         string_agg(format('backup.merge_locations(locations) filter (where mask_%s & %s <> 0)', word, bit), ', ' order by position)
  into counts, samples
  from (
    select position, (position - 1) / 60 as word, 1::bigint << ((position - 1) % 60)::integer as bit
    from generate_series(1, cardinality(predicates)) as member (position)
  ) as bits;

  -- OFFSET keeps the planner from merging the two levels, and so from evaluating each predicate again wherever its mask is mentioned. A typed
  -- literal, since a plain 0 is a cast at the moment when the planner decides about parallel workers, and it would decide against them.
  return format($sql$
    with tallies as (
      select %1$s, count(*) as n, backup.first_locations(relation, location) filter (where %2$s) as locations
      from (select %3$s, t.tableoid as relation, t.ctid as location from %4$s as t offset bigint '0') as tested
      group by %1$s
    )
    select coalesce(sum(n), 0)::bigint, coalesce(sum(n) filter (where %2$s), 0)::bigint, array[%5$s]::bigint[], array[%6$s]::text[]
    from tallies$sql$,
    masks, is_broken, testing, backup.scan_source(relation), counts, samples);
end;
$$;

comment on function backup.tally_statement(oid, text[]) is
  'The statement that checks all row rules of a table in one pass: rows, rows that break any rule, and per predicate the count and the first locations.';

create or replace function backup.predicate_faults(relation oid, predicates text[])
returns text[]
language plpgsql stable
set search_path = ''
as $$
declare
  faults   text[] := array_fill(null::text, array[cardinality(predicates)]);
  position integer;
begin
  for position in 1 .. cardinality(predicates) loop
    begin
      execute format(E'select count(*) from %s as t where %s\n', backup.scan_source(relation), predicates[position]);
    exception when others then
      if not backup.is_rule_fault(sqlstate) then
        raise;
      end if;
      faults[position] := format('%s (%s).', rtrim(sqlerrm, '.'), sqlstate);
    end;
  end loop;
  return faults;
end;
$$;

comment on function backup.predicate_faults(oid, text[]) is 'Tries each predicate alone over the whole table: the error that it raises, or NULL.';

create or replace function backup.check_rows(relation oid, rules jsonb[])
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  predicates    text[];    -- per rule, true for a row that breaks it
  faults        text[];    -- per rule, why it cannot be evaluated
  row_count     bigint;
  invalid_count bigint;
  counts        bigint[];
  locations     text[];
  results       jsonb;
begin
  select array_agg((
      select string_agg(distinct format('(%s)', part), ' or ')
      from unnest(backup.row_predicates(relation, rule ->> 'kind', array(select jsonb_array_elements_text(rule -> 'columns')), rule -> 'parameters')) as part
    ) order by position)
  into predicates
  from unnest(rules) with ordinality as listed (rule, position);

  begin
    execute backup.tally_statement(relation, predicates) into row_count, invalid_count, counts, locations;
  exception when others then
    if not backup.is_rule_fault(sqlstate) then
      raise;
    end if;
    -- Some rule raises an error: find out which, and check the others without it.
    faults := backup.predicate_faults(relation, predicates);
    select array_agg(case when faults[position] is null then predicate else 'false' end order by position)
    into predicates
    from unnest(predicates) with ordinality as member (predicate, position);
    execute backup.tally_statement(relation, predicates) into row_count, invalid_count, counts, locations;
  end;

  select jsonb_agg(backup.rule_result(rule, counts[position],
      case when counts[position] > 0 then backup.row_rule_sample(relation, rule, locations[position]) end, faults[position]) order by position)
  into results
  from unnest(rules) with ordinality as listed (rule, position);

  return jsonb_build_object('rows', row_count, 'invalid_rows', invalid_count, 'results', coalesce(results, '[]'));
end;
$$;

comment on function backup.check_rows(oid, jsonb[]) is
  'Checks all rules about single rows in one pass over the table: {rows, invalid_rows, results}. invalid_rows counts each row once, however many rules it breaks.';

create or replace function backup.row_rule_sample(relation oid, rule jsonb, locations text)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  columns text[] := array(select jsonb_array_elements_text(rule -> 'columns'));
begin
  return backup.sample_rows(relation, locations, columns,
    case when rule ->> 'kind' in ('date_order', 'expression') then array_fill('true'::text, array[cardinality(columns)])
         else backup.row_predicates(relation, rule ->> 'kind', columns, rule -> 'parameters') end,
    rule ->> 'message');
end;
$$;

comment on function backup.row_rule_sample(oid, jsonb, text) is 'The sample of a rule about single rows.';


-- rules about relationships ----------------------------------------------------------------------------------------------------

create or replace function backup.equality(left_value text, right_value text, left_type oid, right_type oid)
returns text
language sql stable
set search_path = ''
as $$
  -- Types that know nothing of each other (uuid and text) are compared as text; a type of an extension by its own operator.
  select case
    when left_type = right_type or backup.type_family(left_type) in ('integer', 'number') and backup.type_family(right_type) in ('integer', 'number')
      then format('%s operator(%I.=) %s', left_value, coalesce((
        select namespace.nspname
        from pg_catalog.pg_opclass as class
        join pg_catalog.pg_am as method on method.oid = class.opcmethod and method.amname = 'btree'
        join pg_catalog.pg_amop as member on member.amopfamily = class.opcfamily and member.amopstrategy = 3
                                         and member.amoplefttype = class.opcintype and member.amoprighttype = class.opcintype
        join pg_catalog.pg_operator as operator on operator.oid = member.amopopr
        join pg_catalog.pg_namespace as namespace on namespace.oid = operator.oprnamespace
        where class.opcintype = backup.base_type(left_type) and class.opcdefault), 'pg_catalog'), right_value)
    when backup.type_family(left_type) = backup.type_family(right_type) and backup.type_family(left_type) in ('date', 'timestamp')
      then format('%s = %s', left_value, right_value)
    else format('(%s)::text = (%s)::text', left_value, right_value)
  end;
$$;

comment on function backup.equality(text, text, oid, oid) is 'SQL that compares two values of these types for equality, whatever the search_path.';

create or replace function backup.orphan_query(source oid, columns text[], parent oid, comparisons text[], match_type "char" default 's')
returns text
language sql stable
set search_path = ''
as $$
  -- MATCH FULL: all columns NULL or all found. MATCH SIMPLE: one NULL is enough to point nowhere.
  select format('from %s as t where (%s) and not exists (select from %s as p where %s)',
    backup.scan_source(source),
    (select string_agg(format('t.%I is not null', name), case match_type when 'f' then ' or ' else ' and ' end) from unnest(columns) as member (name)),
    backup.scan_source(parent),
    array_to_string(comparisons, ' and '));
$$;

comment on function backup.orphan_query(oid, text[], oid, text[], "char") is 'The anti-join, from its FROM on, of rows (t) whose columns point at no row of the parent (p).';

create or replace function backup.is_read_in_order(relation oid, columns text[])
returns boolean
language sql stable
set search_path = ''
as $$
  -- The visibility map must cover nearly all of the table, or else its rows are looked up one by one after all.
  select exists (
    select
    from pg_catalog.pg_index as index
    join pg_catalog.pg_class as own on own.oid = index.indexrelid
    join pg_catalog.pg_am as method on method.oid = own.relam and method.amname = 'btree'
    join pg_catalog.pg_class as class on class.oid = index.indrelid
    where index.indrelid = relation and index.indisvalid and index.indpred is null
      and class.relkind = 'r' and class.relpages > 0 and class.relallvisible >= 0.9 * class.relpages
      and columns = (
        select array_agg(attribute.attname::text order by member.position)
        from unnest(index.indkey) with ordinality as member (attnum, position)
        join pg_catalog.pg_attribute as attribute on attribute.attrelid = relation and attribute.attnum = member.attnum
        where member.position <= cardinality(columns)
      )
  );
$$;

comment on function backup.is_read_in_order(oid, text[]) is 'Whether an index alone, without the table, yields the values of these columns in order.';

create or replace function backup.count_by_merging(query text)
returns bigint
language plpgsql stable
set search_path = ''
-- Two indexes read side by side: a third of the work of a hash join, which the planner (not knowing how hash tables miss the processor's caches) prefers.
set enable_hashjoin = off
set max_parallel_workers_per_gather = 0
set random_page_cost = 1.1
as $$
declare
  found bigint;
begin
  execute 'select count(*) ' || query into found;
  return found;
end;
$$;

comment on function backup.count_by_merging(text) is 'Counts the rows of backup.orphan_query where both sides can be read in order.';

create or replace function backup.find_orphans(source oid, columns text[], parent oid, parent_columns text[], query text, out violations bigint, out locations text)
language plpgsql stable
set search_path = ''
as $$
begin
  if backup.is_read_in_order(source, columns) and backup.is_read_in_order(parent, parent_columns) then
    violations := backup.count_by_merging(query);
    if violations = 0 then
      return;
    end if;
  end if;
  execute 'select count(*), backup.first_locations(t.tableoid, t.ctid) ' || query into violations, locations;
end;
$$;

comment on function backup.find_orphans(oid, text[], oid, text[], text) is 'Counts and locates the orphans that a query of backup.orphan_query finds.';

create or replace function backup.check_reference(relation oid, rule jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  columns        text[] := array(select jsonb_array_elements_text(rule -> 'columns'));
  parent         oid    := backup.resolve_table(rule -> 'parameters' ->> 'table');
  parent_columns text[] := case when rule -> 'parameters' ? 'columns' then array(select jsonb_array_elements_text(rule -> 'parameters' -> 'columns'))
                                else backup.relation_key(parent) end;
  comparisons    text[];
  violations     bigint;
  locations      text;
begin
  select array_agg(backup.equality(format('p.%I', above.name), format('t.%I', own.name), above.type_oid, own.type_oid) order by pair.position)
  into comparisons
  from unnest(columns, parent_columns) with ordinality as pair (own, above, position)
  join backup.relation_columns(relation) as own   on own.name = pair.own
  join backup.relation_columns(parent)   as above on above.name = pair.above;

  select found.* into violations, locations
  from backup.find_orphans(relation, columns, parent, parent_columns, backup.orphan_query(relation, columns, parent, comparisons)) as found;
  return backup.rule_result(rule, violations,
    case when violations > 0 then backup.sample_rows(relation, locations, columns, array_fill('true'::text, array[cardinality(columns)]), rule ->> 'message') end);
end;
$$;

comment on function backup.check_reference(oid, jsonb) is 'Checks one rule of kind references by an anti-join.';

create or replace function backup.folded(value text)
returns text
language sql immutable strict parallel safe
set search_path = ''
as $$
  -- Text without letters outside ASCII, which is nearly all, is folded byte by byte: five times as fast.
  select format('(case when octet_length((%1$s)::text) = length((%1$s)::text) then lower((%1$s)::text collate "C") collate "C" else lower((%1$s)::text collate "default") collate "C" end)', value);
$$;

comment on function backup.folded(text) is 'SQL: the value (an SQL expression of a text type) in lower case.';

create or replace function backup.is_proved_unique(relation oid, columns text[])
returns boolean
language sql stable
set search_path = ''
as $$
  -- Unique indexes, unlike foreign keys, cannot be bypassed by session_replication_role.
  select exists (
    select
    from pg_catalog.pg_index as index
    where index.indrelid = relation and index.indisunique and index.indisvalid and index.indisready
      and index.indpred is null and index.indexprs is null
      and not exists (
        select
        from unnest(index.indkey) with ordinality as member (attnum, position)
        join pg_catalog.pg_attribute as attribute on attribute.attrelid = relation and attribute.attnum = member.attnum
        where member.position <= index.indnkeyatts and attribute.attname <> all (columns)
      )
  );
$$;

comment on function backup.is_proved_unique(oid, text[]) is 'Whether a unique index over these columns (or some of them) exists, so that no two rows can share their values.';

create or replace function backup.check_unique(relation oid, rule jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  columns     text[]  := array(select jsonb_array_elements_text(rule -> 'columns'));
  families    text[]  := backup.column_families(relation, columns);
  is_folded   boolean := coalesce((rule -> 'parameters' ->> 'ignore_case')::boolean, false) and 'text' = any (families);
  is_proved   boolean := backup.is_proved_unique(relation, columns);
  is_distinct boolean;
  keys        text;  -- the values compared, as k1, k2, …
  present     text;  -- none of them is NULL
  folded      text;  -- some of them changes when its case is folded
  joined      text;
  matching    text;
  violations  bigint := 0;
  locations   text;
begin
  if is_proved and not is_folded then
    return backup.rule_result(rule, 0);
  end if;

  select
    string_agg(format('%s as k%s', case when is_folded and family = 'text' then backup.folded(format('t.%I', name)) else format('t.%I', name) end, ordinal), ', ' order by ordinal),
    string_agg(format('t.%I is not null', name), ' and '),
    string_agg(format('%s <> (t.%I)::text collate "C"', backup.folded(format('t.%I', name)), name), ' or ') filter (where family = 'text'),
    string_agg(format('k%s', ordinal), ', ' order by ordinal),
    string_agg(case when is_folded and family = 'text' then format('listed.k%1$s = shared.k%1$s', ordinal)
                    else backup.equality(format('listed.k%s', ordinal), format('shared.k%s', ordinal), own.type_oid, own.type_oid) end, ' and ')
  into keys, present, folded, joined, matching
  from unnest(columns, families) with ordinality as member (name, family, ordinal)
  join backup.relation_columns(relation) as own using (name);

  -- Nearly always nothing is shared, and this is a quicker proof than grouping by the values.
  if is_proved then
    -- Values that differ can only meet when folding changes one of them.
    execute format('select count(*) = 0 from %s as t where %s', backup.scan_source(relation), folded) into is_distinct;
  else
    begin
      execute format('select count(*) = count(distinct h) from (select %s as h from (select %s from %s as t where %s) as listed) as hashed',
        case when cardinality(columns) = 1 and families[1] = 'text' and is_folded then 'hashtextextended(k1, 0)' else format('hash_record_extended(row(%s), 0)', joined) end,
        keys, backup.scan_source(relation), present) into is_distinct;
    exception when undefined_function then
      is_distinct := false;  -- a type without a hash function: group by the values themselves
    end;
  end if;

  if not is_distinct then
    execute format($sql$
      with shared as (select %1$s from (select %2$s from %3$s as t where %4$s) as listed group by %1$s having count(*) > 1)
      select count(*), backup.first_locations(relation, location)
      from (select t.tableoid as relation, t.ctid as location, %2$s from %3$s as t where %4$s) as listed
      join shared on %5$s$sql$,
      joined, keys, backup.scan_source(relation), present, matching) into violations, locations;
  end if;

  return backup.rule_result(rule, violations,
    case when violations > 0 then backup.sample_rows(relation, locations, columns, array_fill('true'::text, array[cardinality(columns)]), rule ->> 'message') end);
end;
$$;

comment on function backup.check_unique(oid, jsonb) is 'Checks one rule of kind unique; every row that shares its values is a violation. Rows with a NULL among them are left out.';


-- structure ----------------------------------------------------------------------------------------------------------------------

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
  cross join lateral (
    select array_agg(attribute.attname::text order by member.position) as columns
    from unnest(key.conkey) with ordinality as member (attnum, position)
    join pg_catalog.pg_attribute as attribute on attribute.attrelid = key.conrelid and attribute.attnum = member.attnum
  ) as own
  cross join lateral (
    select array_agg(attribute.attname::text order by member.position) as columns
    from unnest(key.confkey) with ordinality as member (attnum, position)
    join pg_catalog.pg_attribute as attribute on attribute.attrelid = key.confrelid and attribute.attnum = member.attnum
  ) as above
  cross join lateral (
    -- by the very operators of the key, wherever they live
    select array_agg(format('p.%I operator(%I.%s) t.%I', above.columns[member.position], namespace.nspname, operator.oprname, own.columns[member.position])
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

comment on function backup.foreign_key_proofs(oid) is 'The foreign keys of a table and its partitions, each with the query (see backup.orphan_query) for its orphans.';

create or replace function backup.check_foreign_keys(relation oid, rule jsonb, proved jsonb[])
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  results    jsonb := '[]';
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
      case when violations > 0 then backup.sample_rows(relation, locations, key.columns, array_fill('true'::text, array[cardinality(key.columns)]),
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
  results   jsonb := '[]';
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
    execute format('select %s(t.%I) from %s as t', case when fed.step > 0 then 'max' else 'min' end, fed.column_name, backup.scan_source(relation)) into reached;
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
        'message', replace(replace(replace(rule ->> 'message', '{table}', backup.table_label(relation)), '{column}', fed.column_name), '{value}', reached::text))) end);
  end loop;
  return results;
end;
$$;

comment on function backup.check_sequences(oid, jsonb) is
  'Compares each sequence that feeds a column with the largest (of a descending one: smallest) value there. Behind means that the next value it hands out is not beyond it.';

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
