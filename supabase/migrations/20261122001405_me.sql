-- Me: who is asking, so that a program can greet them and knows at once whether they may use this at all.

create or replace function backup.own_roles()
returns text[]
language plpgsql stable
set search_path = ''
as $$
begin
  return array(
    select role.name::text
    from public.user_roles as granted
    join public.roles as role on role.id = granted.role_id
    where granted.profile_id = backup.actor_id()
    order by 1);
exception when undefined_table or undefined_column or undefined_function then
  -- Another role model; what counts is that backup.is_admin() has said yes.
  return array[]::text[];
end;
$$;

comment on function backup.own_roles() is 'The roles of the person who is asking; none for a secret key, or with another role model.';

create or replace function backup.whoami()
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  named jsonb;
begin
  perform backup.assert_admin();
  named := backup.person_name(backup.actor_id());
  return jsonb_build_object(
    'id',    backup.actor_id(),
    'kind',  case when backup.is_service() then 'service' else 'person' end,
    'name',  coalesce(nullif(btrim(concat_ws(' ', named ->> 'first_name', named ->> 'last_name')), ''), backup.claims() ->> 'key_name'),
    'email', backup.claims() -> 'email',
    'roles', backup.own_roles());
end;
$$;

comment on function backup.whoami() is
  'Who is asking: {id, kind: person | service, name, email, roles}; of a secret key id and email are NULL, and the name is that of the '
  'key. Raises BK403.';
