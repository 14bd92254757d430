-- Alumni databases differ from the plan: rules find their columns under other names, or say why they do not apply.
begin;
\ir ../support.sql
select plan(14);

create view testing.fitted as
  select backup.table_label(listed.oid) as table_label, fitted.*
  from pg_class as listed cross join lateral backup.fit_rules(listed.oid) as fitted
  where listed.relnamespace = 'public'::regnamespace and listed.relkind in ('r', 'p');

select is_empty($$ select id, reason from testing.fitted where table_label in ('public.profiles', 'public.events', 'public.jobs', 'public.user_roles') and reason is not null $$,
  'in a new project every rule applies');

-- names
alter table public.profiles   rename to profiles_aside;
alter table public.events     rename to events_aside;
alter table public.jobs       rename to jobs_aside;
alter table public.user_roles rename to user_roles_aside;
create table public.profiles (id integer primary key, full_name text, email text);
create table public.events (id integer primary key, title text, starts_at timestamptz, ends_at timestamptz, max_attendees integer);
create table public.job_listings (id integer primary key, title text, company text, deadline date, posted_by uuid);
create table public.job_opportunities (id integer primary key, title text, company text, application_deadline timestamp);
create table public.user_roles (user_id uuid, role text);

select is((select columns::text from testing.fitted where id = 'profiles_name_required'), '{full_name}', 'full_name stands for first and last name');
select is((select columns::text from testing.fitted where id = 'events_date_order'), '{starts_at,ends_at}', 'starts_at and ends_at');
select is((select columns::text from testing.fitted where id = 'events_capacity_positive'), '{max_attendees}', 'max_attendees');
select results_eq(
  $$ select table_label, columns::text, reason from testing.fitted where id = 'jobs_expiry_in_future' order by table_label $$,
  $$ values ('public.job_listings', '{deadline}', null::text), ('public.job_opportunities', '{application_deadline}', null) $$,
  'job_listings and job_opportunities stand for jobs: each of them');
select is((select columns::text from testing.fitted where id = 'jobs_company_required' and table_label = 'public.job_listings'), '{company}', 'company');

-- reasons
select is((select reason from testing.fitted where id = 'events_description_required'), 'public.events has no column description', 'a missing column');
alter table public.events drop column max_attendees;
select is((select reason from testing.fitted where id = 'events_capacity_positive'), 'public.events has no column capacity, nor one of its other names', 'no name at all');
select is((select reason from testing.fitted where id = 'profiles_role_assigned'), 'public.user_roles has no column profile_id', 'another role model');
alter table public.events add column quota text;
select is((select reason from testing.fitted where id = 'events_capacity_positive'), 'quota is of type text', 'a type that the kind cannot judge');

-- columns come and go: nothing is installed again
alter table public.events drop column quota, add column max_capacity numeric, drop column starts_at, add column event_date date, add column end_date date, add column start_time time, add column end_time time;
select is((select columns::text || coalesce(reason, '') from testing.fitted where id = 'events_capacity_positive'), '{max_capacity}', 'a column that was added later');
select is((select columns::text || coalesce(reason, '') from testing.fitted where id = 'events_date_order'), '{event_date,end_date}', 'times of the day have no order: the days have');

-- what the schema itself says
create table public.somebody (id uuid primary key);
alter table public.job_listings add foreign key (posted_by) references public.somebody (id);
select is((select reason from testing.fitted where id = 'jobs_poster_exists' and table_label = 'public.job_listings'),
  'posted_by refers to public.somebody, by its own foreign key', 'a foreign key knows better than a guess');

update backup.rules set is_enabled = false where id = 'profiles_email_format';
select is_empty($$ select id from testing.fitted where id = 'profiles_email_format' $$, 'a disabled rule is left out');

select * from finish();
rollback;
