-- The rules as an administrator sees them: each with the tables that it finds in this database, and how one is added and changed through the API.

create or replace function backup.absence_reason(table_name text)
returns text
language sql stable
set search_path = ''
as $$
  select format('%s %s', table_name, coalesce(backup.table_objection(backup.resolve_table(table_name)), 'is left out of backups'));
$$;

comment on function backup.absence_reason(text) is 'Why no table of that name is in a backup, as a sentence.';

create or replace function backup.rule_findings()
returns table (id text, applies_to text[], reason text)
language sql stable
set search_path = ''
as $$
  with listed as materialized (
    select chosen.ordinal, chosen.schema_name || '.' || chosen.table_name as label, chosen.relation from backup.select_tables() as chosen
  ),
  fitted as materialized (
    -- table by table, so that each is looked at once, whatever the number of its rules
    select rule.id, listed.ordinal, listed.label, rule.reason
    from listed cross join lateral backup.fit_rules(listed.relation, with_disabled => true) as rule
    union all
    select structural.id, listed.ordinal, listed.label, null
    from backup.rules as structural cross join listed
    where structural.table_name = '*'
  )
  select rule.id, found.applies_to,
    case when found.applies_to = '{}' then coalesce(found.reason, backup.absence_reason(rule.table_name)) end
  from backup.rules as rule
  cross join lateral (
    select coalesce(array_agg(fitted.label order by fitted.ordinal) filter (where fitted.reason is null), '{}') as applies_to,
      (array_agg(fitted.reason order by fitted.ordinal))[1] as reason
    from fitted where fitted.id = rule.id
  ) as found;
$$;

comment on function backup.rule_findings() is
  'For each rule, enabled or not, the tables of a backup that it applies to, as schema.table; where there are none, the reason. Raises BK420 when '
  'the setting extra_tables is wrong.';

create or replace function backup.rule_json(rule backup.rules, applies_to text[], reason text)
returns jsonb
language sql stable
set search_path = ''
as $$
  select to_jsonb(rule) || jsonb_build_object('updated_at', backup.iso(rule.updated_at), 'applies_to', applies_to, 'reason', reason);
$$;

comment on function backup.rule_json(backup.rules, text[], text) is 'A rule as the API shows it.';

create or replace function backup.list_rules()
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  return jsonb_build_object('rules', (
    select coalesce(jsonb_agg(backup.rule_json(rule, found.applies_to, found.reason) order by rule.table_name, rule.id), '[]')
    from backup.rules as rule join backup.rule_findings() as found using (id)));
end;
$$;

comment on function backup.list_rules() is
  'All rules, by table and id: {rules: [{id, table_name, columns, kind, parameters, severity, title, message, suggestion, is_enabled, origin, '
  'is_adjusted, updated_at, applies_to, reason}]}. applies_to: the tables that it finds now; reason: why there are none. Raises BK403, BK420.';

create or replace function backup.rule_report(id text)
returns jsonb
language sql stable
set search_path = ''
as $$
  select backup.rule_json(rule, found.applies_to, found.reason)
  from backup.rules as rule join backup.rule_findings() as found using (id)
  where rule.id = rule_report.id;
$$;

comment on function backup.rule_report(text) is 'One rule as backup.list_rules() shows it; NULL where there is none.';

create or replace function backup.free_rule_id(table_name text, columns text[], kind text)
returns text
language sql stable
set search_path = ''
as $$
  with wanted as (
    -- an id begins with a letter and has no more than 100 characters; some are left for the number
    select left(regexp_replace(regexp_replace(
      lower(concat_ws('_', regexp_replace(table_name, '^public[.]', ''), array_to_string(columns, '_'), kind)),
      '[^a-z0-9]+', '_', 'g'), '^[^a-z]+', 'r_'), 90) as id
  )
  select wanted.id || case when attempt.number > 1 then '_' || attempt.number else '' end
  from wanted
  -- one more than there are rules: one of them is free
  cross join generate_series(1, (select count(*) + 1 from backup.rules)) as attempt (number)
  where not exists (
    select from backup.rules as taken where taken.id = wanted.id || case when attempt.number > 1 then '_' || attempt.number else '' end)
  order by attempt.number
  limit 1;
$$;

comment on function backup.free_rule_id(text, text[], text) is
  'An id for a rule that was given none, made of its table, columns and kind, with a number where that is taken.';

create or replace function backup.add_rule(
  table_name text,
  columns    text[],
  kind       text,
  id         text  default null,
  parameters jsonb default null,
  severity   text  default null,
  title      text  default null,
  message    text  default null,
  suggestion text  default null
)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  new_id text;
begin
  perform backup.assert_admin();
  -- Of two who add the same one the second must see the first: backup.set_rule() would take it for a change.
  lock table backup.rules in share row exclusive mode;
  new_id := coalesce(add_rule.id, backup.free_rule_id(table_name, columns, kind));
  if exists (select from backup.rules as present where present.id = new_id) then
    raise exception using
      errcode = 'BK462',
      message = format('There is a rule %s already.', new_id),
      detail  = jsonb_build_object('rule', new_id, 'argument', 'id')::text,
      hint    = 'Change that one, or choose another id.';
  end if;
  perform backup.set_rule(new_id, table_name, columns, kind, parameters, severity, title, message, suggestion);
  return backup.rule_report(new_id);
end;
$$;

comment on function backup.add_rule(text, text[], text, text, jsonb, text, text, text, text) is
  'Adds a rule, under an id of its own where none is given; answers with it as backup.list_rules() shows it. Raises BK403, BK420, BK423 {rule, '
  'argument}, BK462 {rule, argument} when the id is taken.';

create or replace function backup.change_rule(
  id         text,
  severity   text    default null,
  is_enabled boolean default null,
  title      text    default null,
  message    text    default null,
  suggestion text    default null,
  parameters jsonb   default null
)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  -- Locked, so that nobody deletes it on the way to backup.set_rule(), which would take it for a new one.
  perform from backup.rules as present where present.id = change_rule.id for update;
  if not found then
    perform backup.raise_no_rule(change_rule.id);
  end if;
  perform backup.set_rule(change_rule.id, parameters => change_rule.parameters, severity => change_rule.severity, title => change_rule.title,
    message => change_rule.message, suggestion => change_rule.suggestion, is_enabled => change_rule.is_enabled);
  return backup.rule_report(change_rule.id);
end;
$$;

comment on function backup.change_rule(text, text, boolean, text, text, text, jsonb) is
  'Changes what may be changed of any rule: NULL leaves as it is, an empty suggestion removes it. Answers as backup.add_rule() does. Raises BK403, '
  'BK420, BK423 {rule, argument}, BK463 {rule}.';
