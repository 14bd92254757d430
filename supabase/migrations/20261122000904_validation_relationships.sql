-- Rules about relationships: kinds references and unique, as anti-joins and aggregates over whole tables.

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

comment on function backup.equality(text, text, oid, oid) is
  'SQL that compares two values of these types for equality, whatever the search_path.';

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

comment on function backup.orphan_query(oid, text[], oid, text[], "char") is
  'The anti-join, from its FROM on, of rows (t) whose columns point at no row of the parent (p).';

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

comment on function backup.is_read_in_order(oid, text[]) is
  'Whether an index alone, without the table, yields the values of these columns in order.';

create or replace function backup.count_by_merging(query text)
returns bigint
language plpgsql stable
set search_path = ''
-- Two indexes read side by side: a third of the work of a hash join, which the planner prefers, not knowing how hash tables miss the
-- processor's caches.
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

create or replace function backup.find_orphans(
  source oid, columns text[], parent oid, parent_columns text[], query text, out violations bigint, out locations text
)
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

comment on function backup.find_orphans(oid, text[], oid, text[], text) is
  'Counts and locates the orphans that a query of backup.orphan_query finds.';

create or replace function backup.check_reference(relation oid, rule jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  columns        text[] := backup.rule_columns(rule);
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
    case when violations > 0 then backup.sample_rows(relation, locations, columns, rule ->> 'message') end);
end;
$$;

comment on function backup.check_reference(oid, jsonb) is 'Checks one rule of kind references by an anti-join.';

create or replace function backup.folded(value text)
returns text
language sql immutable strict parallel safe
set search_path = ''
as $$
  -- Text without letters outside ASCII, which is nearly all, is folded byte by byte: five times as fast.
  select format($sql$(case when octet_length((%1$s)::text) = length((%1$s)::text)
    then lower((%1$s)::text collate "C") collate "C"
    else lower((%1$s)::text collate "default") collate "C" end)$sql$, value);
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

comment on function backup.is_proved_unique(oid, text[]) is
  'Whether a unique index over these columns (or some of them) exists, so that no two rows can share their values.';

create or replace function backup.check_unique(relation oid, rule jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  columns     text[]  := backup.rule_columns(rule);
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
    string_agg(format('%s as k%s',
      case when is_folded and family = 'text' then backup.folded(format('t.%I', name)) else format('t.%I', name) end, ordinal), ', ' order by ordinal),
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
        case when cardinality(columns) = 1 and is_folded then 'hashtextextended(k1, 0)' else format('hash_record_extended(row(%s), 0)', joined) end,
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
    case when violations > 0 then backup.sample_rows(relation, locations, columns, rule ->> 'message') end);
end;
$$;

comment on function backup.check_unique(oid, jsonb) is
  'Checks one rule of kind unique; every row that shares its values is a violation. Rows with a NULL among them are left out.';
