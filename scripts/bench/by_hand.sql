-- What somebody would write who wants to know, once, whether these very tables are in order: one sequential scan for each, and an
-- anti-join for each relationship. The same questions as the rules ask; one row of counts per statement.

-- profiles
select
    count(*) as rows,
    count(*) filter (where email !~ '^[^@[:space:][:cntrl:]<>()[\\,;:"]+@[^@.[:space:][:cntrl:]<>()[\\,;:"]+(\.[^@.[:space:][:cntrl:]<>()[\\,;:"]+)+$'
        or email like '.%' or email like '%.@%' or email like '%..%'
        or email like '%-%' and email ~ '@(.*\.)?-|-\.[^@]*$|-$'
        or length(email) > 254) as email,
    count(*) filter (where first_name is null or btrim(first_name, E' \t\r\n') = '' or last_name is null or btrim(last_name, E' \t\r\n') = '') as name,
    count(*) filter (where graduation_year not between 1000 and 9999) as graduation_year
from public.profiles;

select count(*) as without_role from public.profiles
where not exists (select from public.user_roles where user_roles.profile_id = profiles.id);

select coalesce(sum(sharing), 0) as email_shared from (
    select count(*) as sharing from public.profiles where email is not null group by lower(email) having count(*) > 1
) as shared;

-- user_roles, roles
select count(*) as rows from public.user_roles;

select count(*) as without_profile from public.user_roles
where not exists (select from public.profiles where profiles.id = user_roles.profile_id);

select count(*) as unknown_role from public.user_roles
where not exists (select from public.roles where roles.id = user_roles.role_id);

select count(*) as rows from public.roles;

-- events
select
    count(*) as rows,
    count(*) filter (where start_date > end_date) as dates,
    count(*) filter (where title is null or btrim(title, E' \t\r\n') = '') as title,
    count(*) filter (where description is null or btrim(description, E' \t\r\n') = '') as description,
    count(*) filter (where capacity <= 0) as capacity
from public.events;

select count(*) as unknown_creator from public.events
where created_by is not null and not exists (select from public.profiles where profiles.id = events.created_by);

-- jobs
select
    count(*) as rows,
    count(*) filter (where expires_at <= now()) as expired,
    count(*) filter (where title is null or btrim(title, E' \t\r\n') = '') as title,
    count(*) filter (where company_name is null or btrim(company_name, E' \t\r\n') = '') as company_name,
    count(*) filter (where description is null or btrim(description, E' \t\r\n') = '') as description,
    count(*) filter (where application_url !~* '^https?://[^[:space:]/]+') as application_url,
    count(*) filter (where contact_email !~ '^[^@[:space:][:cntrl:]<>()[\\,;:"]+@[^@.[:space:][:cntrl:]<>()[\\,;:"]+(\.[^@.[:space:][:cntrl:]<>()[\\,;:"]+)+$'
        or contact_email like '.%' or contact_email like '%.@%' or contact_email like '%..%'
        or contact_email like '%-%' and contact_email ~ '@(.*\.)?-|-\.[^@]*$|-$'
        or length(contact_email) > 254) as contact_email
from public.jobs;

select count(*) as unknown_poster from public.jobs
where posted_by is not null and not exists (select from public.profiles where profiles.id = jobs.posted_by);
