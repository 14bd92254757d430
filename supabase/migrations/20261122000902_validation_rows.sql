-- Rules about single rows: all of them in one pass over their table, whatever their number.
--
-- Each row is given a mask with one bit per broken rule, and rows are counted by mask. Clean data has a single mask, so that the count
-- costs one hash lookup per row, not one counter per rule; every predicate is evaluated once per row; and the counts of each rule,
-- and of the rows that break any, are sums over the few masks. Each mask also keeps where its first rows lie (ctid), at most a hundred;
-- the samples of a report are fetched from there afterwards.

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
      string_agg(format(E'case when %s\n then %s::bigint else 0 end', predicate, 1::bigint << ((position - 1) % 60)::integer),
                 ' | ' order by position) as bits
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
  'The statement that checks all row rules of a table in one pass: rows, rows that break any rule, and per predicate the count '
  'and the first locations.';

create or replace function backup.predicate_faults(relation oid, predicates text[])
returns text[]
language plpgsql stable
set search_path = ''
as $$
declare
  faults text[] := array_fill(null::text, array[cardinality(predicates)]);
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

comment on function backup.predicate_faults(oid, text[]) is
  'Tries each predicate alone over the whole table: the error that it raises, or NULL.';

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
      from unnest(backup.row_predicates(relation, rule ->> 'kind', backup.rule_columns(rule), rule -> 'parameters')) as part
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
  'Checks all rules about single rows in one pass over the table: {rows, invalid_rows, results}. invalid_rows counts each row '
  'once, however many rules it breaks.';

create or replace function backup.row_rule_sample(relation oid, rule jsonb, locations text)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return backup.sample_rows(relation, locations, backup.rule_columns(rule), rule ->> 'message',
    case when rule ->> 'kind' not in ('date_order', 'expression')
         then backup.row_predicates(relation, rule ->> 'kind', backup.rule_columns(rule), rule -> 'parameters') end);
end;
$$;

comment on function backup.row_rule_sample(oid, jsonb, text) is 'The sample of a rule about single rows.';
