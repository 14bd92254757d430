-- The report: all rules of all tables of a selection, as one JSON document. It is the same for a backup and for GET /validate.

create or replace function backup.check_safely(checker text, relation oid, rule jsonb, proved jsonb[] default '{}')
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return case checker
    when 'references'   then jsonb_build_array(backup.check_reference(relation, rule))
    when 'unique'       then jsonb_build_array(backup.check_unique(relation, rule))
    when 'foreign_keys' then backup.check_foreign_keys(relation, rule, proved)
    when 'sequences'    then backup.check_sequences(relation, rule)
    when 'table_key'    then jsonb_build_array(backup.check_table_key(relation, rule))
  end;
exception when others then
  if not backup.is_rule_fault(sqlstate) then
    raise;
  end if;
  return jsonb_build_array(backup.rule_result(rule, 0, '[]', format('%s (%s).', rtrim(sqlerrm, '.'), sqlstate)));
end;
$$;

comment on function backup.check_safely(text, oid, jsonb, jsonb[]) is
  'Runs one relationship or structural check. One that raises an error is reported as failed with that error, and does not fail '
  'the run.';

create or replace function backup.severity_status(errors bigint, warnings bigint)
returns text
language sql immutable
set search_path = ''
as $$
  select case when errors > 0 then 'failed' when warnings > 0 then 'warnings' else 'passed' end;
$$;

comment on function backup.severity_status(bigint, bigint) is 'passed, warnings or failed; only errors fail.';

create or replace function backup.validate_table(relation oid)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  rules      jsonb[];  -- those of this table
  structural jsonb[];  -- those of every table
  rule       jsonb;
  checked    jsonb;
  results    jsonb;
  errors     bigint;
  warnings   bigint;
begin
  if backup.table_label(relation) is null then
    raise exception using
      errcode = 'BK450',
      message = 'A table was dropped while it was being validated.',
      hint    = 'Try again when nobody changes the schema.';
  end if;

  select array_agg(to_jsonb(fitted)) into rules from backup.fit_rules(relation) as fitted;
  select array_agg(to_jsonb(listed) || '{"reason": null}' order by listed.id) into structural
  from backup.rules as listed where listed.table_name = '*' and listed.is_enabled;

  checked := backup.check_rows(relation, array(
    select listed from unnest(rules) as listed where listed ->> 'reason' is null and listed ->> 'kind' not in ('references', 'unique')));
  results := checked -> 'results';

  foreach rule in array coalesce(rules, '{}') || coalesce(structural, '{}') loop
    if rule ->> 'reason' is not null then
      results := results || backup.rule_result(rule, 0);
    elsif rule ->> 'kind' in ('references', 'unique', 'foreign_keys', 'sequences', 'table_key') then
      results := results || backup.check_safely(rule ->> 'kind', relation, rule, rules);
    end if;
  end loop;

  -- A failed rule without violations is one that could not be evaluated: it counts as one.
  select
    coalesce(sum(greatest((result -> 'violations')::bigint, 1)) filter (where result ->> 'severity' = 'error'), 0),
    coalesce(sum(greatest((result -> 'violations')::bigint, 1)) filter (where result ->> 'severity' = 'warning'), 0)
  into errors, warnings
  from jsonb_array_elements(results) as result
  where result ->> 'status' = 'failed';

  return jsonb_build_object(
    'table', backup.table_label(relation), 'rows', checked -> 'rows', 'invalid_rows', checked -> 'invalid_rows',
    'status', backup.severity_status(errors, warnings), 'errors', errors, 'warnings', warnings,
    'rules', (select coalesce(jsonb_agg(result order by position), '[]') from jsonb_array_elements(results) with ordinality as listed (result, position)));
end;
$$;

comment on function backup.validate_table(oid) is
  'One table of the report: {table, rows, invalid_rows, status, errors, warnings, rules}. invalid_rows are the rows that break any rule about single '
  'rows. Raises BK450 when the table is gone.';

create or replace function backup.absent_tables(tables text[])
returns text[]
language sql stable
set search_path = ''
as $$
  select coalesce(array_agg(distinct asked.name), '{}')
  from unnest(tables) as asked (name)
  cross join lateral (values (asked.name), ('public.' || asked.name)) as label (name)
  where backup.resolve_table(asked.name) is null
    and (exists (select from backup.rules as rule where rule.table_name = label.name)
         or exists (select from backup.rule_table_names as other where other.alternative = label.name));
$$;

comment on function backup.absent_tables(text[]) is
  'Those of the names that no table has, but that the rules know: asking for them is no mistake.';

create or replace function backup.absent_table_report(name text)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'table', named.label, 'rows', 0, 'invalid_rows', 0, 'status', 'not_applicable', 'errors', 0, 'warnings', 0,
    'reason', named.label || ' does not exist',
    'rules', (
      select coalesce(jsonb_agg(
        backup.rule_result(to_jsonb(rule) || jsonb_build_object('reason', named.label || ' does not exist'), 0) order by rule.id), '[]')
      from backup.rules as rule
      where rule.is_enabled
        and (rule.table_name = named.label
             or rule.origin = 'built_in' and exists (select from backup.rule_table_names as other
                                                     where other.table_name = rule.table_name and other.alternative = named.label))))
  from (select case when strpos(name, '.') > 0 then name else 'public.' || name end as label) as named;
$$;

comment on function backup.absent_table_report(text) is
  'The entry of a table that does not exist but has rules: none of them is applicable.';

create or replace function backup.validate_tables(tables text[] default null)
returns jsonb
language plpgsql
-- Stable: all statements see the snapshot of the calling one, so that a report describes a single moment, whatever the isolation level.
stable
set search_path = ''
-- An error rather than a check of the rows that policies happen to show.
set row_security = off
-- Compiling dozens of predicates costs more than it saves.
set jit = off
-- Enough for the joins and sorts of half a million rows; Postgres uses what it needs.
set work_mem = '64MB'
as $$
declare
  began     timestamptz := clock_timestamp();
  absent    text[]      := backup.absent_tables(tables);
  existing  text[]      := array(
    select asked.name from unnest(tables) with ordinality as asked (name, position) where asked.name <> all (absent) order by asked.position);
  reports   jsonb       := '[]'::jsonb;
  chosen    record;
  errors    bigint;
  warnings  bigint;
begin
  if tables is null or existing <> '{}' or absent = '{}' then
    for chosen in select listed.relation from backup.select_tables(case when tables is not null then existing end) as listed order by listed.ordinal loop
      reports := reports || backup.validate_table(chosen.relation);
    end loop;
  end if;
  reports := reports || coalesce((select jsonb_agg(backup.absent_table_report(name) order by name) from unnest(absent) as missing (name)), '[]');

  select coalesce(sum((report -> 'errors')::bigint), 0), coalesce(sum((report -> 'warnings')::bigint), 0)
  into errors, warnings
  from jsonb_array_elements(reports) as report;

  return jsonb_build_object(
    'status', backup.severity_status(errors, warnings), 'started_at', backup.iso(began),
    'duration_ms', round(extract(epoch from clock_timestamp() - began) * 1000),
    'errors', errors, 'warnings', warnings, 'tables', reports);
end;
$$;

comment on function backup.validate_tables(text[]) is
  'Runs the rules over the named tables, or by default over all that a backup holds: {status: passed | warnings | failed, started_at, duration_ms, '
  'errors, warnings, tables}. Only reads. errors and warnings count violations. A name that no table has but rules know is not applicable; any other '
  'bad name raises BK420.';
