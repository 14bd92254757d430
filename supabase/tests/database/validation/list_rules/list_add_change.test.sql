-- list_rules, add_rule, change_rule: the rules as the API shows and changes them.
begin;
\ir ../support.sql
select plan(33);

select testing.sign_out() \g /dev/null
select throws_ok('select backup.list_rules()', 'BK403', null, 'nobody may not list');
select testing.sign_in_as('alumni') \g /dev/null
select throws_ok('select backup.list_rules()', 'BK403', null, 'nor a member');
select throws_ok($$ select backup.add_rule('profiles', '{bio}', 'required') $$, 'BK403', null, 'nor add');
select throws_ok($$ select backup.change_rule('profiles_email_format', severity => 'warning') $$, 'BK403', null, 'nor change');
select testing.sign_in_as('admin') \g /dev/null

create function testing.listed(rule_id text)
returns jsonb
language sql
as $$ select rule from jsonb_array_elements(backup.list_rules() -> 'rules') as rule where rule ->> 'id' = rule_id $$;

-- what is listed
select is((select count(*) from jsonb_array_elements(backup.list_rules() -> 'rules')), (select count(*) from backup.rules), 'every rule');
select is(
  (select array_agg(rule ->> 'id' order by position) from jsonb_array_elements(backup.list_rules() -> 'rules') with ordinality as listed (rule, position)),
  (select array_agg(id order by table_name, id) from backup.rules), 'by table and id');
select is(
  (select array_agg(key order by key) from jsonb_object_keys(testing.listed('profiles_email_format')) as key),
  '{applies_to,columns,id,is_adjusted,is_enabled,kind,message,origin,parameters,reason,severity,suggestion,table_name,title,updated_at}', 'with all that a form needs');
select matches(testing.listed('profiles_email_format') ->> 'updated_at', '^....-..-..T.*Z$', 'the time in UTC');
select is(testing.listed('profiles_email_format') -> 'applies_to', '["public.profiles"]', 'where it applies');
select is(testing.listed('profiles_email_format') -> 'reason', 'null', 'then there is no reason why not');
select is(testing.listed('achievements_url_format') -> 'applies_to', '[]', 'no table');
select is(testing.listed('achievements_url_format') ->> 'reason', 'public.achievements does not exist', 'and why');
select is(testing.listed('table_key') -> 'applies_to', (select to_jsonb(array_agg(schema_name || '.' || table_name order by ordinal)) from backup.select_tables()), 'a structural check is about every table');
create table public.job_listings (id bigint primary key, title text);
select is(testing.listed('jobs_title_required') -> 'applies_to', '["public.job_listings", "public.jobs"]', 'other names of a table count');
select is(testing.listed('jobs_company_required') -> 'applies_to', '["public.jobs"]', 'where the columns are there');
alter table public.profiles drop column graduation_year cascade;
select is(testing.listed('profiles_graduation_year_format') ->> 'reason', 'public.profiles has no column graduation_year', 'a column is missing');
update backup.settings set value = '["public.events"]' where key = 'excluded_tables';
select is(testing.listed('events_title_required') ->> 'reason', 'public.events is left out of backups', 'a table that no backup holds');

-- add
select is(backup.add_rule('profiles', '{bio}', 'max_length', parameters => '{"length": 5}') - '{updated_at}'::text[],
  '{"id": "profiles_bio_max_length", "table_name": "public.profiles", "columns": ["bio"], "kind": "max_length", "parameters": {"length": 5}, "severity": "error", "title": "bio: max length",
    "message": "The value is too long: {value}", "suggestion": null, "is_enabled": true, "origin": "custom", "is_adjusted": false, "applies_to": ["public.profiles"], "reason": null}',
  'a rule without an id gets one');
select is(backup.add_rule('profiles', '{bio}', 'max_length', parameters => '{"length": 9}') ->> 'id', 'profiles_bio_max_length_2', 'the next one another');
create table public."9 Odd tables, with a name that is as long as a name may" ("Eine Spalte" text);
select is(
  backup.add_rule('public.' || relname, '{Eine Spalte}', 'required') ->> 'id', 'r_odd_tables_with_a_name_that_is_as_long_as_a_name_may_eine_spalte_required', 'whatever the names')
from pg_class where relname like '9 Odd%';
select is((testing.raised($$ select backup.add_rule('profiles', '{bio}', 'required', id => 'profiles_email_format') $$)).code, 'BK462', 'an id that is taken');
select is((testing.raised($$ select backup.add_rule('profiles', '{bio}', 'required', id => 'profiles_email_format') $$)).detail, '{"rule": "profiles_email_format", "argument": "id"}', 'says so');
select is((select kind from backup.rules where id = 'profiles_email_format'), 'email', 'and nothing has changed');
select is((testing.raised($$ select backup.add_rule('profiles', '{nope}', 'required') $$)).detail ->> 'argument', 'columns', 'a column that does not exist');
select is((testing.raised($$ select backup.add_rule(null, '{nope}', 'required') $$)).detail ->> 'argument', 'table_name', 'no table');

-- change
select is(
  backup.change_rule('profiles_email_format', severity => 'warning', is_enabled => false, suggestion => '') @>
  '{"severity": "warning", "is_enabled": false, "is_adjusted": true, "suggestion": null, "applies_to": ["public.profiles"]}', true,
  'a built-in rule: disabled, it still tells where it would apply');
select is(testing.rule(backup.validate_tables('{profiles}'), 'profiles_email_format'), null, 'and is not checked');
select is((backup.change_rule('profiles_bio_max_length', parameters => '{"length": 7}', title => 'Short')) @> '{"parameters": {"length": 7}, "title": "Short", "severity": "error"}', true, 'a custom rule');
select is((testing.raised($$ select backup.change_rule('achievements_url_format', parameters => '{"pattern": "["}') $$)).detail ->> 'argument', 'parameters', 'a pattern that is none, of a built-in rule, too');
select is((testing.raised($$ select backup.change_rule('nope', severity => 'error') $$)).code, 'BK463', 'a rule that does not exist');
select is((testing.raised($$ select backup.change_rule(null, severity => 'error') $$)).code, 'BK463', 'none');
select is((testing.raised($$ select backup.delete_rule('nope') $$)).detail, '{"rule": "nope"}', 'nor can that be deleted');
select is((select count(*) from testing.audited where action = 'set_rule' and outcome = 'succeeded'), 5::bigint, 'every change is audited');

select * from finish();
rollback;
