-- Who is asking, read from the claims: actor_id(), is_service(), is_allowed(), assert_admin().
begin;
\ir ../support.sql
select plan(20);

select testing.sign_out();
select is(backup.claims(), '{}', 'no claims are an empty object');
select is(backup.actor_id(), null, 'without claims there is nobody');
select is(backup.is_service(), false, 'and no key');
select is(backup.is_allowed(), false, 'and nothing is allowed');
select throws_ok('select backup.assert_admin()', 'BK403', 'Only administrators may use backups.', 'BK403 for nobody');

select testing.sign_in_as('admin') as admin \gset
select is(backup.actor_id(), :'admin'::uuid, 'a person is known by sub');
select is(backup.is_service(), false, 'a person is no key');
select is(backup.is_allowed(), true, 'an admin is allowed');
select lives_ok('select backup.assert_admin()', 'an admin passes');

select testing.sign_in_as('super_admin');
select lives_ok('select backup.assert_admin()', 'a super_admin passes');

select testing.sign_in_as('alumni');
select throws_ok('select backup.assert_admin()', 'BK403', null, 'BK403 for a member');

select testing.use_secret_key();
select is(backup.is_service(), true, 'a secret key is a service');
select is(backup.actor_id(), null, 'a secret key is no person');
select lives_ok('select backup.assert_admin()', 'a secret key passes');

select testing.sign_in('{"role": "authenticated", "app_metadata": {"role": "service_role"}, "user_role": "service_role"}'::jsonb);
select is(backup.is_service(), false, 'service_role elsewhere in the claims counts for nothing');

select testing.sign_in('{"sub": "1; select 1", "role": "authenticated"}'::jsonb);
select is(backup.actor_id(), null, 'a sub that is no uuid is nobody');
select throws_ok('select backup.assert_admin()', 'BK403', null, 'BK403 for a malformed sub');

select testing.sign_in('"service_role"'::jsonb);
select throws_ok('select backup.assert_admin()', 'BK403', null, 'BK403 for claims that are no object');
select set_config('request.jwt.claims', 'null', true);
select throws_ok('select backup.assert_admin()', 'BK403', null, 'BK403 for claims that are JSON null');
select set_config('request.jwt.claims', '{"role": ', true);
select throws_ok('select backup.assert_admin()', '22P02', null, 'claims that are no JSON pass nowhere');

select * from finish();
rollback;
