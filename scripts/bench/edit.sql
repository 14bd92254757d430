-- CHANGED percent of the rows of every table, but for roles, become other rows: a third is updated, a third deleted, and as many
-- new ones are added. Spread evenly over the tables, the same on every machine. What hangs on a deleted profile goes with it or
-- loses its author, as the foreign keys say. The people who can sign in are left alone.
\getenv changed CHANGED
set local statement_timeout = 0;
set local client_min_messages = warning;

create function pg_temp.third(id uuid)
returns integer
language sql immutable
return floor((hashtextextended(id::text, 5) & 9223372036854775807) % 1000000 / (:changed * 1000000 / 300.0))::integer;

-- profiles: of the updates, every third moves in an index
update public.profiles
set job_title = 'Retired',
    company = null,
    last_name = case when graduation_year % 3 = 0 then last_name || '-Smith' else last_name end,
    updated_at = timestamptz '2026-01-01 00:00:00+00'
where pg_temp.third(id) = 0 and id not in (select users.id from auth.users);

create temporary table new_profiles on commit drop as
select * from public.profiles
where pg_temp.third(id) = 2 and id not in (select users.id from auth.users);
update new_profiles set id = md5('new ' || id)::uuid, email = 'new.' || email;
insert into public.profiles select * from new_profiles;

update public.user_roles set assigned_at = timestamptz '2026-01-01 00:00:00+00'
where pg_temp.third(profile_id) = 0 and profile_id not in (select users.id from auth.users);
insert into public.user_roles (profile_id, role_id)
select new_profiles.id, roles.id from new_profiles join public.roles on roles.name = 'alumni';

delete from public.profiles
where pg_temp.third(id) = 1 and id not in (select users.id from auth.users) and id not in (select new_profiles.id from new_profiles);

-- events
create temporary table new_events on commit drop as
select * from public.events where pg_temp.third(id) = 2;
update new_events set id = md5('new ' || id)::uuid;
update public.events set capacity = 1, updated_at = timestamptz '2026-01-01 00:00:00+00' where pg_temp.third(id) = 0;
delete from public.events where pg_temp.third(id) = 1;
insert into public.events select * from new_events;

-- jobs
create temporary table new_jobs on commit drop as
select * from public.jobs where pg_temp.third(id) = 2;
update new_jobs set id = md5('new ' || id)::uuid;
update public.jobs set is_active = false, updated_at = timestamptz '2026-01-01 00:00:00+00' where pg_temp.third(id) = 0;
delete from public.jobs where pg_temp.third(id) = 1;
insert into public.jobs select * from new_jobs;
