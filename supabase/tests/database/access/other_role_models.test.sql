-- Databases whose role tables differ from the plan's: is_admin() denies when it cannot tell, and never raises.
begin;
\ir ../support.sql
select plan(8);

select testing.sign_in_as('admin') as admin \gset
select is(backup.is_admin(), true, 'an admin, to begin with');

-- names of roles are an enum, which has no super_admin
savepoint enum;
create type testing.role_name as enum ('admin', 'moderator', 'alumni');
delete from public.roles where name not in ('admin', 'moderator', 'alumni') and not exists (select from public.user_roles where role_id = roles.id);
delete from public.user_roles where role_id in (select id from public.roles where name not in ('admin', 'moderator', 'alumni'));
delete from public.roles where name not in ('admin', 'moderator', 'alumni');
drop policy user_roles_insert on public.user_roles;
drop policy user_roles_delete on public.user_roles;
drop policy profiles_delete on public.profiles;
alter table public.roles alter column name type testing.role_name using name::testing.role_name;
select is(backup.is_admin(), true, 'role names may be an enum that lacks super_admin');
rollback to enum;

-- no super_admin row at all
savepoint no_super_admin;
delete from public.user_roles where role_id in (select id from public.roles where name = 'super_admin');
delete from public.roles where name = 'super_admin';
select is(backup.is_admin(), true, 'no super_admin row is needed');
rollback to no_super_admin;

-- keys of another type
savepoint other_key;
drop table public.user_roles cascade;
create table public.user_roles (profile_id bigint, role_id uuid);
select is(backup.is_admin(), false, 'a key that is no uuid: no');
rollback to other_key;

savepoint no_user_roles;
drop table public.user_roles cascade;
select is(backup.is_admin(), false, 'no user_roles: no');
rollback to no_user_roles;

savepoint no_roles;
drop table public.roles cascade;
select is(backup.is_admin(), false, 'no roles: no');
rollback to no_roles;

savepoint no_profiles;
drop table public.profiles cascade;
select is(backup.is_admin(), false, 'no profiles: no');
rollback to no_profiles;

-- the documented way to another role model
create or replace function backup.is_admin()
returns boolean
language sql stable security definer
set search_path = ''
as $$ select auth.uid() is not null $$;
select testing.sign_in(testing.person());
select lives_ok('select backup.assert_admin()', 'a replaced is_admin() is what decides everywhere');

select * from finish();
rollback;
