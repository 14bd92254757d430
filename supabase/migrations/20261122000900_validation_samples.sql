-- Samples: which rows a report shows, and how it shows them. Everything in the chapters of validation only reads, so that it works in
-- a READ ONLY transaction.

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
  'SQL for the key of a row, as text: the value of a single key column, a JSON object of several, or, in a table without a key, '
  'where the row lies just now (ctid).';

create or replace function backup.label_expression(alias text, columns text[])
returns text
language sql immutable
set search_path = ''
as $$
  select 'left(coalesce(' || string_agg(
    case when cardinality(candidate.columns) = 1 then format('nullif(btrim((%s.%I)::text), '''')', alias, candidate.columns[1])
         else format('nullif(btrim(concat_ws('' '', %1$s.%2$I, %1$s.%3$I)), '''')', alias, candidate.columns[1], candidate.columns[2]) end,
    ', ' order by candidate.preference) || '), 200)'
  from (
    values (1, '{full_name}'::text[]), (2, '{first_name,last_name}'), (3, '{name}'), (4, '{title}'), (5, '{email}')
  ) as candidate (preference, columns)
  where candidate.columns <@ label_expression.columns;
$$;

comment on function backup.label_expression(text, text[]) is
  'SQL for what a person calls a row that has these columns: its name, title or e-mail; NULL where it has none of these.';

create or replace function backup.is_rule_fault(state text)
returns boolean
language sql immutable
set search_path = ''
as $$
  -- Not a rule's fault: connection, transaction state, rollback, resources, locks, operator intervention, system, our own errors.
  select state !~ '^(08|25|40|53|55|57|58|XX|BK)';
$$;

comment on function backup.is_rule_fault(text) is
  'Whether an SQLSTATE says that a rule could not be evaluated, rather than that the database is in trouble.';


-- samples ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.sample_rows(relation oid, locations text, columns text[], message text, predicates text[] default null)
returns jsonb
language plpgsql stable
set search_path = ''
-- The rows are fetched from where they lie, however small the table: a check reads a table once.
set enable_seqscan = off
as $$
declare
  offenders text;
  value     text;
  entries   text[] := (string_to_array(rtrim(locations), ' '))[:100];
  sample    jsonb;
begin
  select
    format('array_to_string(array[%s]::text[], '', '')', string_agg(format('case when %s then %L end', coalesce(predicate, 'true'), name), ', ' order by position)),
    case cardinality(columns)
         when 0 then null
         when 1 then format('(t.%I)::text', columns[1])
         else format('nullif(concat_ws('', '', %s), '''')',
           string_agg(format('case when %s then (t.%I)::text end', coalesce(predicate, 'true'), name), ', ' order by position)) end
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
    coalesce(backup.label_expression('t', array(select own.name from backup.relation_columns(relation) as own)), 'null::text'),
    coalesce(offenders, 'null'),
    backup.scan_source(relation),
    coalesce(value, 'null::text'))
  into sample
  using
    array(select split_part(entry, '(', 1)::oid from unnest(entries) with ordinality as noted (entry, position) order by position),
    array(select ('(' || split_part(entry, '(', 2))::tid from unnest(entries) with ordinality as noted (entry, position) order by position),
    message,
    backup.table_label(relation);
  return coalesce(sample, '[]');
end;
$$;

comment on function backup.sample_rows(oid, text, text[], text, text[]) is
  'At most 100 rows of backup.first_locations for a report: [{record_id, label, column, value, message}]. A predicate per column '
  'says which columns of a row are at fault; without them all are.';

create or replace function backup.rule_columns(rule jsonb)
returns text[]
language sql immutable
set search_path = ''
as $$
  select array(select jsonb_array_elements_text(rule -> 'columns'));
$$;

comment on function backup.rule_columns(jsonb) is 'The columns of a rule of backup.fit_rules.';

create or replace function backup.rule_result(rule jsonb, violations bigint, sample jsonb default '[]', fault text default null)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object(
      'id', rule -> 'id', 'title', rule -> 'title', 'severity', rule -> 'severity',
      'status', case when rule ->> 'reason' is not null then 'not_applicable'
                     when fault is not null or violations > 0 then 'failed'
                     else 'passed' end,
      'violations', coalesce(violations, 0), 'sample', coalesce(sample, '[]'), 'suggestion', rule -> 'suggestion')
    || case when rule ->> 'reason' is not null then jsonb_build_object('reason', rule -> 'reason')
            when fault is not null then jsonb_build_object('reason', 'It could not be evaluated: ' || fault) else '{}' end;
$$;

comment on function backup.rule_result(jsonb, bigint, jsonb, text) is
  'A rule''s entry in the report. A rule that could not be evaluated (fault) has failed: nobody knows that its data are good.';
