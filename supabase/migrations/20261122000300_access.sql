-- Access: who is asking, and may they?
--
-- An edge function verifies the credential and passes its claims on as `request.jwt.claims`, as PostgREST does, so that one check
-- serves both. Every function that a route calls begins with backup.assert_admin(). Without claims there is nobody,
-- and nobody may do nothing.

create or replace function backup.claims()
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb);
$$;

comment on function backup.claims() is 'The verified claims of the caller; an empty object where there are none.';

create or replace function backup.is_admin()
returns boolean
language plpgsql stable
-- SECURITY DEFINER: policies of public.backups call it as `authenticated`, who may not read the role tables; and a policy of
-- user_roles that queries user_roles would recurse without end for them.
security definer
set search_path = ''
as $$
begin
  return exists (
    select
    from public.user_roles as granted
    join public.roles      as role   on role.id   = granted.role_id
    join public.profiles   as person on person.id = granted.profile_id
    where granted.profile_id = backup.actor_id()
      -- text: an enum may lack one of the two, and would refuse the comparison
      and role.name::text in ('admin', 'super_admin')
  );
exception when others then
  -- Another role model, a dropped table, a claim that is no uuid: in doubt, no.
  return false;
end;
$$;

comment on function backup.is_admin() is
  'Whether the caller is an administrator: has a profile and the role admin or super_admin. The one place to change for a project '
  'with another role model: replace this function in a migration of your own, keep SECURITY DEFINER and the empty search_path, and '
  'return false whenever you are not sure.';

create or replace function backup.is_service()
returns boolean
language sql stable
set search_path = ''
as $$
  select coalesce(backup.claims() ->> 'role' = 'service_role', false);
$$;

comment on function backup.is_service() is 'Whether the caller showed a secret API key (cron, operators) instead of a person''s session.';

create or replace function backup.actor_id()
returns uuid
language sql stable
set search_path = ''
as $$
  -- Only a uuid is an identity here; anything else is nobody.
  select (backup.claims() ->> 'sub')::uuid
  where backup.claims() ->> 'sub' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';
$$;

comment on function backup.actor_id() is 'The person who is asking (auth.users.id), or NULL for a secret key or nobody.';

create or replace function backup.is_allowed()
returns boolean
language sql stable
set search_path = ''
as $$
  select backup.is_service() or backup.is_admin();
$$;

comment on function backup.is_allowed() is 'Whether the caller may use this system at all: an administrator, or a secret key.';

create or replace function backup.assert_admin()
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not backup.is_allowed() then
    raise exception using
      errcode = 'BK403',
      message = 'Only administrators may use backups.',
      hint    = 'Sign in as a person with the role admin or super_admin, or use a secret API key.';
  end if;
end;
$$;

comment on function backup.assert_admin() is 'Raises BK403 unless the caller is an administrator or a secret key.';
