-- The rules that come with the system: all of the plan's, with their severities; and installing them again changes nothing that people changed.
begin;
\ir ../support.sql
select plan(6);

select results_eq(
  $$ select id, table_name, columns::text, kind, severity from backup.rules where origin = 'built_in' order by table_name, id $$,
  $$ values
    ('foreign_keys',                     '*',                   '{}',                      'foreign_keys', 'error'),
    ('sequences',                        '*',                   '{}',                      'sequences',    'error'),
    ('table_key',                        '*',                   '{}',                      'table_key',    'warning'),
    ('achievements_category_required',   'public.achievements', '{category}',              'required',     'warning'),
    ('achievements_title_required',      'public.achievements', '{title}',                 'required',     'warning'),
    ('achievements_url_format',          'public.achievements', '{url}',                   'matches',      'warning'),
    ('events_capacity_positive',         'public.events',       '{capacity}',              'positive',     'error'),
    ('events_date_order',                'public.events',       '{start_date,end_date}',   'date_order',   'error'),
    ('events_description_required',      'public.events',       '{description}',           'required',     'error'),
    ('events_title_required',            'public.events',       '{title}',                 'required',     'error'),
    ('jobs_application_url_format',      'public.jobs',         '{application_url}',       'matches',      'warning'),
    ('jobs_company_required',            'public.jobs',         '{company_name}',          'required',     'error'),
    ('jobs_contact_email_format',        'public.jobs',         '{contact_email}',         'email',        'warning'),
    ('jobs_description_required',        'public.jobs',         '{description}',           'required',     'warning'),
    ('jobs_expiry_in_future',            'public.jobs',         '{expires_at}',            'in_future',    'warning'),
    ('jobs_poster_exists',               'public.jobs',         '{posted_by}',             'references',   'error'),
    ('jobs_title_required',              'public.jobs',         '{title}',                 'required',     'error'),
    ('profiles_email_format',            'public.profiles',     '{email}',                 'email',        'error'),
    ('profiles_email_unique',            'public.profiles',     '{email}',                 'unique',       'warning'),
    ('profiles_graduation_year_format',  'public.profiles',     '{graduation_year}',       'matches',      'warning'),
    ('profiles_name_required',           'public.profiles',     '{first_name,last_name}',  'required',     'error'),
    ('profiles_role_assigned',           'public.profiles',     '{id}',                    'references',   'error'),
    ('user_roles_profile_exists',        'public.user_roles',   '{profile_id}',            'references',   'error'),
    ('user_roles_role_exists',           'public.user_roles',   '{role_id}',               'references',   'error') $$,
  'the plan''s rules and what the existing admin page checks');
select is_empty($$ select id from backup.rules where suggestion is null $$, 'each says what to do');

-- somebody adjusts one, adds one and removes a name; then the migrations are applied again
update backup.rules set severity = 'warning', is_adjusted = true where id = 'profiles_email_format';
update backup.rules set title = 'Out of date' where id = 'jobs_title_required';
select testing.add_rule('ours', 'public.profiles', '{bio}', 'required');
\ir ../../../../migrations/20261122000800_rules.sql
\ir ../../../../migrations/20261122000820_rule_installation.sql
select is((select severity from backup.rules where id = 'profiles_email_format'), 'warning', 'an adjusted rule stays as it is');
select is((select title from backup.rules where id = 'jobs_title_required'), 'Job advertisements have a title', 'any other is brought up to date');
select ok(exists (select from backup.rules where id = 'ours'), 'custom rules stay');
select is((select count(*) from backup.rules), 25::bigint, 'nothing is installed twice');

select * from finish();
rollback;
