-- admit(): the door of every route. It answers, never raises, and writes down whom it turned away.
begin;
\ir ../support.sql
select plan(14);

update backup.settings set value = '{"create": {"limit": 1, "seconds": 60}}' where key = 'rate_limits';

select testing.sign_out();
select is(backup.admit('list'), '{"decision": "forbidden", "retry_after": null}', 'nobody');
select testing.sign_in('{"role": "anon"}'::jsonb);
select is(backup.admit('list'), '{"decision": "forbidden", "retry_after": null}', 'anon');
select testing.sign_in_as('alumni') as member \gset
select is(backup.admit('delete', 'a backup'), '{"decision": "forbidden", "retry_after": null}', 'a member');
select results_eq(
  'select actor_id, action, target, outcome from testing.audited order by audit_log_id desc limit 1',
  format('values (%L::uuid, ''delete'', ''a backup'', ''denied'')', :'member'),
  'the refusal is in the audit log'
);
select is((select count(*) from testing.audited), 3::bigint, 'each of them');
select is(backup.admit('create') ->> 'decision', 'forbidden', 'who may not, is forbidden');
select ok(not exists (select from backup.rate_limit_hits where actor_id = :'member'), 'and not counted');

select testing.sign_in_as('admin') as admin \gset
select is(backup.admit('create'), '{"decision": "allowed", "retry_after": null}', 'an admin');
select ok(not exists (select from testing.audited where actor_id = :'admin'), 'who is let in is not written down yet: the action will be');
select is(backup.admit('create', 'a backup'), '{"decision": "rate_limited", "retry_after": 60}', 'a second time');
select results_eq(
  'select actor_id, action, target, outcome, details from testing.audited order by audit_log_id desc limit 1',
  format('values (%L::uuid, ''create'', ''a backup'', ''rate_limited'', ''{"retry_after": 60}''::jsonb)', :'admin'),
  'the refusal is in the audit log'
);
select is(backup.admit('list') ->> 'decision', 'allowed', 'other actions go on');

select testing.use_secret_key();
select is(backup.admit('create') ->> 'decision', 'allowed', 'a secret key');
select is(backup.admit('create') ->> 'decision', 'allowed', 'as often as it likes');

select * from finish();
rollback;
