-- Rules: what is true of healthy data, one row per rule.
--
-- A rule is typed: its kind says what is checked and which parameters it takes, so that nobody writes SQL to add one. Kinds that
-- look at one row at a time share a single pass over their table, whatever their number.
--
--     kind         holds when …                                                  parameters (* must be given)
--     required     no column is NULL or only white space
--     email        each value is one e-mail address                              allow_blank
--     date_order   the first column is not after the second                      allow_equal (default true)
--     positive     each value is above zero                                      allow_zero
--     in_future    each value lies in the future (a date: today or later)
--     matches      each value matches a regular expression                       pattern*, ignore_case, allow_blank
--     max_length   each value has at most so many characters                     length*
--     one_of       each value is one of a list                                   values*, ignore_case, allow_blank
--     expression   an SQL condition is not false; only a migration can add one   condition*
--     references   the values are those of a row of some table                   table*, columns (default: its key)
--     unique       no two rows share the values                                  ignore_case
--     foreign_keys, sequences, table_key   the structure of every table: these are switched, never added
--
-- NULL means "not given", and only `required` objects to it.

create or replace function backup.fits_parameters(parameters jsonb, expected jsonb)
returns boolean
language sql immutable strict parallel safe
set search_path = ''
as $$
  select coalesce(bool_and(expected ? given.key), true)
     and not exists (
       select
       from jsonb_each_text(expected) as wanted (key, type)
       where jsonb_typeof(parameters -> wanted.key) <> rtrim(wanted.type, '*')
          or not parameters ? wanted.key and wanted.type like '%*'
     )
  from jsonb_object_keys(case jsonb_typeof(parameters) when 'object' then parameters else '{"no object": true}' end) as given (key);
$$;

comment on function backup.fits_parameters(jsonb, jsonb) is
  'Whether parameters has no other members than those of expected, each of its JSON type; a type that ends with * must be given.';

create table if not exists backup.rules (
  id          text        not null,
  table_name  text        not null,
  columns     text[]      not null default '{}',
  kind        text        not null,
  parameters  jsonb       not null default '{}',
  severity    text        not null default 'error',
  title       text        not null,
  message     text        not null,
  suggestion  text,
  is_enabled  boolean     not null default true,
  origin      text        not null default 'custom',
  is_adjusted boolean     not null default false,
  updated_at  timestamptz not null default now(),
  constraint rules_pkey             primary key (id),
  constraint rules_id_check         check (id ~ '^[a-z][a-z0-9_]{0,99}$'),
  constraint rules_table_name_check check (table_name = '*' or table_name ~ '^[^.]+[.].'),
  constraint rules_kind_check       check (kind in (
    'required', 'email', 'date_order', 'positive', 'in_future', 'matches', 'max_length', 'one_of', 'expression',
    'references', 'unique', 'foreign_keys', 'sequences', 'table_key')),
  constraint rules_columns_check    check (
    jsonb_typeof(to_jsonb(columns)) = 'array' and array_position(columns, null) is null
    and case when kind = 'date_order' then cardinality(columns) = 2
             when kind in ('foreign_keys', 'sequences', 'table_key') then cardinality(columns) = 0
             when kind = 'expression' then true
             else cardinality(columns) between 1 and 32
        end),
  constraint rules_severity_check   check (severity in ('error', 'warning')),
  constraint rules_title_check      check (title ~ '\S' and length(title) <= 200),
  constraint rules_message_check    check (message ~ '\S' and length(message) <= 500),
  constraint rules_suggestion_check check (length(suggestion) <= 500),
  constraint rules_origin_check     check (origin in ('built_in', 'custom')),
  constraint rules_structure_check  check ((table_name = '*') = (kind in ('foreign_keys', 'sequences', 'table_key'))),
  constraint rules_no_parameters_check check (
    kind not in ('required', 'in_future', 'foreign_keys', 'sequences', 'table_key') or parameters = '{}'),
  constraint rules_email_parameters_check check (
    kind <> 'email' or backup.fits_parameters(parameters, '{"allow_blank": "boolean"}')),
  constraint rules_date_order_parameters_check check (
    kind <> 'date_order' or backup.fits_parameters(parameters, '{"allow_equal": "boolean"}')),
  constraint rules_positive_parameters_check check (
    kind <> 'positive' or backup.fits_parameters(parameters, '{"allow_zero": "boolean"}')),
  constraint rules_matches_parameters_check check (
    kind <> 'matches' or backup.fits_parameters(parameters, '{"pattern": "string*", "ignore_case": "boolean", "allow_blank": "boolean"}')),
  constraint rules_max_length_parameters_check check (
    kind <> 'max_length' or backup.fits_parameters(parameters, '{"length": "number*"}')
                            and parameters @@ '$.length >= 1 && $.length <= 1000000000 && $.length == $.length.floor()'),
  constraint rules_one_of_parameters_check check (
    kind <> 'one_of' or backup.fits_parameters(parameters, '{"values": "array*", "ignore_case": "boolean", "allow_blank": "boolean"}')
                        and jsonb_array_length(parameters -> 'values') > 0
                        and not parameters @? '$.values[*] ? (@.type() <> "string" && @.type() <> "number")'),
  constraint rules_references_parameters_check check (
    kind <> 'references' or backup.fits_parameters(parameters, '{"table": "string*", "columns": "array"}')
                            and coalesce(jsonb_array_length(parameters -> 'columns') = cardinality(columns), true)
                            and not parameters @? '$.columns[*] ? (@.type() <> "string")'),
  constraint rules_unique_parameters_check check (
    kind <> 'unique' or backup.fits_parameters(parameters, '{"ignore_case": "boolean"}')),
  constraint rules_expression_parameters_check check (
    kind <> 'expression' or backup.fits_parameters(parameters, '{"condition": "string*"}'))
);

create index if not exists rules_table_name_idx on backup.rules (table_name);

alter table backup.rules enable row level security;

comment on table  backup.rules is
  'What is checked before every backup and by GET /validate. Changed with backup.set_rule and backup.delete_rule, or by a '
  'migration.';
comment on column backup.rules.id          is 'Stable name, such as profiles_email_format; reports and findings carry it.';
comment on column backup.rules.table_name  is 'The table, as schema.table; * for the structural checks of every table.';
comment on column backup.rules.columns is
  'The columns it looks at. Of a built-in rule they may have other names, see backup.rule_column_names.';
comment on column backup.rules.kind        is 'What is checked; docs/rules.md has one section per kind.';
comment on column backup.rules.parameters  is 'Parameters of the kind.';
comment on column backup.rules.severity    is 'error blocks a backup, warning is only reported.';
comment on column backup.rules.title       is 'What is true when it holds, for a person.';
comment on column backup.rules.message     is 'What is wrong with a record that breaks it; {table}, {column} and {value} are filled in.';
comment on column backup.rules.suggestion  is 'What to do about it.';
comment on column backup.rules.is_enabled  is 'A disabled rule is neither checked nor reported.';
comment on column backup.rules.origin      is 'built_in: came with a migration; custom: added with backup.set_rule.';
comment on column backup.rules.is_adjusted is 'Somebody changed a built-in rule; installing the rules again leaves it alone.';
comment on column backup.rules.updated_at  is 'When it was last changed.';

-- What a person is told who breaks one of them: backup.set_rule quotes these comments.
comment on constraint rules_id_check                    on backup.rules is 'An id has 1 to 100 lower-case letters, digits and underscores, and begins with a letter.';
comment on constraint rules_table_name_check            on backup.rules is 'A table is named schema.table.';
comment on constraint rules_kind_check                  on backup.rules is 'There is no such kind of rule.';
comment on constraint rules_columns_check               on backup.rules is 'date_order takes two columns, every other kind at least one.';
comment on constraint rules_severity_check              on backup.rules is 'The severity is error or warning.';
comment on constraint rules_title_check                 on backup.rules is 'The title is some text of at most 200 characters.';
comment on constraint rules_message_check               on backup.rules is 'The message is some text of at most 500 characters.';
comment on constraint rules_suggestion_check            on backup.rules is 'The suggestion has at most 500 characters.';
comment on constraint rules_origin_check                on backup.rules is 'The origin is built_in or custom.';
comment on constraint rules_structure_check             on backup.rules is 'Structural kinds belong to every table, all other kinds to one.';
comment on constraint rules_no_parameters_check         on backup.rules is 'This kind takes no parameters.';
comment on constraint rules_email_parameters_check      on backup.rules is 'email takes allow_blank (true or false).';
comment on constraint rules_date_order_parameters_check on backup.rules is 'date_order takes allow_equal (true or false).';
comment on constraint rules_positive_parameters_check   on backup.rules is 'positive takes allow_zero (true or false).';
comment on constraint rules_matches_parameters_check    on backup.rules is 'matches needs pattern (a regular expression) and takes ignore_case and allow_blank (true or false).';
comment on constraint rules_max_length_parameters_check on backup.rules is 'max_length needs length (a whole number from 1).';
comment on constraint rules_one_of_parameters_check     on backup.rules is 'one_of needs values (a list of texts or numbers) and takes ignore_case and allow_blank (true or false).';
comment on constraint rules_references_parameters_check on backup.rules is 'references needs table, and takes columns (as many as the rule has).';
comment on constraint rules_unique_parameters_check     on backup.rules is 'unique takes ignore_case (true or false).';
comment on constraint rules_expression_parameters_check on backup.rules is 'expression needs condition (SQL).';


-- other names ------------------------------------------------------------------------------------------------------------------
--
-- Alumni databases differ. Which of these names a table has is looked up whenever the rules run, since columns come and go.

create table if not exists backup.rule_table_names (
  table_name  text not null,
  alternative text not null,
  constraint rule_table_names_pkey primary key (table_name, alternative)
);

create table if not exists backup.rule_column_names (
  table_name  text    not null,
  columns     text[]  not null,
  preference  integer not null,
  alternative text[]  not null,
  constraint rule_column_names_pkey             primary key (table_name, columns, preference),
  constraint rule_column_names_preference_check check (preference > 0),
  constraint rule_column_names_columns_check    check (cardinality(columns) > 0 and cardinality(alternative) > 0)
);

alter table backup.rule_table_names  enable row level security;
alter table backup.rule_column_names enable row level security;

comment on table  backup.rule_table_names is
  'Names that real databases have for a table of the built-in rules. Every one that exists is checked.';
comment on column backup.rule_table_names.table_name  is 'The name that built-in rules use.';
comment on column backup.rule_table_names.alternative is 'Another name for it.';
comment on table  backup.rule_column_names is
  'Names that real databases have for columns of the built-in rules. The first set that exists and fits is checked.';
comment on column backup.rule_column_names.table_name  is 'The table, as built-in rules name it.';
comment on column backup.rule_column_names.columns     is 'The columns, as built-in rules name them.';
comment on column backup.rule_column_names.preference  is 'Order in which the alternatives are tried, after the rule''s own names.';
comment on column backup.rule_column_names.alternative is 'Columns that stand for them.';
