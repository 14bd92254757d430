-- set_rule and delete_rule: what an administrator may say, and what is refused in which words.
begin;
\ir ../support.sql
select plan(37);

-- who
select testing.sign_out() \g /dev/null
select throws_ok($$ select backup.set_rule('r', 'profiles', '{bio}', 'required') $$, 'BK403', null, 'nobody may not');
select testing.sign_in_as('alumni') \g /dev/null
select throws_ok($$ select backup.set_rule('r', 'profiles', '{bio}', 'required') $$, 'BK403', null, 'a member may not');
select throws_ok($$ select backup.delete_rule('r') $$, 'BK403', null, 'nor delete');
select testing.sign_in_as('admin') \g /dev/null

-- add
select is(backup.set_rule('bio_length', 'profiles', '{bio}', 'max_length', '{"length": 5}') - '{updated_at}'::text[],
  '{"id": "bio_length", "table_name": "public.profiles", "columns": ["bio"], "kind": "max_length", "parameters": {"length": 5}, "severity": "error", "title": "bio: max length",
    "message": "The value is too long: {value}", "suggestion": null, "is_enabled": true, "origin": "custom", "is_adjusted": false}', 'a rule with nothing but what it needs');
select is((select action || ' ' || target || ' ' || outcome from testing.audited where action = 'set_rule'), 'set_rule bio_length succeeded', 'it is audited');
insert into public.profiles (id, first_name, last_name, bio) values ('b10b10b1-0000-4000-8000-000000000000', 'A', 'B', '123456');
select ok(testing.outcome(backup.validate_tables('{profiles}'), 'bio_length') ~ '^failed [1-9]', 'it is checked at once');

-- change
select backup.set_rule('bio_length', parameters => '{"length": 1000000}', severity => 'warning', title => 'Short biographies') \g /dev/null
select is((select concat_ws(' ', columns, kind, parameters, severity, title) from backup.rules where id = 'bio_length'), '{bio} max_length {"length": 1000000} warning Short biographies', 'what is not given stays');
select is(testing.outcome(backup.validate_tables('{profiles}'), 'bio_length'), 'passed 0', 'and is checked as changed');

-- built-in rules
select backup.set_rule('profiles_email_format', severity => 'warning', is_enabled => false) \g /dev/null
select is((select concat_ws(' ', severity, is_enabled, is_adjusted, kind) from backup.rules where id = 'profiles_email_format'), 'warning f t email', 'severity and switch of a built-in rule');
select lives_ok($$ select backup.set_rule('achievements_url_format', is_enabled => false) $$, 'also when its table does not exist');

create function testing.refusal(arguments text, routine text default 'set_rule')
returns text
language sql
as $$
  select concat_ws(' | ', code, detail ->> 'rule', detail ->> 'argument', message) from testing.raised(format('select backup.%s(%s)', routine, arguments));
$$;
select is(testing.refusal($$ 'profiles_email_format', columns => '{bio}' $$), 'BK423 | profiles_email_format | kind | A built-in rule keeps its table, columns and kind: disable it and add one of your own.', 'but not what it is about');
select is(testing.refusal($$ 'profiles_email_format', parameters => '{"x": 1}' $$), 'BK423 | profiles_email_format | parameters | email takes allow_blank (true or false).', 'nor senseless parameters');

-- refusals
select is(testing.refusal($$ 'r' $$), 'BK423 | r | table_name | A new rule needs table_name.', 'no table');
select is(testing.refusal($$ 'r', 'profiles', '{bio}' $$), 'BK423 | r | kind | A new rule needs kind.', 'no kind');
select is(testing.refusal($$ 'Not an id', 'profiles', '{bio}', 'required' $$), 'BK423 | Not an id | id | An id has 1 to 100 lower-case letters, digits and underscores, and begins with a letter.', 'a bad id');
select is(testing.refusal($$ 'r', 'nowhere', '{bio}', 'required' $$), 'BK423 | r | table_name | A table is named schema.table.', 'a table that does not exist, by its bare name');
select is(testing.refusal($$ 'r', 'public.nowhere', '{bio}', 'required' $$), 'BK423 | r | table_name | public.nowhere does not exist.', 'by its full name');
select is(testing.refusal($$ 'r', 'public.backups', '{notes}', 'required' $$), 'BK423 | r | table_name | public.backups belongs to the backup system itself.', 'a table of ours');
select is(testing.refusal($$ 'r', 'profiles', '{bio,nope}', 'required' $$), 'BK423 | r | columns | A rule of kind required does not fit: public.profiles has no column nope.', 'a column that does not exist');
select is(testing.refusal($$ 'r', 'profiles', '{}', 'required' $$), 'BK423 | r | columns | date_order takes two columns, every other kind at least one.', 'no column');
select is(testing.refusal($$ 'r', 'profiles', '{bio,null}', 'required' $$), 'BK423 | r | columns | date_order takes two columns, every other kind at least one.', 'a column without a name');
select is(testing.refusal($$ 'r', 'profiles', '{created_at}', 'date_order' $$), 'BK423 | r | columns | date_order takes two columns, every other kind at least one.', 'one date');
select is(testing.refusal($$ 'r', 'profiles', '{bio}', 'positive' $$), 'BK423 | r | columns | A rule of kind positive does not fit: bio is of type text.', 'a type that does not suit the kind');
select is(testing.refusal($$ 'r', 'profiles', '{bio}', 'bogus' $$), 'BK423 | r | kind | There is no such kind of rule.', 'an unknown kind');
select is(testing.refusal($$ 'r', 'profiles', '{bio}', 'expression', '{"condition": "true"}' $$), 'BK423 | r | kind | A rule of kind expression holds SQL: only a migration can add or change it.', 'SQL');
select is(testing.refusal($$ 'r', '*', '{}', 'sequences' $$), 'BK423 | r | kind | The structural checks exist already; change them by their own ids.', 'a structural check');
select is(testing.refusal($$ 'r', 'profiles', '{bio}', 'required', severity => 'fatal' $$), 'BK423 | r | severity | The severity is error or warning.', 'a severity');
select is(testing.refusal($$ 'r', 'profiles', '{bio}', 'required', title => ' ' $$), 'BK423 | r | title | The title is some text of at most 200 characters.', 'a blank title');
select is(testing.refusal($$ 'r', 'profiles', '{bio}', 'matches', '{"pattern": "["}' $$), 'BK423 | r | parameters | The pattern is not a regular expression: invalid regular expression: brackets [] not balanced.', 'a pattern that is none');
select is(testing.refusal($$ 'r', 'profiles', '{bio}', 'references', '{"table": "gone"}' $$), 'BK423 | r | columns | A rule of kind references does not fit: gone does not exist.', 'a parent that does not exist');
select is(testing.refusal($$ 'r', 'profiles', '{bio}', 'references', '{"table": "user_roles"}' $$), 'BK423 | r | columns | A rule of kind references does not fit: user_roles has no key of 1 column(s).', 'a key of another width');
select is_empty(
  $$
    select kind, parameters from (values
      ('required', '{"x": 1}'), ('email', '{"allow_blank": "yes"}'), ('email', '{"allow_blank": null}'), ('date_order', '{"allow_equal": 1}'), ('positive', '{"above": 3}'), ('in_future', '{"days": 3}'),
      ('matches', '{}'), ('matches', '{"pattern": 3}'), ('max_length', '{}'), ('max_length', '{"length": 0}'), ('max_length', '{"length": 1.5}'), ('max_length', '{"length": "5; drop"}'),
      ('one_of', '{}'), ('one_of', '{"values": []}'), ('one_of', '{"values": [null]}'), ('one_of', '{"values": [{"a": 1}]}'), ('one_of', '{"values": "a"}'),
      ('references', '{}'), ('references', '{"table": "profiles", "columns": ["a", "b"]}'), ('references', '{"table": "profiles", "columns": [1]}'), ('unique', '{"ignore_case": 1}'), ('unique', '[]'), ('required', 'null')
    ) as wrong (kind, parameters)
    where not coalesce(testing.refusal(format('%L, %L, %L, %L, %L', 'r', 'profiles', case kind when 'date_order' then '{created_at,updated_at}' else '{bio}' end, kind, parameters)) ~ '^BK423 . r . parameters', false)
  $$, 'parameters that a kind does not take, of the wrong type, or missing');
select is((select count(*) from backup.rules where id = 'r'), 0::bigint, 'a refused rule is not stored');

-- delete
select is(testing.refusal($$ 'r' $$, 'delete_rule'), 'BK463 | r | There is no rule r.', 'a rule that does not exist');
select is(testing.refusal($$ 'jobs_title_required' $$, 'delete_rule'), 'BK423 | jobs_title_required | id | A built-in rule cannot be deleted; disable it instead.', 'a built-in rule');
select lives_ok($$ select backup.delete_rule('bio_length') $$, 'a custom rule');
select is((select count(*) from backup.rules where id = 'bio_length'), 0::bigint, 'is gone');

select * from finish();
rollback;
