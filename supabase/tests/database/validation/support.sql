-- What the validation tests share, besides ../support.sql. Included after begin; gone with the rollback.
\ir ../support.sql
set local timezone = 'UTC';

-- One rule's entry in a report.
create function testing.rule(report jsonb, rule_id text, table_label text default null)
returns jsonb
language sql
as $$
  select rule
  from jsonb_array_elements(report -> 'tables') as checked
  cross join lateral jsonb_array_elements(checked -> 'rules') as rule
  where rule ->> 'id' = rule_id and checked ->> 'table' = coalesce(table_label, checked ->> 'table');
$$;

-- The same in short: status, violations and the keys of the sample, as 'failed 2: a, b'; with a reason, 'not_applicable: because'.
create function testing.outcome(report jsonb, rule_id text, table_label text default null)
returns text
language sql
as $$
  select concat_ws(': ',
    rule ->> 'status' || case when rule ? 'reason' then '' else ' ' || (rule ->> 'violations') end,
    rule ->> 'reason',
    (select string_agg(coalesce(finding ->> 'record_id', '-'), ', ' order by finding ->> 'record_id') from jsonb_array_elements(rule -> 'sample') as finding))
  from testing.rule(report, rule_id, table_label) as rule;
$$;

-- The outcomes of all rules of a table's report that did not simply pass.
create function testing.outcomes(report jsonb, table_label text)
returns table (rule_id text, outcome text)
language sql
as $$
  select rule ->> 'id', testing.outcome(report, rule ->> 'id', table_label)
  from jsonb_array_elements(report -> 'tables') as checked
  cross join lateral jsonb_array_elements(checked -> 'rules') as rule
  where checked ->> 'table' = table_label and rule ->> 'status' <> 'passed';
$$;

-- Does a value of some type break a rule of this kind? A predicate that is NULL means no, as it does in a run.
create function testing.breaks(kind text, value text, type text default 'text', parameters jsonb default '{}')
returns boolean
language plpgsql
as $$
declare
  answer boolean;
begin
  execute format('select coalesce((%s), false) from (select %L::%s as c) as t',
    backup.value_predicate(kind, 'c', backup.type_family(to_regtype(type)), parameters), value, type) into answer;
  return answer;
end;
$$;

-- A rule as a migration adds it: no administrator, no questions asked.
create function testing.add_rule(id text, table_name text, columns text[], kind text, parameters jsonb default '{}', severity text default 'error')
returns void
language sql
as $$
  insert into backup.rules (id, table_name, columns, kind, parameters, severity, title, message)
  values (id, table_name, columns, kind, parameters, severity, 'As tested', '{column} of {table} is {value}');
$$;
