-- What the seed promises, on a database that was seeded. Rows that came later are left out by their ids.
begin;
set local search_path = extensions, pg_catalog;
set local client_min_messages = warning;
select plan(34);

create view pg_temp.people as
    select * from public.profiles
    where id between '00000000-0000-4000-8000-000000000001' and '00000000-0000-4000-8000-999999999999';
create view pg_temp.dates as
    select * from public.events
    where id between '00000000-0000-4000-8001-000000000001' and '00000000-0000-4000-8001-999999999999';
create view pg_temp.offers as
    select * from public.jobs
    where id between '00000000-0000-4000-8002-000000000001' and '00000000-0000-4000-8002-999999999999';
-- every free text of it, for "is there one that …"
create view pg_temp.texts (value) as
    select unnest(array[first_name, last_name, bio, company, job_title, major]) from pg_temp.people
    union all select unnest(array[title, description, location]) from pg_temp.dates
    union all select unnest(array[title, company_name, description, salary_range]) from pg_temp.offers;

-- size -----------------------------------------------------------------------------------------------------------------------------

select is((select count(*) from pg_temp.people), 640::bigint, '640 people');
select is((select count(*) from pg_temp.dates), 90::bigint, '90 events');
select is((select count(*) from pg_temp.offers), 130::bigint, '130 jobs');
select is(
    (select array_agg(name order by id) from public.roles where id::text like '00000000-0000-4000-8003-%'),
    '{super_admin,admin,moderator,alumni,student,mentor,staff}'::text[],
    'the roles'
);

-- accounts -------------------------------------------------------------------------------------------------------------------------

select results_eq(
    $$
        select users.email::text, roles.name
        from auth.users
        join public.user_roles on user_roles.profile_id = users.id
        join public.roles on roles.id = user_roles.role_id
        where users.id between '00000000-0000-4000-8000-000000000001' and '00000000-0000-4000-8000-000000000003'
            and roles.name <> 'staff' and (roles.name <> 'alumni' or users.email = 'member@alumni.test')
        order by users.id
    $$,
    $$ values ('admin@alumni.test', 'admin'), ('super@alumni.test', 'super_admin'), ('member@alumni.test', 'alumni') $$,
    'three people have accounts, with the roles that their addresses say'
);
select is(
    (select array_agg(users.email::text order by users.id) from auth.users join public.profiles using (id, email)
     where users.id between '00000000-0000-4000-8000-000000000001' and '00000000-0000-4000-8000-000000000003'),
    '{admin@alumni.test,super@alumni.test,member@alumni.test}'::text[],
    'their profiles have the ids and addresses of their accounts'
);
select is(
    (select count(*) from auth.identities where identities.provider = 'email' and identities.provider_id = identities.user_id::text
     and identities.user_id between '00000000-0000-4000-8000-000000000001' and '00000000-0000-4000-8000-000000000003'),
    3::bigint,
    'each account has the identity that the Auth API asks for'
);

-- no validation errors -----------------------------------------------------------------------------------------------------------------

select is_empty(
    $$ select id from pg_temp.people where coalesce(first_name, '') !~ '\S' or coalesce(last_name, '') !~ '\S' $$,
    'everybody has a first and a last name'
);
select is_empty(
    $$ select id, email from pg_temp.people where email !~ '^[[:alnum:]._+-]+@([[:alnum:]-]+\.)+[[:alpha:]]{2,}$' $$,
    'every e-mail address is one'
);
select is_empty(
    'select id from pg_temp.people where not exists (select from public.user_roles where profile_id = people.id)',
    'everybody has a role'
);
select is_empty(
    $$ select id from pg_temp.dates where coalesce(title, '') !~ '\S' or coalesce(description, '') !~ '\S' $$,
    'every event has a title and a description'
);
select is_empty('select id from pg_temp.dates where (start_date < end_date) is not true', 'every event begins before it ends');
select is_empty('select id from pg_temp.dates where capacity <= 0', 'a capacity is positive');
select is_empty(
    $$ select id from pg_temp.offers where coalesce(title, '') !~ '\S' or coalesce(company_name, '') !~ '\S' $$,
    'every job has a title and a company'
);
select is_empty(
    'select id from pg_temp.offers where not exists (select from public.profiles where profiles.id = posted_by)',
    'somebody has posted every job'
);

-- a few warnings -----------------------------------------------------------------------------------------------------------------------

select is(
    (select count(*) from (select lower(email) from pg_temp.people group by 1 having count(*) = 2) as pair), 2::bigint,
    'two pairs share an e-mail address but for case'
);
select is(
    (select count(*) from (select email from pg_temp.people group by 1 having count(*) > 1 and email is not null) as pair), 0::bigint,
    'none shares it to the letter'
);
select is((select count(*) from pg_temp.people where graduation_year::text !~ '^\d{4}$'), 3::bigint, 'three graduation years');
select is((select count(*) from pg_temp.offers where expires_at < now()), 4::bigint, 'four expired jobs');
select is((select count(*) from pg_temp.offers where coalesce(description, '') !~ '\S'), 2::bigint, 'two jobs without description');
select is((select count(*) from pg_temp.offers where application_url !~ '^https?://'), 2::bigint, 'two application addresses');
select is((select count(*) from pg_temp.offers where contact_email !~ '^\S+@\S+\.\S+$'), 2::bigint, 'two contact addresses');

-- and what breaks exports ----------------------------------------------------------------------------------------------------------------

select is_empty(
    $$
        select name
        from (values
            ('Arabic', '[ء-ي]'), ('Armenian', '[Ա-Ֆ]'), ('Bengali', '[ক-হ]'), ('Cyrillic', '[А-я]'), ('Devanagari', '[क-ह]'), ('Ethiopic', '[ሀ-ፗ]'),
            ('Georgian', '[ა-ჰ]'), ('Greek', '[Α-ω]'), ('Han', '[一-龥]'), ('Hangul', '[가-힣]'), ('Hebrew', '[א-ת]'), ('Hiragana', '[ぁ-ん]'),
            ('Katakana', '[ァ-ン]'), ('Latin', '[A-z]'), ('Tamil', '[க-ஹ]'), ('Thai', '[ก-ฮ]')
        ) as scripts (name, letters)
        where not exists (select from pg_temp.texts where value ~ letters)
    $$,
    'text in many scripts'
);
select ok(exists (select from pg_temp.texts where value is not normalized), 'decomposed characters');
select ok(exists (select from pg_temp.texts where value ~ '[\U00010000-\U0010FFFF]'), 'characters beyond the basic plane');
select is_empty(
    $$
        select name
        from (values
            ('tab', E'\t'), ('line feed', E'\n'), ('carriage return', E'\r'), ('both', E'\r\n'), ('backspace', E'\b'),
            ('form feed', E'\f'), ('vertical tab', E'\x0B'), ('start of heading', E'\x01'), ('delete', E'\x7F'),
            ('quote', ''''), ('double quote', '"'), ('backslash', '\'), ('dollar quote', '$tagged$'), ('semicolon', ';'),
            ('byte order mark', U&'\FEFF'), ('right-to-left override', U&'\202E'), ('zero-width joiner', U&'\200D'),
            ('line separator', U&'\2028'), ('no-break space', U&'\00A0')
        ) as needles (name, needle)
        where not exists (select from pg_temp.texts where strpos(value, needle) > 0)
    $$,
    'every character that somebody forgets'
);
select set_has(
    'select value from pg_temp.texts',
    $$ values ('\N'), ('\.'), ('NULL'), ('null'), ('=1+1'), ('<img src=x onerror=alert(1)>'), ('false'), ('') $$,
    'values that mean something else somewhere'
);
select ok(exists (select from pg_temp.texts where value ~ '(^|\n)\\\.(\n|$)' and value ~ '\n'), 'an end-of-COPY mark on a line of its own');
select cmp_ok((select max(octet_length(value)) from pg_temp.texts), '>', 10000, 'a text of more than 10 kB');
select ok(
    (select bool_or(phone is null) and bool_or(phone = '') and bool_or(bio is null) and bool_or(bio = '') from pg_temp.people),
    'NULL beside the empty string'
);
select ok(
    (select bool_or(start_date < '2010-01-01') and bool_or(start_date > now() + interval '1 year') from pg_temp.dates),
    'events long ago and still to come'
);
select ok((select bool_or(skills = '{}') and bool_or(array_length(skills, 1) > 1) from pg_temp.people), 'empty and longer arrays');
select ok((select bool_or(preferences = '{}') and bool_or(preferences @> '{"language": null}') from pg_temp.people), 'JSON with null in it');

-- again --------------------------------------------------------------------------------------------------------------------------------

create view pg_temp.versions as
    select id::text, xmin::text as version from public.profiles
    union all select id::text, xmin::text from public.events
    union all select id::text, xmin::text from public.jobs
    union all select id::text, xmin::text from public.roles
    union all select profile_id::text || role_id::text, xmin::text from public.user_roles
    union all select id::text, xmin::text from auth.users
    union all select id::text, xmin::text from auth.identities;
create temp table before_seed as select * from pg_temp.versions;
set local search_path = "$user", public, extensions;
\ir ../../../seed.sql
set local search_path = extensions, pg_catalog;
select set_eq('table pg_temp.versions', 'table before_seed', 'seeding again changes nothing');

select * from finish();
rollback;
