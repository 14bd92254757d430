-- Rule installation: the rules that come with the system, and how a rule finds its columns in the tables that are there.
--
-- The built-in rules speak of the plan's tables and columns. backup.fit_rules finds out, whenever they run, under which names a database
-- has them; a rule that does not fit is not applicable, and the report says why.

-- the built-in rules -----------------------------------------------------------------------------------------------------------

insert into backup.rules as installed
  (id, table_name, columns, kind, parameters, severity, title, message, suggestion, origin)
select id, case when subject = '*' then '*' else 'public.' || subject end, columns::text[], kind, parameters::jsonb, severity,
  title, message, suggestion, 'built_in'
from (values
  ('profiles_email_format', 'profiles', '{email}', 'email', '{}', 'error',
   'E-mail addresses are well formed', '{value} is not an e-mail address.', 'Correct the address, or clear it if there is none.'),
  ('profiles_name_required', 'profiles', '{first_name,last_name}', 'required', '{}', 'error',
   'Everybody has a name', '{column} is missing.', 'Fill in the name.'),
  ('profiles_role_assigned', 'profiles', '{id}', 'references', '{"table": "public.user_roles", "columns": ["profile_id"]}', 'error',
   'Every profile has a role', 'This profile has no role.', 'Assign a role to it in user_roles.'),
  ('profiles_email_unique', 'profiles', '{email}', 'unique', '{"ignore_case": true}', 'warning',
   'No two profiles share an e-mail address', '{value} belongs to several profiles.', 'Merge the profiles, or give each its own address.'),
  ('profiles_graduation_year_format', 'profiles', '{graduation_year}', 'matches', '{"pattern": "^[0-9]{4}$"}', 'warning',
   'Graduation years have four digits', '{value} is not a year of four digits.', 'Write the year in full, such as 2009.'),

  ('user_roles_profile_exists', 'user_roles', '{profile_id}', 'references', '{"table": "public.profiles", "columns": ["id"]}', 'error',
   'Every role belongs to a profile', 'There is no profile {value}.', 'Delete this row, or restore the profile.'),
  ('user_roles_role_exists', 'user_roles', '{role_id}', 'references', '{"table": "public.roles", "columns": ["id"]}', 'error',
   'Every assigned role exists', 'There is no role {value}.', 'Assign a role that exists, or delete this row.'),

  ('events_date_order', 'events', '{start_date,end_date}', 'date_order', '{}', 'error',
   'Events start before they end', 'The event ends before it starts: {value}.', 'Correct the dates.'),
  ('events_title_required', 'events', '{title}', 'required', '{}', 'error',
   'Events have a title', '{column} is missing.', 'Give the event a title.'),
  ('events_description_required', 'events', '{description}', 'required', '{}', 'error',
   'Events have a description', '{column} is missing.', 'Describe the event.'),
  ('events_capacity_positive', 'events', '{capacity}', 'positive', '{}', 'error',
   'The capacity of events is positive', 'A capacity of {value} is not possible.', 'Correct the number, or clear it if there is no limit.'),

  ('jobs_expiry_in_future', 'jobs', '{expires_at}', 'in_future', '{}', 'warning',
   'Job advertisements have not expired', 'The advertisement expired: {value}.', 'Extend or remove the advertisement.'),
  ('jobs_title_required', 'jobs', '{title}', 'required', '{}', 'error',
   'Job advertisements have a title', '{column} is missing.', 'Give the advertisement a title.'),
  ('jobs_company_required', 'jobs', '{company_name}', 'required', '{}', 'error',
   'Job advertisements name the company', '{column} is missing.', 'Fill in the company.'),
  ('jobs_poster_exists', 'jobs', '{posted_by}', 'references', '{"table": "public.profiles", "columns": ["id"]}', 'error',
   'Whoever posted a job has a profile', 'There is no profile {value}.', 'Clear the field, or restore the profile.'),
  ('jobs_description_required', 'jobs', '{description}', 'required', '{}', 'warning',
   'Job advertisements have a description', '{column} is missing.', 'Describe the job.'),
  ('jobs_application_url_format', 'jobs', '{application_url}', 'matches', '{"pattern": "^https?://[^[:space:]/]+", "ignore_case": true, "allow_blank": true}', 'warning',
   'Application links are web addresses', '{value} is not a web address.', 'Begin the address with https:// or http://.'),
  ('jobs_contact_email_format', 'jobs', '{contact_email}', 'email', '{"allow_blank": true}', 'warning',
   'Contact addresses are well formed', '{value} is not an e-mail address.', 'Correct the address, or clear it if there is none.'),

  ('achievements_title_required', 'achievements', '{title}', 'required', '{}', 'warning',
   'Achievements have a title', '{column} is missing.', 'Give the achievement a title.'),
  ('achievements_category_required', 'achievements', '{category}', 'required', '{}', 'warning',
   'Achievements have a category', '{column} is missing.', 'Choose a category.'),
  ('achievements_url_format', 'achievements', '{url}', 'matches', '{"pattern": "^https?://[^[:space:]/]+", "ignore_case": true, "allow_blank": true}', 'warning',
   'Links of achievements are web addresses', '{value} is not a web address.', 'Begin the address with https:// or http://.'),

  ('foreign_keys', '*', '{}', 'foreign_keys', '{}', 'error',
   'Foreign keys hold', '{column} points at {value}, which does not exist in {table}.', 'Restore the missing row, or clear or correct the reference.'),
  ('sequences', '*', '{}', 'sequences', '{}', 'error',
   'Sequences are ahead of their columns', 'The sequence would hand out a value that {column} may already have (it reaches {value}).', 'Move the sequence on with setval().'),
  ('table_key', '*', '{}', 'table_key', '{}', 'warning',
   'The table has a key', '{table} has neither a primary key nor a unique index on NOT NULL columns.', 'Add a primary key: without one, single rows can be neither named nor restored.')
) as built_in (id, subject, columns, kind, parameters, severity, title, message, suggestion)
on conflict (id) do update
  set table_name = excluded.table_name, columns = excluded.columns, kind = excluded.kind, parameters = excluded.parameters,
      severity = excluded.severity, title = excluded.title, message = excluded.message, suggestion = excluded.suggestion
  where installed.origin = 'built_in' and not installed.is_adjusted;

insert into backup.rule_table_names (table_name, alternative) values
  ('public.jobs', 'public.job_listings'),
  ('public.jobs', 'public.job_opportunities')
on conflict do nothing;

insert into backup.rule_column_names (table_name, columns, preference, alternative) values
  ('public.profiles',     '{first_name,last_name}', 1, '{full_name}'),
  ('public.profiles',     '{first_name,last_name}', 2, '{name}'),
  ('public.events',       '{start_date,end_date}',  1, '{start_time,end_time}'),
  ('public.events',       '{start_date,end_date}',  2, '{starts_at,ends_at}'),
  ('public.events',       '{start_date,end_date}',  3, '{event_date,end_date}'),
  ('public.events',       '{capacity}',             1, '{max_attendees}'),
  ('public.events',       '{capacity}',             2, '{max_capacity}'),
  ('public.events',       '{capacity}',             3, '{quota}'),
  ('public.jobs',         '{company_name}',         1, '{company}'),
  ('public.jobs',         '{expires_at}',           1, '{deadline}'),
  ('public.jobs',         '{expires_at}',           2, '{application_deadline}')
on conflict do nothing;


-- fitting ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.rule_misfit(relation oid, kind text, columns text[], parameters jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  types    oid[]  := backup.column_types(relation, columns);
  accepted text[] := case kind
    when 'email'      then array['text']
    when 'date_order' then array['date', 'timestamp']
    when 'in_future'  then array['date', 'timestamp']
    when 'positive'   then array['integer', 'number']
  end;
  missing  text;
  unfit    text;
  parent   oid;
begin
  select string_agg(wanted.name, ', ' order by wanted.position) into missing
  from unnest(columns) with ordinality as wanted (name, position) where types[wanted.position] is null;
  if missing is not null then
    return format('%s has no column %s', backup.table_label(relation), missing);
  end if;

  select format('%s is of type %s', own.name, format_type(own.type_oid, null)) into unfit
  from unnest(columns, types) with ordinality as own (name, type_oid, position)
  where accepted is not null and backup.type_family(own.type_oid) <> all (accepted)
     or kind in ('references', 'unique') and own.type_oid = 'json'::regtype
  order by own.position
  limit 1;
  if unfit is not null then
    return unfit;
  end if;

  if kind = 'references' then
    parent := backup.resolve_table(parameters ->> 'table');
    if parent is null then
      return format('%s does not exist', parameters ->> 'table');
    end if;
    select string_agg(wanted.name, ', ') into missing
    from jsonb_array_elements_text(parameters -> 'columns') as wanted (name)
    where backup.column_types(parent, array[wanted.name]) = '{null}';
    if missing is not null then
      return format('%s has no column %s', parameters ->> 'table', missing);
    end if;
    if cardinality(columns) <> coalesce(jsonb_array_length(parameters -> 'columns'), cardinality(backup.relation_key(parent)), 0) then
      return format('%s has no key of %s column(s)', parameters ->> 'table', cardinality(columns));
    end if;
  end if;

  return null;
end;
$$;

comment on function backup.rule_misfit(oid, text, text[], jsonb) is
  'Why a rule of this kind cannot be checked on these columns of a table: a column is missing or of a type that the kind does '
  'not understand. NULL when it can.';

create or replace function backup.foreign_key_elsewhere(relation oid, columns text[], parameters jsonb)
returns text
language sql stable
set search_path = ''
as $$
  -- A built-in guess ("posted_by is a profile") must not contradict what the schema itself says ("posted_by is an auth user").
  select format('%s refers to %s, by its own foreign key', array_to_string(foreign_key_elsewhere.columns, ', '), min(backup.table_label(key.parent)))
  from backup.relation_foreign_keys(relation) as key
  where key.columns = foreign_key_elsewhere.columns
  having not bool_or(key.parent = backup.resolve_table(parameters ->> 'table'));
$$;

comment on function backup.foreign_key_elsewhere(oid, text[], jsonb) is
  'Why a built-in rule of kind references does not apply: the same columns have a foreign key, and it leads to another table. '
  'Else NULL.';

create or replace function backup.fit_rules(relation oid, with_disabled boolean default false)
returns table (id text, columns text[], kind text, parameters jsonb, severity text, title text, message text, suggestion text, reason text)
language sql stable
set search_path = ''
as $$
  with concerned as (
    select rule.*
    from backup.rules as rule
    where (rule.is_enabled or with_disabled)
      and (rule.table_name = backup.table_label(relation)
           or rule.origin = 'built_in' and exists (
                select from backup.rule_table_names as other
                where other.table_name = rule.table_name and other.alternative = backup.table_label(relation)))
  ),
  candidates as (
    select rule.id, 0 as preference, rule.columns from concerned as rule
    union all
    select rule.id, other.preference, other.alternative
    from concerned as rule
    join backup.rule_column_names as other on other.table_name = rule.table_name and other.columns = rule.columns
    where rule.origin = 'built_in'
  ),
  judged as (
    select candidate.id, candidate.preference, candidate.columns,
      coalesce(
        backup.rule_misfit(relation, rule.kind, candidate.columns, rule.parameters),
        case when rule.origin = 'built_in' and rule.kind = 'references'
             then backup.foreign_key_elsewhere(relation, candidate.columns, rule.parameters) end
      ) as reason,
      array_position(backup.column_types(relation, candidate.columns), null) is null as is_present
    from candidates as candidate
    join concerned as rule using (id)
  ),
  chosen as (
    -- the first that fits; else the first that is there at all, since its reason says most
    select distinct on (judged.id) judged.*,
      count(*) over (partition by judged.id) > 1 and not judged.is_present as has_other_names
    from judged
    order by judged.id, judged.reason is not null, not judged.is_present, judged.preference
  )
  select rule.id, chosen.columns, rule.kind, rule.parameters, rule.severity, rule.title, rule.message, rule.suggestion,
    chosen.reason || case when chosen.has_other_names then ', nor one of its other names' else '' end
  from concerned as rule
  join chosen using (id)
  order by rule.id;
$$;

comment on function backup.fit_rules(oid, boolean) is
  'The rules for a table, unless they are disabled, with the columns that this database has for them; reason says why one does not apply (then '
  'columns are those that were looked for).';
