-- public.backups: administrators read it, nobody else sees a row, and nobody writes one.
begin;
\ir ../support.sql
select plan(20);

select testing.backup() as backup \gset
create table testing.attempts (nr integer, statement text);
insert into testing.attempts values
  (1, 'insert into public.backups (status) values (''queued'')'),
  (2, 'update public.backups set notes = ''forged'''),
  (3, 'delete from public.backups'),
  (4, 'truncate public.backups');
grant select on testing.attempts to public;

-- administrators
select testing.sign_in_as('admin');
set local role authenticated;
select results_eq('select id from public.backups', array[:'backup'::uuid], 'an admin sees backups');
select throws_ok(statement, '42501', null, 'an admin''s session cannot: ' || statement) from testing.attempts order by nr;
reset role;
select testing.sign_in_as('super_admin');
set local role authenticated;
select results_eq('select id from public.backups', array[:'backup'::uuid], 'a super_admin sees backups');
reset role;

-- everybody else
select testing.sign_in_as('alumni');
set local role authenticated;
select is_empty('select id from public.backups', 'a member sees none');
select throws_ok(statement, '42501', null, 'a member cannot: ' || statement) from testing.attempts order by nr;
reset role;
select testing.sign_in(gen_random_uuid());
set local role authenticated;
select is_empty('select id from public.backups', 'somebody without a profile sees none');
reset role;
select testing.sign_in('{"role": "authenticated"}'::jsonb);
set local role authenticated;
select is_empty('select id from public.backups', 'a session without a person sees none');
reset role;
select testing.sign_in('{"role": "anon"}'::jsonb);
set local role anon;
select throws_ok('select id from public.backups', '42501', null, 'anon may not even ask');
reset role;

-- whatever a project grants, the policy still says no
grant all on public.backups to anon, authenticated;
set local role anon;
select is_empty('select id from public.backups', 'anon sees none, even when somebody grants it everything');
reset role;
select testing.sign_in_as('admin');
set local role authenticated;
select throws_ok('insert into public.backups (status) values (''queued'')', '42501', null, 'an admin adds none, even when somebody grants it everything');
select is(testing.rows_of('update public.backups set notes = ''forged'''), 0::bigint, 'and changes none');
select is(testing.rows_of('delete from public.backups'), 0::bigint, 'and deletes none');
reset role;
revoke all on public.backups from service_role;
grant select on public.backups to service_role;
set local role service_role;
select results_eq('select id from public.backups', array[:'backup'::uuid], 'a secret key sees backups');
select throws_ok('delete from public.backups', '42501', null, 'and writes none');
reset role;

select * from finish();
rollback;
