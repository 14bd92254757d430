-- Who may do what with the alumni tables: nobody, somebody without a role, a member, a moderator, an admin, a super_admin.
begin;
set local search_path = extensions, pg_catalog;
set local client_min_messages = warning;
select plan(56);

-- people of this test only; the roles may be there already
insert into public.roles (name)
values ('super_admin'), ('admin'), ('moderator'), ('alumni') on conflict do nothing;
insert into public.profiles (id, first_name, last_name)
select ('a1a1a1a1-0000-4000-8000-00000000000' || number)::uuid, name, 'Of this test'
from (values (1, 'member'), (2, 'other member'), (3, 'moderator'), (4, 'admin'), (5, 'super_admin'), (6, 'without role')) as people (number, name);
insert into public.user_roles (profile_id, role_id)
select profiles.id, roles.id
from public.profiles
join public.roles on roles.name = case profiles.first_name when 'other member' then 'alumni' when 'member' then 'alumni' else profiles.first_name end
where profiles.last_name = 'Of this test';
insert into public.events (id, title) values ('a1a1a1a1-0000-4000-8001-000000000001', 'Event of this test');
insert into public.jobs (id, title, posted_by, is_active)
values
    ('a1a1a1a1-0000-4000-8002-000000000001', 'Mine',            'a1a1a1a1-0000-4000-8000-000000000001', true),
    ('a1a1a1a1-0000-4000-8002-000000000002', 'Another''s',      'a1a1a1a1-0000-4000-8000-000000000002', true),
    ('a1a1a1a1-0000-4000-8002-000000000003', 'Mine, hidden',    'a1a1a1a1-0000-4000-8000-000000000001', false),
    ('a1a1a1a1-0000-4000-8002-000000000004', 'Another''s hidden', 'a1a1a1a1-0000-4000-8000-000000000002', false);

\set member       '\'a1a1a1a1-0000-4000-8000-000000000001\''
\set moderator    '\'a1a1a1a1-0000-4000-8000-000000000003\''
\set admin        '\'a1a1a1a1-0000-4000-8000-000000000004\''
\set super_admin  '\'a1a1a1a1-0000-4000-8000-000000000005\''
\set without_role '\'a1a1a1a1-0000-4000-8000-000000000006\''

-- Signs in as the Data API does; auth.uid() reads one setting or the other, depending on the platform's version.
create function pg_temp.sign_in(person text)
returns void
language sql
as $$
    select
        set_config('request.jwt.claims', json_build_object('sub', person, 'role', 'authenticated')::text, true),
        set_config('request.jwt.claim.sub', person, true),
        set_config('role', 'authenticated', true)
$$;

-- How many rows does this statement return or change?
create function pg_temp.rows_of(statement text)
returns bigint
language plpgsql
as $$
declare
    found_count bigint;
begin
    execute statement;
    get diagnostics found_count = row_count;
    return found_count;
end
$$;
grant execute on function pg_temp.rows_of(text) to anon, authenticated;

select count(*) as profiles, (select count(*) from public.user_roles) as user_roles, (select count(*) from public.jobs) as jobs
from public.profiles \gset all_

-- nobody ---------------------------------------------------------------------------------------------------------------------------

-- Should somebody grant anon more than the migration does, the policies still say no.
grant select, insert, update, delete on public.profiles, public.roles, public.user_roles, public.events, public.jobs to anon;
select set_config('request.jwt.claims', '{"role": "anon"}', true), set_config('request.jwt.claim.sub', '', true), set_config('role', 'anon', true);

select is_empty('select * from public.profiles', 'anon sees no profile');
select is_empty('select * from public.roles', 'anon sees no role');
select is_empty('select * from public.user_roles', 'anon sees nobody''s roles');
select is_empty('select * from public.events', 'anon sees no event');
select is_empty('select * from public.jobs', 'anon sees no job');
select throws_ok($$ insert into public.profiles (first_name) values ('x') $$, '42501', null, 'anon cannot add a profile');
select throws_ok($$ insert into public.jobs (title) values ('x') $$, '42501', null, 'anon cannot add a job');
select is(pg_temp.rows_of('update public.profiles set bio = ''x'''), 0::bigint, 'anon changes no profile');
select is(pg_temp.rows_of('delete from public.events'), 0::bigint, 'anon deletes no event');
reset role;

-- somebody who signed up, without a role ---------------------------------------------------------------------------------------------

select pg_temp.sign_in(:without_role);
select results_eq('select id from public.profiles', array[:without_role::uuid], 'without a role, one sees oneself only');
select is_empty('select * from public.events', 'without a role, no events');
select is_empty('select * from public.jobs', 'without a role, no jobs');
select throws_ok(
    format('insert into public.jobs (title, posted_by) values (''x'', %L)', :without_role),
    '42501', null, 'without a role, no job advertisements'
);
select throws_ok(
    format('insert into public.user_roles select %L, id from public.roles where name = ''alumni''', :without_role),
    '42501', null, 'nobody makes themselves a member'
);
reset role;

select pg_temp.sign_in('a1a1a1a1-0000-4000-8000-000000000099');
select lives_ok(
    $$ insert into public.profiles (id, first_name) values ('a1a1a1a1-0000-4000-8000-000000000099', 'Newcomer') $$,
    'a newcomer adds their own profile'
);
select throws_ok(
    $$ insert into public.profiles (id, first_name) values ('a1a1a1a1-0000-4000-8000-000000000098', 'Somebody else') $$,
    '42501', null, 'but nobody else''s'
);
reset role;
delete from public.profiles where id = 'a1a1a1a1-0000-4000-8000-000000000099';
select pg_temp.sign_in('a1a1a1a1-0000-4000-8000-000000000099');
select throws_ok(
    $$ insert into public.profiles (id, is_verified) values ('a1a1a1a1-0000-4000-8000-000000000099', true) $$,
    '42501', 'only staff can verify a profile', 'nor a verified one'
);
reset role;

-- a member -------------------------------------------------------------------------------------------------------------------------

select pg_temp.sign_in(:member);
select is((select count(*) from public.profiles), :all_profiles::bigint, 'a member reads the directory');
select ok(exists (select from public.events where title = 'Event of this test'), 'a member reads events');
select ok(exists (select from public.roles where name = 'admin'), 'a member reads the names of roles');
select set_eq('select profile_id from public.user_roles', array[:member::uuid], 'of user_roles, one''s own: no recursion');
select set_eq(
    $$ select title from public.jobs where id::text like 'a1a1a1a1%' $$,
    array['Mine', 'Another''s', 'Mine, hidden'],
    'a member reads active jobs, and their own'
);
select is(
    pg_temp.rows_of(format('update public.profiles set bio = ''New'' where id = %L', :member)), 1::bigint,
    'a member edits their own profile'
);
select is(
    (select updated_at from public.profiles where id = :member), now(),
    'which stamps it'
);
select is(
    pg_temp.rows_of(format('update public.profiles set bio = ''New'' where id <> %L', :member)), 0::bigint,
    'and no other'
);
select throws_ok(
    format('update public.profiles set is_verified = true where id = %L', :member),
    '42501', 'only staff can verify a profile', 'a member cannot verify themselves'
);
select throws_ok(
    format('update public.profiles set id = gen_random_uuid() where id = %L', :member),
    '42501', null, 'a member cannot become somebody else'
);
select is(pg_temp.rows_of('delete from public.profiles'), 0::bigint, 'a member deletes no profile, not even their own');
select throws_ok(
    format('insert into public.user_roles select %L, id from public.roles where name = ''admin''', :member),
    '42501', null, 'a member cannot make themselves an admin'
);
select is(
    pg_temp.rows_of('update public.user_roles set role_id = (select id from public.roles where name = ''admin'')'), 0::bigint,
    'neither by changing the role they have'
);
select is(pg_temp.rows_of('update public.roles set name = name || ''_'''), 0::bigint, 'nor by renaming it');
select is(pg_temp.rows_of('delete from public.user_roles'), 0::bigint, 'a member takes nobody''s role away');
select throws_ok('insert into public.events (title) values (''x'')', '42501', null, 'a member cannot add an event');
select is(pg_temp.rows_of('update public.events set title = ''x'''), 0::bigint, 'a member changes no event');
select lives_ok(
    format('insert into public.jobs (title, posted_by) values (''Mine too'', %L)', :member),
    'a member advertises a job'
);
select throws_ok(
    format('insert into public.jobs (title, posted_by) values (''Not mine'', %L)', :admin),
    '42501', null, 'in their own name only'
);
select set_eq(
    $$ with changed as (update public.jobs set location = 'Here' returning title) select title from changed $$,
    array['Mine', 'Mine, hidden', 'Mine too'],
    'a member edits their own jobs'
);
select throws_ok(
    format('update public.jobs set posted_by = %L where title = ''Mine''', :admin),
    '42501', null, 'and cannot hand one over'
);
select is(pg_temp.rows_of('delete from public.jobs'), 3::bigint, 'a member deletes their own jobs');
reset role;

-- a moderator ----------------------------------------------------------------------------------------------------------------------

select pg_temp.sign_in(:moderator);
select is((select count(*) from public.user_roles), :all_user_roles::bigint, 'a moderator sees who has which role');
select throws_ok(
    format('insert into public.user_roles select %L, id from public.roles where name = ''admin''', :moderator),
    '42501', null, 'and gives none'
);
select is(
    pg_temp.rows_of(format('update public.profiles set is_verified = true where id = %L', :member)), 1::bigint,
    'a moderator verifies a profile'
);
select is(pg_temp.rows_of('delete from public.profiles'), 0::bigint, 'and deletes none');
select is(
    pg_temp.rows_of('update public.jobs set is_active = false where id = ''a1a1a1a1-0000-4000-8002-000000000002'''), 1::bigint,
    'a moderator hides anybody''s job'
);
select lives_ok('insert into public.events (title) values (''x'')', 'a moderator adds an event');
reset role;

-- an admin -------------------------------------------------------------------------------------------------------------------------

select pg_temp.sign_in(:admin);
select is(
    pg_temp.rows_of(format('insert into public.user_roles select %L, id from public.roles where name = ''admin''', :member)), 1::bigint,
    'an admin appoints an admin'
);
select throws_ok(
    format('insert into public.user_roles select %L, id from public.roles where name = ''super_admin''', :admin),
    '42501', null, 'but no super_admin, and least of all themselves'
);
select is(
    pg_temp.rows_of(format('delete from public.user_roles where profile_id = %L', :super_admin)), 0::bigint,
    'nor can an admin dismiss one'
);
select is(
    pg_temp.rows_of(format('delete from public.profiles where id = %L', :super_admin)), 0::bigint,
    'or delete their profile, which would take the role with it'
);
select throws_ok('insert into public.roles (name) values (''x'')', '42501', null, 'an admin makes no roles');
select is(pg_temp.rows_of('update public.roles set name = name || ''_'''), 0::bigint, 'and renames none');
select is(
    pg_temp.rows_of(format('delete from public.profiles where id = %L', :without_role)), 1::bigint,
    'an admin deletes a member''s profile'
);
reset role;

-- a super_admin --------------------------------------------------------------------------------------------------------------------

select pg_temp.sign_in(:super_admin);
select is(
    pg_temp.rows_of(format('insert into public.user_roles select %L, id from public.roles where name = ''super_admin''', :admin)), 1::bigint,
    'a super_admin appoints another'
);
select lives_ok('insert into public.roles (name) values (''role of this test'')', 'and makes roles');
select throws_ok(
    $$ delete from public.roles where name = 'alumni' $$,
    '23503', null, 'a role that somebody has stays'
);
reset role;

-- nobody in particular: the secret key, imports ----------------------------------------------------------------------------------------

select set_config('request.jwt.claims', '{"role": "service_role"}', true), set_config('request.jwt.claim.sub', '', true), set_config('role', 'service_role', true);
select lives_ok(
    'insert into public.profiles (first_name, is_verified) values (''Imported'', true)',
    'the secret key imports verified profiles, without an account'
);
reset role;

select * from finish();
rollback;
