-- The alumni tables of a new project: profiles, roles, user_roles, events, jobs.
--
-- Where one of these names is taken, the database is somebody's, and this migration does nothing at all: no table, no policy,
-- no grant, no schema. Everything therefore happens in one statement behind one question, which also makes it safe to apply twice.
--
-- Content is deliberately not held by CHECK constraints: alumni data is imported from many places, wrong in many ways, and has to
-- fit in before anybody can correct it. Saying what is wrong with it is the work of the validation rules. Constraints here keep
-- only what no import may break: keys, references between the tables, and who may do what.

do $migration$
begin
    -- guard ----------------------------------------------------------------------------------------------------------------

    if exists (
        select
        from pg_catalog.unnest('{profiles,roles,user_roles,events,jobs}'::text[]) as taken (name)
        where pg_catalog.to_regclass('public.' || taken.name) is not null
    ) then
        raise notice 'alumni tables: this database has its own; nothing is created';
        return;
    end if;

    -- tables ---------------------------------------------------------------------------------------------------------------

    create table public.profiles (
        id              uuid        not null default gen_random_uuid(),
        first_name      text,
        last_name       text,
        email           text,
        phone           text,
        graduation_year integer,
        degree          text,
        major           text,
        company         text,
        job_title       text,
        bio             text,
        avatar_url      text,
        location        text,
        linkedin_url    text,
        skills          text[]      not null default '{}',
        preferences     jsonb       not null default '{}',
        is_verified     boolean     not null default false,
        created_at      timestamptz not null default now(),
        updated_at      timestamptz not null default now(),
        constraint profiles_pkey primary key (id)
    );
    comment on table public.profiles is
        'One person of the alumni community, with or without an account. Whoever can sign in has the id of their row in auth.users; '
        'there is no foreign key to it, because most alumni are imported from old records and have never had an account, and '
        'because a profile must outlive the account that goes with it.';
    comment on column public.profiles.id              is 'Equal to auth.users.id for people who can sign in; policies compare it with auth.uid().';
    comment on column public.profiles.first_name      is 'Given name as the person writes it, in any script. Nullable for imports; a validation rule asks for it.';
    comment on column public.profiles.last_name       is 'Family name as the person writes it, in any script. Nullable for imports; a validation rule asks for it.';
    comment on column public.profiles.email           is 'Contact address. Not unique: old records list couples and shared mailboxes; a validation rule warns.';
    comment on column public.profiles.phone           is 'Phone number as given; not normalised.';
    comment on column public.profiles.graduation_year is 'Year of graduation, four digits; in the future for students.';
    comment on column public.profiles.degree          is 'Academic degree, e.g. BSc.';
    comment on column public.profiles.major           is 'Field of study.';
    comment on column public.profiles.company         is 'Present employer.';
    comment on column public.profiles.job_title       is 'Present position.';
    comment on column public.profiles.bio             is 'Free text of any length, written by the person.';
    comment on column public.profiles.avatar_url      is 'Address of a picture.';
    comment on column public.profiles.location        is 'Place of residence, free text.';
    comment on column public.profiles.linkedin_url    is 'Address of the LinkedIn page.';
    comment on column public.profiles.skills          is 'What the person offers to help with; empty when they said nothing.';
    comment on column public.profiles.preferences     is 'Settings of the alumni frontend, e.g. {"newsletter": true}.';
    comment on column public.profiles.is_verified     is 'The alumni office has checked this person''s record. Only staff can change it.';
    comment on column public.profiles.created_at      is 'When the row was made.';
    comment on column public.profiles.updated_at      is 'When the row last changed; kept by a trigger.';

    create table public.roles (
        id          uuid        not null default gen_random_uuid(),
        name        text        not null,
        description text,
        created_at  timestamptz not null default now(),
        constraint roles_pkey primary key (id),
        constraint roles_name_key unique (name)
    );
    comment on table public.roles is
        'What a person can be in the alumni system. super_admin, admin and moderator carry rights; the others describe.';
    comment on column public.roles.id          is 'Key of the role.';
    comment on column public.roles.name        is 'The name that policies ask for, e.g. admin.';
    comment on column public.roles.description is 'What the role is for, in a sentence.';
    comment on column public.roles.created_at  is 'When the role was made.';

    create table public.user_roles (
        profile_id  uuid        not null,
        role_id     uuid        not null,
        assigned_at timestamptz not null default now(),
        constraint user_roles_pkey primary key (profile_id, role_id),
        constraint user_roles_profile_id_fkey foreign key (profile_id) references public.profiles (id) on delete cascade,
        constraint user_roles_role_id_fkey foreign key (role_id) references public.roles (id) on delete restrict
    );
    create index user_roles_role_id_idx on public.user_roles (role_id);
    comment on table public.user_roles is
        'Who has which role. It references profiles once only, so that the Data API can embed one in the other by name.';
    comment on column public.user_roles.profile_id  is 'The person.';
    comment on column public.user_roles.role_id     is 'The role. A role that somebody has cannot be deleted.';
    comment on column public.user_roles.assigned_at is 'Since when.';

    create table public.events (
        id          uuid        not null default gen_random_uuid(),
        title       text,
        description text,
        start_date  timestamptz,
        end_date    timestamptz,
        location    text,
        capacity    integer,
        is_virtual  boolean     not null default false,
        virtual_url text,
        created_by  uuid,
        created_at  timestamptz not null default now(),
        updated_at  timestamptz not null default now(),
        constraint events_pkey primary key (id),
        constraint events_created_by_fkey foreign key (created_by) references public.profiles (id) on delete set null
    );
    create index events_created_by_idx on public.events (created_by);
    comment on table public.events is 'Reunions, lectures and meetings of the community, past and to come.';
    comment on column public.events.id          is 'Key of the event.';
    comment on column public.events.title       is 'Headline. Nullable for imports; a validation rule asks for it.';
    comment on column public.events.description is 'Invitation text. Nullable for imports; a validation rule asks for it.';
    comment on column public.events.start_date  is 'When it begins.';
    comment on column public.events.end_date    is 'When it ends; a validation rule asks for it to be later than the beginning.';
    comment on column public.events.location    is 'Place, free text.';
    comment on column public.events.capacity    is 'Number of seats; null when there is no limit.';
    comment on column public.events.is_virtual  is 'It takes place online.';
    comment on column public.events.virtual_url is 'Where to join an online event.';
    comment on column public.events.created_by  is 'Who entered it; null when that person has left.';
    comment on column public.events.created_at  is 'When the row was made.';
    comment on column public.events.updated_at  is 'When the row last changed; kept by a trigger.';

    create table public.jobs (
        id              uuid        not null default gen_random_uuid(),
        title           text,
        company_name    text,
        description     text,
        location        text,
        job_type        text,
        salary_range    text,
        application_url text,
        contact_email   text,
        posted_by       uuid,
        expires_at      timestamptz,
        is_active       boolean     not null default true,
        created_at      timestamptz not null default now(),
        updated_at      timestamptz not null default now(),
        constraint jobs_pkey primary key (id),
        constraint jobs_posted_by_fkey foreign key (posted_by) references public.profiles (id) on delete set null
    );
    create index jobs_posted_by_idx on public.jobs (posted_by);
    comment on table public.jobs is 'Job advertisements by alumni for alumni.';
    comment on column public.jobs.id              is 'Key of the advertisement.';
    comment on column public.jobs.title           is 'Position. Nullable for imports; a validation rule asks for it.';
    comment on column public.jobs.company_name    is 'Employer. Nullable for imports; a validation rule asks for it.';
    comment on column public.jobs.description     is 'What the work is.';
    comment on column public.jobs.location        is 'Place of work, free text.';
    comment on column public.jobs.job_type        is 'full_time, part_time, contract, internship, volunteer.';
    comment on column public.jobs.salary_range    is 'Pay as advertised, free text.';
    comment on column public.jobs.application_url is 'Where to apply.';
    comment on column public.jobs.contact_email   is 'Whom to ask.';
    comment on column public.jobs.posted_by       is 'Who advertises; null when that person has left.';
    comment on column public.jobs.expires_at      is 'Last day to apply; null when it stays open until filled.';
    comment on column public.jobs.is_active       is 'Shown to everybody. An inactive one is seen by its author and by staff.';
    comment on column public.jobs.created_at      is 'When the row was made.';
    comment on column public.jobs.updated_at      is 'When the row last changed; kept by a trigger.';

    -- helpers, in a schema that the Data API does not serve -------------------------------------------------------------------

    create schema if not exists private;
    comment on schema private is 'Functions behind the policies and triggers of the alumni tables. Not exposed by the Data API.';
    grant usage on schema private to authenticated;

    -- Security definer, because policies on user_roles call it: as its owner it reads the table without the policies, so that
    -- asking for a role never asks for a role.
    create or replace function private.has_role(role_names text[] default null)
    returns boolean
    language sql
    stable
    security definer
    set search_path = ''
    as $function$
        select exists (
            select
            from public.user_roles
            join public.roles on roles.id = user_roles.role_id
            where user_roles.profile_id = (select auth.uid())
                and (role_names is null or roles.name = any (role_names))
        )
    $function$;
    comment on function private.has_role(text[]) is
        'Has the person who is signed in one of these roles? Without argument: any role, i.e. is it a member. False for nobody.';
    revoke all on function private.has_role(text[]) from public;
    grant execute on function private.has_role(text[]) to authenticated;

    create or replace function private.set_updated_at()
    returns trigger
    language plpgsql
    set search_path = ''
    as $function$
    begin
        new.updated_at := now();
        return new;
    end
    $function$;
    comment on function private.set_updated_at() is 'Trigger: stamps a row that really changed.';
    revoke all on function private.set_updated_at() from public;

    create or replace function private.guard_verification()
    returns trigger
    language plpgsql
    set search_path = ''
    as $function$
    begin
        -- an import, or the secret key: nobody is signed in
        if auth.uid() is null then
            return new;
        end if;

        if private.has_role('{super_admin,admin,moderator}') then
            return new;
        end if;

        raise exception using
            errcode = 'insufficient_privilege',
            message = 'only staff can verify a profile',
            hint = 'Leave is_verified as it is.';
    end
    $function$;
    comment on function private.guard_verification() is
        'Trigger: refuses (42501) that people verify themselves. A policy cannot: it does not see the row as it was.';
    revoke all on function private.guard_verification() from public;

    -- triggers ---------------------------------------------------------------------------------------------------------------

    create trigger profiles_set_updated_at before update on public.profiles
        for each row when (old.* is distinct from new.*) execute function private.set_updated_at();
    create trigger events_set_updated_at before update on public.events
        for each row when (old.* is distinct from new.*) execute function private.set_updated_at();
    create trigger jobs_set_updated_at before update on public.jobs
        for each row when (old.* is distinct from new.*) execute function private.set_updated_at();

    create trigger profiles_guard_verification_on_insert before insert on public.profiles
        for each row when (new.is_verified) execute function private.guard_verification();
    create trigger profiles_guard_verification_on_update before update on public.profiles
        for each row when (old.is_verified is distinct from new.is_verified) execute function private.guard_verification();

    -- grants: what the Data API may try; the policies decide. Nothing for anon: an alumni directory is not public --------------

    revoke all on public.profiles, public.roles, public.user_roles, public.events, public.jobs from anon, authenticated, service_role;
    grant select, insert, update, delete on public.profiles, public.roles, public.user_roles, public.events, public.jobs
        to authenticated, service_role;

    -- policies: one per command. Staff are super_admin, admin and moderator -----------------------------------------------------

    alter table public.profiles enable row level security;
    create policy profiles_select on public.profiles for select to authenticated
        using (id = (select auth.uid()) or (select private.has_role()));
    create policy profiles_insert on public.profiles for insert to authenticated
        with check (id = (select auth.uid()) or (select private.has_role('{super_admin,admin}')));
    create policy profiles_update on public.profiles for update to authenticated
        using (id = (select auth.uid()) or (select private.has_role('{super_admin,admin,moderator}')))
        with check (id = (select auth.uid()) or (select private.has_role('{super_admin,admin,moderator}')));
    -- a profile takes its roles with it when it goes: a super_admin's is not for an admin to delete
    create policy profiles_delete on public.profiles for delete to authenticated
        using (
            (select private.has_role('{super_admin}'))
            or (select private.has_role('{admin}'))
                and not exists (
                    select
                    from public.user_roles
                    join public.roles on roles.id = user_roles.role_id
                    where user_roles.profile_id = profiles.id and roles.name = 'super_admin'
                )
        );

    -- whoever could rename a role could give themselves another: super_admin only
    alter table public.roles enable row level security;
    create policy roles_select on public.roles for select to authenticated
        using (true);
    create policy roles_insert on public.roles for insert to authenticated
        with check ((select private.has_role('{super_admin}')));
    create policy roles_update on public.roles for update to authenticated
        using ((select private.has_role('{super_admin}')))
        with check ((select private.has_role('{super_admin}')));
    create policy roles_delete on public.roles for delete to authenticated
        using ((select private.has_role('{super_admin}')));

    -- an admin hands out and takes away every role but super_admin
    alter table public.user_roles enable row level security;
    create policy user_roles_select on public.user_roles for select to authenticated
        using (profile_id = (select auth.uid()) or (select private.has_role('{super_admin,admin,moderator}')));
    create policy user_roles_insert on public.user_roles for insert to authenticated
        with check (
            (select private.has_role('{super_admin}'))
            or (select private.has_role('{admin}'))
                and role_id <> (select roles.id from public.roles where roles.name = 'super_admin')
        );
    create policy user_roles_update on public.user_roles for update to authenticated
        using ((select private.has_role('{super_admin}')))
        with check ((select private.has_role('{super_admin}')));
    create policy user_roles_delete on public.user_roles for delete to authenticated
        using (
            (select private.has_role('{super_admin}'))
            or (select private.has_role('{admin}'))
                and role_id <> (select roles.id from public.roles where roles.name = 'super_admin')
        );

    alter table public.events enable row level security;
    create policy events_select on public.events for select to authenticated
        using ((select private.has_role()));
    create policy events_insert on public.events for insert to authenticated
        with check ((select private.has_role('{super_admin,admin,moderator}')));
    create policy events_update on public.events for update to authenticated
        using ((select private.has_role('{super_admin,admin,moderator}')))
        with check ((select private.has_role('{super_admin,admin,moderator}')));
    create policy events_delete on public.events for delete to authenticated
        using ((select private.has_role('{super_admin,admin,moderator}')));

    alter table public.jobs enable row level security;
    create policy jobs_select on public.jobs for select to authenticated
        using (
            posted_by = (select auth.uid())
            or is_active and (select private.has_role())
            or (select private.has_role('{super_admin,admin,moderator}'))
        );
    create policy jobs_insert on public.jobs for insert to authenticated
        with check (
            posted_by = (select auth.uid()) and (select private.has_role())
            or (select private.has_role('{super_admin,admin,moderator}'))
        );
    create policy jobs_update on public.jobs for update to authenticated
        using (posted_by = (select auth.uid()) or (select private.has_role('{super_admin,admin,moderator}')))
        with check (posted_by = (select auth.uid()) or (select private.has_role('{super_admin,admin,moderator}')));
    create policy jobs_delete on public.jobs for delete to authenticated
        using (posted_by = (select auth.uid()) or (select private.has_role('{super_admin,admin,moderator}')));
end
$migration$;
