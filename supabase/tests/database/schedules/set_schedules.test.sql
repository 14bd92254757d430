-- set_schedules(): what each of the two may be; what is not named stays; both are changed or neither.
begin;
\ir ../support.sql
select plan(67);

-- as they are at first
select testing.sign_out();
select throws_ok('select backup.get_schedules()', 'BK403', null, 'BK403 for nobody');
select throws_ok('select backup.set_schedules(''{}'')', 'BK403', null, 'who changes nothing either');
select testing.sign_in_as('alumni');
select throws_ok('select backup.get_schedules()', 'BK403', null, 'BK403 for a member');
select testing.sign_in_as('admin') as admin \gset
select is(
  backup.get_schedules(),
  '{"daily":  {"name": "Daily backup", "is_enabled": false, "time": "03:00", "weekday": null, "time_zone": "UTC", "tables": null, "keep": 7, "override_validation": false,
               "override_reason": null, "next_run_at": null, "last_run_at": null, "last_status": null, "last_backup_id": null, "last_error": null},
    "weekly": {"name": "Weekly backup", "is_enabled": false, "time": "03:00", "weekday": 7, "time_zone": "UTC", "tables": null, "keep": 5, "override_validation": false,
               "override_reason": null, "next_run_at": null, "last_run_at": null, "last_status": null, "last_backup_id": null, "last_error": null}}',
  'manual only, until somebody says otherwise'
);
create table testing.first as select backup.get_schedules() as schedules;
select is(backup.set_schedules('{}'), (select schedules from testing.first), 'nothing named, nothing changed');
select is(backup.set_schedules('{"daily": {}, "weekly": {}}'), (select schedules from testing.first), 'nor by empty ones');

-- every bad value says which
update testing.before set audit_log_id = (select max(audit_log_id) from backup.audit_log);
create table testing.bad (nr serial, frequency text, changes jsonb, argument text);
insert into testing.bad (frequency, changes, argument) values
  ('daily',  '{"name": ""}', 'name'), ('daily',  '{"name": "  "}', 'name'), ('daily', '{"name": null}', 'name'),
  ('daily',  '{"name": "Weekly backup"}', 'name'), ('weekly', '{"name": "Daily backup"}', 'name'),
  ('daily',  '{"time": "24:00"}', 'time'), ('daily', '{"time": "03:60"}', 'time'), ('daily', '{"time": "3:00"}', 'time'), ('weekly', '{"time": "03:00:00"}', 'time'),
  ('daily',  '{"time": "noon"}', 'time'), ('daily', '{"time": null}', 'time'), ('daily', '{"time": ""}', 'time'), ('daily', '{"time": 3}', 'time'), ('daily', '{"time": "03:00\n"}', 'time'),
  ('weekly', '{"weekday": 0}', 'weekday'), ('weekly', '{"weekday": 8}', 'weekday'), ('weekly', '{"weekday": null}', 'weekday'), ('weekly', '{"weekday": 1.5}', 'weekday'),
  ('weekly', '{"weekday": "Sunday"}', 'weekday'), ('daily', '{"weekday": 1}', 'weekday'),
  ('daily',  '{"time_zone": "Europe/Atlantis"}', 'time_zone'), ('daily', '{"time_zone": "+02:00"}', 'time_zone'), ('daily', '{"time_zone": ""}', 'time_zone'), ('daily', '{"time_zone": null}', 'time_zone'),
  ('daily',  '{"time_zone": "europe/berlin; drop table public.backups"}', 'time_zone'),
  ('daily',  '{"keep": 0}', 'keep'), ('daily', '{"keep": -1}', 'keep'), ('weekly', '{"keep": 10000}', 'keep'), ('daily', '{"keep": 1.5}', 'keep'), ('daily', '{"keep": null}', 'keep'),
  ('daily',  '{"override_validation": true}', 'override_reason'), ('daily', '{"override_validation": true, "override_reason": "  "}', 'override_reason'),
  ('weekly', '{"is_enabled": null}', 'is_enabled'), ('weekly', '{"override_validation": null}', 'override_validation'),
  ('monthly', '{"keep": 1}', 'frequency');
insert into testing.bad (frequency, changes, argument) values ('daily', jsonb_build_object('name', repeat('x', 81)), 'name');
select is(
  (select array[raised.code, raised.detail ->> 'argument'] from testing.raised(format('select backup.set_schedules(%L)', jsonb_build_object(frequency, changes))) as raised),
  array['BK422', frequency || '.' || argument], format('BK422 %s.%s: %s', frequency, argument, left(changes::text, 60))
) from testing.bad order by nr;
select is((testing.raised($$ select backup.set_schedules('{"daily": {"tables": ["public.none"]}}') $$)).code, 'BK420', 'BK420 for a table that there is not');
select is((testing.raised($$ select backup.set_schedules('{"daily": {"tables": ["profiles", "none"]}}') $$)).detail, '{"tables": [{"table": "none", "reason": "does not exist"}]}', 'which it names');
select is(backup.get_schedules(), (select schedules from testing.first), 'none of these has changed anything');
select is_empty('select * from testing.audited', 'or been written down');

-- what is named changes
select is(backup.set_schedules('{"weekly": {"keep": 9}}') #> '{weekly,keep}', '9', 'one value');
select is(backup.get_schedules() #- '{weekly,keep}', (select schedules #- '{weekly,keep}' from testing.first), 'and nothing else');
select is((select array[actor_id::text, action, target, outcome, details::text] from testing.audited), array[:'admin', 'schedule', 'weekly', 'succeeded', '{"keep": 9}'], 'it is in the audit log');
select is(backup.set_schedules('{"daily": {"name": "  Nightly  "}}') #>> '{daily,name}', 'Nightly', 'a name without its spaces');
select is(backup.set_schedules('{"daily": {"time": "23:59", "time_zone": "Asia/Kolkata"}, "weekly": {"weekday": 1}}') @> '{"daily": {"time": "23:59", "time_zone": "Asia/Kolkata"}, "weekly": {"weekday": 1}}', true, 'both at once');
select is(backup.set_schedules('{"daily": {"tables": ["roles", "public.profiles"]}}') #> '{daily,tables}', '["public.profiles", "public.roles"]', 'tables by their whole names');
select is(backup.set_schedules('{"daily": {"tables": null}}') #> '{daily,tables}', 'null', 'or all again');
select is(backup.set_schedules('{"daily": {"override_validation": true, "override_reason": "Known faults"}}') #>> '{daily,override_reason}', 'Known faults', 'in spite of errors, with a reason');
select throws_ok($$ select backup.set_schedules('{"daily": {"override_reason": ""}}') $$, 'BK422', null, 'which must not be taken away alone');
select lives_ok($$ select backup.set_schedules('{"daily": {"override_reason": null, "override_validation": false}}') $$, 'but with it');
select lives_ok('select backup.set_schedules(backup.get_schedules())', 'what was answered may be sent back');

-- names
select is(backup.set_schedules('{"daily": {"name": "Weekly backup"}, "weekly": {"name": "Nightly"}}') @> '{"daily": {"name": "Weekly backup"}, "weekly": {"name": "Nightly"}}', true, 'the two may swap their names');
select is((testing.raised($$ select backup.set_schedules('{"daily": {"name": "Same"}, "weekly": {"name": "Same"}}') $$)).detail, '{"argument": "weekly.name"}', 'but not share one');

-- both or neither
create table testing.second as select backup.get_schedules() as schedules;
select throws_ok($$ select backup.set_schedules('{"daily": {"keep": 3, "is_enabled": true}, "weekly": {"keep": 0}}') $$, 'BK422', null, 'one good, one bad');
select is(backup.get_schedules(), (select schedules from testing.second), 'changes neither');

-- when it is due
select cmp_ok((backup.set_schedules('{"daily": {"is_enabled": true, "time": "03:00", "time_zone": "UTC"}}') #>> '{daily,next_run_at}')::timestamptz, '>', clock_timestamp(), 'enabled, it is due at the next such time');
update backup.schedules set next_run_at = '2026-01-01' where frequency = 'daily';
select backup.set_schedules('{"daily": {"keep": 4, "name": "Due", "is_enabled": true, "time": "03:00"}}') is not null as changed \gset
select is((select next_run_at from backup.schedules where frequency = 'daily'), '2026-01-01', 'what is due stays due while its time is the same');
select backup.set_schedules(jsonb_build_object('daily', jsonb_build_object(key, value))) is not null as changed,
  (select next_run_at > clock_timestamp() from backup.schedules where frequency = 'daily') as moved
from (values ('time', '"03:01"'::jsonb)) as change (key, value) \gset
select is((select next_run_at > clock_timestamp() and to_char(next_run_at at time zone 'UTC', 'HH24:MI') = '03:01' from backup.schedules where frequency = 'daily'), true, 'another time moves it');
update backup.schedules set next_run_at = '2026-01-01' where frequency = 'daily';
select backup.set_schedules('{"daily": {"time_zone": "Asia/Tokyo"}}') is not null as changed \gset
select is((select next_run_at > clock_timestamp() and to_char(next_run_at at time zone 'UTC', 'HH24:MI') = '18:01' from backup.schedules where frequency = 'daily'), true, 'another zone, too');
select is(backup.set_schedules('{"daily": {"is_enabled": false}}') #> '{daily,next_run_at}', 'null', 'disabled, it is never due');
select is(backup.set_schedules('{"daily": {"time": "05:00"}}') #> '{daily,next_run_at}', 'null', 'at whatever time');

select * from finish();
rollback;
