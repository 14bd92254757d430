-- get_retention(), set_retention(), preview_retention(): the rules that hold, and what others would do.
begin;
\ir support.sql
select plan(47);

select throws_ok(statement, 'BK403', null, 'BK403 for a member: ' || statement)
from unnest('{select backup.get_retention(),"select backup.set_retention(''{}'')",select backup.preview_retention()}'::text[]) as statement, lateral testing.sign_in_as('alumni');
select testing.sign_in_as('admin') as admin \gset
select is(backup.get_retention(), '{"keep_last": 3, "keep_daily": 7, "keep_weekly": 5, "keep_monthly": 12, "max_age_days": null, "max_total_bytes": null}', 'at first');

-- set
select is(backup.set_retention('{"keep_last": 5}') -> 'keep_last', '5', 'one rule');
select is(backup.get_retention() - 'keep_last', '{"keep_daily": 7, "keep_weekly": 5, "keep_monthly": 12, "max_age_days": null, "max_total_bytes": null}', 'and no other');
select is(backup.set_retention('{"max_age_days": 400, "max_total_bytes": 1000000000000}') @> '{"max_age_days": 400, "max_total_bytes": 1000000000000}', true, 'limits');
select is(backup.set_retention('{"max_age_days": null, "max_total_bytes": null, "keep_monthly": 0}') @> '{"max_age_days": null, "max_total_bytes": null, "keep_monthly": 0}', true, 'or none');
select is(backup.set_retention('{"keep_daily": 14, "keep_weekly": 8}') @> '{"keep_daily": 14, "keep_weekly": 8}', true, 'days and weeks');
select is(backup.get_schedules() #> '{daily,keep}', '14', 'are the schedules''');
select is((select value ? 'keep_daily' from backup.settings where key = 'retention'), false, 'and stand nowhere else');
select is(backup.set_schedule('weekly', keep => 3) -> 'keep', '3', 'set there');
select is(backup.get_retention() -> 'keep_weekly', '3', 'they hold here');
select is(backup.set_retention('{}'), backup.get_retention(), 'nothing named, nothing changed');
select results_eq(
  'select actor_id, action, target, outcome, details from testing.audited where target = ''retention'' order by audit_log_id limit 1', format('values (%L::uuid, ''schedule'', ''retention'', ''succeeded'', ''{"keep_last": 5}''::jsonb)', :'admin'),
  'it is in the audit log'
);
create table testing.before_faults as select backup.get_retention() as rules;
create table testing.bad (nr serial, rules jsonb, argument text);
insert into testing.bad (rules, argument) values
  ('{"keep_last": 0}', 'keep_last'), ('{"keep_last": -1}', 'keep_last'), ('{"keep_last": null}', 'keep_last'), ('{"keep_last": 1.5}', 'keep_last'), ('{"keep_last": "all"}', 'keep_last'), ('{"keep_last": 10000}', 'keep_last'),
  ('{"keep_daily": 0}', 'keep_daily'), ('{"keep_daily": null}', 'keep_daily'), ('{"keep_weekly": 0}', 'keep_weekly'), ('{"keep_monthly": -1}', 'keep_monthly'), ('{"keep_monthly": null}', 'keep_monthly'),
  ('{"max_age_days": 0}', 'max_age_days'), ('{"max_age_days": "never"}', 'max_age_days'), ('{"max_age_days": 1000000}', 'max_age_days'), ('{"max_total_bytes": 0}', 'max_total_bytes'), ('{"max_total_bytes": 1e30}', 'max_total_bytes'),
  ('{"keep_yearly": 1}', 'keep_yearly'), ('{"keep_last": 3, "max_age_days": -3}', 'max_age_days');
select is((select array[raised.code, raised.detail ->> 'argument'] from testing.raised(format('select backup.set_retention(%L)', rules)) as raised), array['BK422', argument], 'BK422 ' || argument || ': ' || rules::text) from testing.bad order by nr;
select is((select array[raised.code, raised.detail ->> 'argument'] from testing.raised(format('select backup.preview_retention(%L)', rules)) as raised), array['BK422', argument], 'in a preview, too: ' || rules::text) from testing.bad where nr in (1, 8, 13, 17) order by nr;
select is(backup.get_retention(), (select rules from testing.before_faults), 'none of these has changed anything');

-- preview
select is(
  backup.preview_retention() - 'rules', '{"keep": [], "remove": [], "totals": {"kept": 0, "kept_bytes": 0, "removed": 0, "removed_bytes": 0}}', 'without a backup there is nothing to keep'
);
select testing.archive('d' || day, timestamptz '2026-06-30Z' - day * interval '1 day', size => 100 + day) from generate_series(1, 4) as day;
create table testing.previewed as select backup.preview_retention('{"keep_last": 1, "keep_daily": 2, "keep_weekly": 1, "keep_monthly": 0}') as answer;
select is(answer -> 'rules', '{"keep_last": 1, "keep_daily": 2, "keep_weekly": 1, "keep_monthly": 0, "max_age_days": null, "max_total_bytes": null}', 'rules that are given take the place of those that hold') from testing.previewed;
select is(answer -> 'totals', '{"kept": 2, "kept_bytes": 203, "removed": 2, "removed_bytes": 207}', 'sums') from testing.previewed;
select is(
  answer #> '{keep,0}', jsonb_build_object('id', (select id from public.backups where notes = 'd1'), 'created_at', '2026-06-29T00:00:00.000Z', 'kind', 'daily', 'file_size', 101, 'reasons', array['last good backup', 'last', 'daily', 'weekly']),
  'what is kept, and why'
) from testing.previewed;
select is(
  answer #> '{remove,1}', jsonb_build_object('id', (select id from public.backups where notes = 'd4'), 'created_at', '2026-06-26T00:00:00.000Z', 'kind', 'daily', 'file_size', 104, 'reason', 'kept by no rule'), 'what goes, and why; newest first'
) from testing.previewed;
select is(backup.get_retention(), (select rules from testing.before_faults), 'a preview changes no rule');
select is((select count(*) from public.backups where status = 'completed'), 4::bigint, 'and removes nothing');
select is(backup.preview_retention() -> 'rules', backup.get_retention(), 'without any it shows those that hold');
select is(backup.preview_retention('{"max_age_days": 1}') #> '{totals,kept}', '1', 'one rule may be tried alone');

select * from finish();
rollback;
