-- Each entry says who, from where and when, as the request's context has it.
begin;
\ir ../support.sql
select plan(16);

select set_config('backup.client_ip', '203.0.113.7', true),
       set_config('backup.user_agent', repeat('Mozilla ', 100), true),
       set_config('backup.request_id', 'request-1', true);

select testing.sign_in_as('admin') as admin \gset
select backup.audit('create', 'succeeded', 'a backup', '{"tables": ["public.profiles"]}');
select is(entry.actor_kind, 'person', 'a person')                                      from testing.audited as entry;
select is(entry.actor_id, :'admin'::uuid, 'this person')                               from testing.audited as entry;
select is(entry.actor_name, :'admin' || '@alumni.test', 'known by e-mail')             from testing.audited as entry;
select is(array[entry.action, entry.outcome, entry.target], '{create,succeeded,a backup}', 'what, on what, how it ended') from testing.audited as entry;
select is(entry.client_ip, '203.0.113.7', 'from where')                                from testing.audited as entry;
select is(length(entry.user_agent), 400, 'the user agent is cut to 400 characters')    from testing.audited as entry;
select is(entry.request_id, 'request-1', 'in which request')                           from testing.audited as entry;
select is(entry.details, '{"tables": ["public.profiles"]}', 'and what else matters')   from testing.audited as entry;
select ok(entry.occurred_at between now() and clock_timestamp() and entry.occurred_at > now(), 'when: by the clock, not the transaction') from testing.audited as entry;

select testing.use_secret_key();
select backup.audit('list', 'succeeded');
select results_eq(
  'select actor_kind, actor_id, actor_name, target, details from testing.audited order by audit_log_id desc limit 1',
  $$ values ('service', null::uuid, 'tests', null, '{}'::jsonb) $$,
  'a secret key is known by its name'
);

select testing.sign_out();
select set_config('backup.client_ip', '', true), set_config('backup.user_agent', '', true), set_config('backup.request_id', '', true);
select backup.audit('sweep', 'succeeded', details => null);
select results_eq(
  'select actor_kind, actor_name, client_ip, user_agent, request_id, details from testing.audited order by audit_log_id desc limit 1',
  $$ values ('system', null, null, null, null, '{}'::jsonb) $$,
  'without a request it was the system itself; what is not known is NULL, not empty'
);

select testing.sign_in('{"role": "anon"}'::jsonb);
select backup.audit('download', 'denied');
select is((select actor_kind from testing.audited order by audit_log_id desc limit 1), 'nobody', 'a request without a session was nobody''s');
select testing.sign_in('{"role": "authenticated", "sub": "no uuid"}'::jsonb);
select backup.audit('download', 'denied');
select is((select actor_kind from testing.audited order by audit_log_id desc limit 1), 'nobody', 'a sub that is no uuid is nobody');

select throws_ok($$ select backup.audit('create', 'perhaps') $$, '23514', null, 'an outcome that does not exist is refused');
select throws_ok($$ select backup.audit(null, 'failed') $$, '23502', null, 'an entry without an action is refused');

-- part of the caller's transaction
savepoint action;
select backup.audit('create', 'succeeded', 'undone');
rollback to action;
select ok(not exists (select from testing.audited where target = 'undone'), 'an action that is rolled back leaves no entry that it succeeded');

select * from finish();
rollback;
