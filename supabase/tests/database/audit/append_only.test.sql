-- Entries of the audit log stay as they are, for the owner too, and when triggers are off.
begin;
\ir ../support.sql
select plan(14);

select backup.audit('create', 'succeeded', 'kept');

select throws_ok('update backup.audit_log set outcome = ''failed''', 'BK460', 'The audit log is append-only: UPDATE refused.', 'UPDATE');
select throws_ok('update backup.audit_log set outcome = ''failed'' where false', 'BK460', null, 'UPDATE of no row');
select throws_ok('delete from backup.audit_log', 'BK460', 'The audit log is append-only: DELETE refused.', 'DELETE');
select throws_ok('truncate backup.audit_log', 'BK460', 'The audit log is append-only: TRUNCATE refused.', 'TRUNCATE');
select throws_ok(
  $$
    insert into backup.audit_log (audit_log_id, actor_kind, action, outcome) overriding system value
    select audit_log_id, actor_kind, action, outcome from testing.audited
    on conflict (audit_log_id) do update set action = 'forged'
  $$,
  'BK460', null, 'INSERT … ON CONFLICT DO UPDATE'
);

set local session_replication_role = replica;
select throws_ok('update backup.audit_log set outcome = ''failed''', 'BK460', null, 'UPDATE under session_replication_role = replica, which restores use');
select throws_ok('delete from backup.audit_log', 'BK460', null, 'DELETE under session_replication_role = replica');
select throws_ok('truncate backup.audit_log', 'BK460', null, 'TRUNCATE under session_replication_role = replica');
set local session_replication_role = origin;

select results_eq('select target from testing.audited', $$ values ('kept') $$, 'the entry is still there');

select throws_ok(
  $$ insert into backup.audit_log (actor_kind, action, outcome) values ('robot', 'x', 'failed') $$,
  '23514', 'new row for relation "audit_log" violates check constraint "audit_log_actor_kind_check"', 'kinds of actors are fixed'
);
select throws_ok(
  $$ insert into backup.audit_log (actor_kind, action, outcome) values ('service', 'x', 'perhaps') $$,
  '23514', 'new row for relation "audit_log" violates check constraint "audit_log_outcome_check"', 'so are outcomes'
);
select throws_ok(
  $$ insert into backup.audit_log (actor_kind, action, outcome) values ('person', 'x', 'failed') $$,
  '23514', 'new row for relation "audit_log" violates check constraint "audit_log_person_has_id_check"', 'a person has an id'
);
select throws_ok(
  $$ insert into backup.audit_log (audit_log_id, actor_kind, action, outcome) values (1, 'system', 'x', 'failed') $$,
  '428C9', null, 'nobody chooses the order of an entry'
);

-- the person goes, what they did stays
select testing.sign_in_as('admin') as admin \gset
select backup.audit('create', 'succeeded');
delete from public.profiles where id = :'admin';
select is((select count(*) from testing.audited where actor_id = :'admin'), 1::bigint, 'an entry outlives the person');

select * from finish();
rollback;
