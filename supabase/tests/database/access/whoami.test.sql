-- whoami(): who is asking, if they may ask at all.
begin;
\ir ../support.sql
select plan(8);

select testing.sign_out() \g /dev/null
select throws_ok('select backup.whoami()', 'BK403', null, 'nobody is refused');
select testing.sign_in_as('alumni') \g /dev/null
select throws_ok('select backup.whoami()', 'BK403', null, 'so is a member');

select testing.person('{super_admin,alumni}', 'Ada', 'Lovelace') as ada \gset
select testing.sign_in(:'ada'::uuid) \g /dev/null
select is(backup.whoami(), jsonb_build_object('id', :'ada', 'kind', 'person', 'name', 'Ada Lovelace', 'email', :'ada' || '@alumni.test', 'roles', '["alumni", "super_admin"]'::jsonb), 'an administrator');
select testing.use_secret_key() \g /dev/null
select is(backup.whoami(), '{"id": null, "kind": "service", "name": "tests", "email": null, "roles": []}', 'a secret key');

select testing.person('{admin}', ' ', '') as nameless \gset
select testing.sign_in(:'nameless'::uuid) \g /dev/null
select is(backup.whoami() -> 'name', 'null', 'somebody without a name');

-- another role model
select testing.use_secret_key() \g /dev/null
drop table public.user_roles cascade;
select is(backup.whoami() -> 'roles', '[]', 'without our role tables there are no roles to tell');
select testing.sign_in(:'ada'::uuid) \g /dev/null
select throws_ok('select backup.whoami()', 'BK403', null, 'and whoever is refused there, is refused');
create or replace function backup.is_admin() returns boolean language sql stable security definer set search_path = '' as 'select true';
select is(backup.whoami() ->> 'name', 'Ada Lovelace', 'whoever is not, is greeted');

select * from finish();
rollback;
