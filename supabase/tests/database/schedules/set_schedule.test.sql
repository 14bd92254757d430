-- set_schedule(): the same for an operator, by SQL.
begin;
\ir ../support.sql
select plan(10);

select is(backup.set_schedule('daily', is_enabled => true, time_of_day => '03:30', time_zone => 'Europe/Berlin') @> '{"is_enabled": true, "time": "03:30", "time_zone": "Europe/Berlin", "keep": 7}', true, 'what is named');
select is(backup.set_schedule('daily', keep => 30) @> '{"is_enabled": true, "time": "03:30", "keep": 30}', true, 'leaves the rest');
select is(backup.set_schedule('weekly', weekday => 3, name => 'Wednesdays') @> '{"weekday": 3, "name": "Wednesdays"}', true, 'weekly');
select is(backup.set_schedule('daily', tables => '{roles}') -> 'tables', '["public.roles"]', 'some tables');
select is(backup.set_schedule('daily', is_enabled => false) -> 'tables', '["public.roles"]', 'which stay');
select is(backup.set_schedule('daily', tables => '{}') -> 'tables', 'null', 'until all are wanted');
select is(backup.set_schedule('daily', override_validation => true, override_reason => 'Known') -> 'override_validation', 'true', 'in spite of errors');
select throws_ok($$ select backup.set_schedule('hourly', keep => 3) $$, 'BK422', null, 'BK422 for another one');
select throws_ok($$ select backup.set_schedule('daily', time_of_day => '25:00') $$, 'BK422', null, 'or a time that there is not');
select results_eq('select distinct actor_kind, action from testing.audited', $$ values ('system', 'schedule') $$, 'it is in the audit log');

select * from finish();
rollback;
