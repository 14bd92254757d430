-- Rule editing: how an administrator adds, changes and removes rules. What a rule may be is said by the CHECKs of backup.rules; this chapter
-- adds what needs a look at the database, and puts every refusal into words (BK423).

create or replace function backup.refuse_rule(rule text, argument text, reason text)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'BK423',
    message = reason,
    detail  = jsonb_build_object('rule', rule, 'argument', argument)::text,
    hint    = 'docs/rules.md lists the kinds of rules and their parameters.';
end;
$$;

comment on function backup.refuse_rule(text, text, text) is 'Raises BK423 for a rule, naming the argument that is wrong.';

create or replace function backup.assert_rule_fits(rule backup.rules)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  relation  oid  := backup.resolve_table(rule.table_name);
  objection text := backup.table_objection(relation);
  misfit    text;
begin
  if objection is not null then
    perform backup.refuse_rule(rule.id, 'table_name', format('%s %s.', rule.table_name, objection));
  end if;

  misfit := backup.rule_misfit(relation, rule.kind, rule.columns, rule.parameters);
  if misfit is not null then
    perform backup.refuse_rule(rule.id, 'columns', format('A rule of kind %s does not fit: %s.', rule.kind, misfit));
  end if;

end;
$$;

comment on function backup.assert_rule_fits(backup.rules) is
  'Raises BK423 unless the rule''s table can be backed up, and its columns exist and suit its kind.';

create or replace function backup.assert_pattern(rule backup.rules)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if rule.kind = 'matches' then
    perform '' ~ (rule.parameters ->> 'pattern');
  end if;
exception when invalid_regular_expression then
  perform backup.refuse_rule(rule.id, 'parameters', format('The pattern is not a regular expression: %s.', sqlerrm));
end;
$$;

comment on function backup.assert_pattern(backup.rules) is 'Raises BK423 unless the pattern of the rule, if it has one, is a regular expression.';

create or replace function backup.default_message(kind text)
returns text
language sql immutable
set search_path = ''
as $$
  select case kind
    when 'required'   then '{column} is missing.'
    when 'email'      then '{value} is not an e-mail address.'
    when 'date_order' then 'The order is wrong: {value}.'
    when 'positive'   then '{value} is not above zero.'
    when 'in_future'  then '{value} is in the past.'
    when 'matches'    then '{value} does not have the right form.'
    when 'max_length' then 'The value is too long: {value}'
    when 'one_of'     then '{value} is not one of the allowed values.'
    when 'references' then 'There is no {column} {value}.'
    when 'unique'     then '{value} occurs more than once.'
    else 'The record breaks this rule.'
  end;
$$;

comment on function backup.default_message(text) is
  'What a rule of this kind says of a record that breaks it, unless it has words of its own.';

create or replace function backup.store_rule(rule backup.rules)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  broken   text;
  argument text;
begin
  insert into backup.rules as stored select (rule).*
  on conflict (id) do update
    set table_name = excluded.table_name, columns = excluded.columns, kind = excluded.kind, parameters = excluded.parameters,
        severity = excluded.severity, title = excluded.title, message = excluded.message, suggestion = excluded.suggestion, is_enabled = excluded.is_enabled,
        is_adjusted = excluded.is_adjusted, updated_at = excluded.updated_at;
exception
  when check_violation then
    get stacked diagnostics broken = constraint_name;
    argument := case when broken like '%parameters_check' then 'parameters' else substring(broken from '^rules_(.*)_check$') end;
    perform backup.refuse_rule(rule.id, argument, coalesce((
      select pg_catalog.obj_description(named.oid, 'pg_constraint')
      from pg_catalog.pg_constraint as named
      where named.conrelid = 'backup.rules'::regclass and named.conname = broken), broken));
  when not_null_violation then
    get stacked diagnostics argument = column_name;
    perform backup.refuse_rule(rule.id, argument, format('A new rule needs %s.', argument));
end;
$$;

comment on function backup.store_rule(backup.rules) is
  'Inserts or updates a rule; a CHECK that refuses it is raised as BK423, in the words of the CHECK''s comment.';

create or replace function backup.set_rule(
  id         text,
  table_name text    default null,
  columns    text[]  default null,
  kind       text    default null,
  parameters jsonb   default null,
  severity   text    default null,
  title      text    default null,
  message    text    default null,
  suggestion text    default null,
  is_enabled boolean default null
)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  is_redefined boolean := num_nonnulls(set_rule.table_name, set_rule.columns, set_rule.kind, set_rule.parameters) > 0;
  present      backup.rules;
  wanted       backup.rules;
begin
  perform backup.assert_admin();
  select stored.* into present from backup.rules as stored where stored.id = set_rule.id for update;

  -- guard: what only a migration may do
  if set_rule.kind = 'expression' or present.kind = 'expression' and is_redefined then
    perform backup.refuse_rule(set_rule.id, 'kind', 'A rule of kind expression holds SQL: only a migration can add or change it.');
  elsif present.kind is null and set_rule.kind in ('foreign_keys', 'sequences', 'table_key') then
    perform backup.refuse_rule(set_rule.id, 'kind', 'The structural checks exist already; change them by their own ids.');
  elsif present.origin = 'built_in' and num_nonnulls(set_rule.table_name, set_rule.columns, set_rule.kind) > 0 then
    perform backup.refuse_rule(set_rule.id, 'kind', 'A built-in rule keeps its table, columns and kind: disable it and add one of your own.');
  end if;

  -- apply: what is not given stays as it is, or takes its default in a new rule
  wanted             := present;
  wanted.id          := set_rule.id;
  wanted.kind        := coalesce(set_rule.kind, present.kind);
  wanted.table_name  := coalesce(backup.table_label(backup.resolve_table(set_rule.table_name)), set_rule.table_name, present.table_name);
  wanted.columns     := coalesce(set_rule.columns, present.columns);
  wanted.parameters  := coalesce(set_rule.parameters, present.parameters, '{}');
  wanted.severity    := coalesce(set_rule.severity, present.severity, 'error');
  wanted.title       := coalesce(set_rule.title, present.title,
                                 format('%s: %s', array_to_string(wanted.columns, ', '), replace(wanted.kind, '_', ' ')));
  wanted.message     := coalesce(set_rule.message, present.message, backup.default_message(wanted.kind));
  wanted.suggestion  := nullif(coalesce(set_rule.suggestion, present.suggestion), '');
  wanted.is_enabled  := coalesce(set_rule.is_enabled, present.is_enabled, true);
  wanted.origin      := coalesce(present.origin, 'custom');
  wanted.is_adjusted := wanted.origin = 'built_in';
  wanted.updated_at  := now();
  perform backup.store_rule(wanted);
  if wanted.origin = 'custom' and is_redefined then
    perform backup.assert_rule_fits(wanted);
  end if;
  perform backup.assert_pattern(wanted);

  perform backup.audit('set_rule', 'succeeded', set_rule.id, to_jsonb(wanted) - '{id,updated_at}'::text[]);
  return to_jsonb(wanted) || jsonb_build_object('updated_at', backup.iso(wanted.updated_at));
end;
$$;

comment on function backup.set_rule(text, text, text[], text, jsonb, text, text, text, text, boolean) is
  'Adds a rule, or changes one: arguments that are NULL leave things as they are, an empty suggestion removes it. Administrators only (BK403); '
  'BK423 with {rule, argument} when the rule makes no sense. Of a built-in rule only parameters, severity, words and is_enabled can be changed.';

create or replace function backup.raise_no_rule(id text)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'BK463',
    message = format('There is no rule %s.', id),
    detail  = jsonb_build_object('rule', id)::text,
    hint    = 'List the rules to see which there are.';
end;
$$;

comment on function backup.raise_no_rule(text) is 'Raises BK463 {rule}.';

create or replace function backup.delete_rule(id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  present backup.rules;
begin
  perform backup.assert_admin();
  select stored.* into present from backup.rules as stored where stored.id = delete_rule.id for update;
  if present.id is null then
    perform backup.raise_no_rule(delete_rule.id);
  elsif present.origin = 'built_in' then
    perform backup.refuse_rule(delete_rule.id, 'id', 'A built-in rule cannot be deleted; disable it instead.');
  end if;

  delete from backup.rules as stored where stored.id = delete_rule.id;
  perform backup.audit('delete_rule', 'succeeded', delete_rule.id, to_jsonb(present) - '{id,updated_at}'::text[]);
end;
$$;

comment on function backup.delete_rule(text) is
  'Removes a rule that was added with backup.set_rule. Administrators only (BK403); BK423 for a built-in rule, BK463 for none at all.';
