-- is_admin(): yes for an admin and a super_admin with a profile; no for everybody else, and no when in doubt.
begin;
\ir ../support.sql
select plan(17);

select testing.person('{admin}', 'Ada')       as admin       \gset
select testing.person('{super_admin}')        as super_admin \gset
select testing.person('{alumni,moderator}')   as member      \gset
select testing.person()                       as nobody      \gset

select testing.sign_out();
select is(backup.is_admin(), false, 'nobody signed in');
select testing.sign_in('{"role": "anon"}'::jsonb);
select is(backup.is_admin(), false, 'anon');
select testing.use_secret_key();
select is(backup.is_admin(), false, 'a secret key is no person: is_service() is about it');
select testing.sign_in(:'member'::uuid);
select is(backup.is_admin(), false, 'a member, even a moderator');
select testing.sign_in(:'nobody'::uuid);
select is(backup.is_admin(), false, 'somebody without a role');
select testing.sign_in(:'admin'::uuid);
select is(backup.is_admin(), true, 'an admin');
select testing.sign_in(:'super_admin'::uuid);
select is(backup.is_admin(), true, 'a super_admin');
select testing.sign_in(gen_random_uuid());
select is(backup.is_admin(), false, 'somebody whom the database does not know');

select testing.sign_in('{"sub": "robert''); drop table students; --", "role": "authenticated"}'::jsonb);
select is(backup.is_admin(), false, 'a sub that is no uuid');
select set_config('request.jwt.claims', 'not json', true), set_config('request.jwt.claim.sub', 'not a uuid', true);
select is(backup.is_admin(), false, 'claims that are no JSON');

-- as a policy calls it: by somebody who may not read the role tables
select testing.sign_in(:'admin'::uuid);
revoke all on public.profiles, public.roles, public.user_roles from authenticated;
grant usage on schema backup to authenticated;
set local role authenticated;
select is(backup.is_admin(), true, 'the caller needs no right on the role tables');
reset role;

-- a role table whose policy asks the role table
create policy recursive on public.user_roles for select to authenticated
  using (exists (select from public.user_roles as own where own.profile_id = auth.uid()));
grant select on public.user_roles to authenticated;
set local role authenticated;
select throws_ok('select count(*) from public.user_roles', '42P17', null, 'user_roles recurses without end for whoever reads it');
select is(backup.is_admin(), true, 'is_admin() does not');
select is((select count(*) from public.backups), 0::bigint, 'nor does the policy that calls it');
reset role;

-- a role that is taken away counts at once
delete from public.user_roles where profile_id = :'admin';
select is(backup.is_admin(), false, 'an admin who is none any more');

-- a user whose profile is gone, in a database whose user_roles has no foreign key
alter table public.user_roles drop constraint user_roles_profile_id_fkey;
select testing.sign_in(:'super_admin'::uuid);
delete from public.profiles where id = :'super_admin';
select ok(exists (select from public.user_roles where profile_id = :'super_admin'), 'the role is still there');
select is(backup.is_admin(), false, 'but the profile is gone');

select * from finish();
rollback;
