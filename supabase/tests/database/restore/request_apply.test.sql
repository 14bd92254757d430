-- request_apply(): a preview that somebody has looked at. Everything that it found must be accepted; then a safety backup comes first.
begin;
\ir support.sql
select plan(57);

select testing.did('create table public.things (id integer primary key, body text); insert into public.things select n, ''body '' || n from generate_series(1, 10) as n');
select testing.backup_of('things') as backup \gset
select testing.did('update public.things set body = ''edited'' where id = 3');
select testing.use_secret_key();
select backup.request_restore(:'backup') ->> 'id' as restore \gset
update testing.before set audit_log_id = (select max(audit_log_id) from backup.audit_log);

-- who may
select testing.sign_out();
select throws_ok(format('select backup.request_apply(%L, %L)', :'backup', :'restore'), 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.request_apply(%L, %L)', :'backup', :'restore'), 'BK403', null, 'BK403 for a member');
select testing.sign_in_as('super_admin') as admin \gset

-- which
select throws_ok(format('select backup.request_apply(%L, gen_random_uuid())', :'backup'), 'BK440', null, 'BK440 for a restore that does not exist');
select throws_ok(format('select backup.request_apply(%L, null)', :'backup'), 'BK440', null, 'nor does NULL');
select throws_ok(format('select backup.request_apply(gen_random_uuid(), %L)', :'restore'), 'BK440', null, 'BK440 for the restore of another backup');
select throws_ok(format('select backup.request_apply(null, %L)', :'restore'), 'BK440', null, 'or of none');

-- when
create table testing.cases (nr serial, status text, message text);
insert into testing.cases (status, message) values
  ('queued',    'This restore is still being prepared.'), ('staging', 'This restore is still being prepared.'), ('applying', 'This restore is being applied already.'),
  ('completed', 'This restore has been applied already.'), ('failed', 'This restore is failed.'), ('discarded', 'This restore is discarded.'), ('expired', 'This restore is expired.');
select is(
  (select array[raised.code, raised.message, raised.detail ->> 'status', raised.detail ->> 'restore_id'] from testing.raised(format('select backup.request_apply(%L, %L)', :'backup', made.restore_id)) as raised),
  array['BK441', made.message, made.status, made.restore_id::text], 'BK441 for one that is ' || made.status
) from (select cases.*, testing.restore(cases.status, :'backup') as restore_id from testing.cases) as made order by nr;
select testing.restore('previewed', :'backup') as old \gset
update backup.restores set expires_at = clock_timestamp() where restore_id = :'old';
select is((testing.raised(format('select backup.request_apply(%L, %L)', :'backup', :'old'))).message, 'This preview is too old to be applied.', 'BK441 for one that is too old, though no sweep has come by');

-- what the preview found and nobody accepted, one at a time
create table testing.source as select :'backup'::uuid as backup;
create function testing.found(needs text[], blocking jsonb default '[]')
returns uuid
language plpgsql
as $$
declare
  made constant uuid := testing.restore('previewed', (select backup from testing.source));
begin
  update backup.restores set preview = preview || jsonb_build_object('needs', needs, 'blocking', blocking,
    'privileges', '{"added": [{"profile_id": "x", "role": "admin"}], "removed": []}'::jsonb, 'cascades', '[{"table": "public.other", "rows": 1}]'::jsonb,
    'orphans', '[{"table": "public.things", "rows": 2}]'::jsonb, 'source', '{"is_foreign": true, "system_identifier": "1"}'::jsonb)
  where restore_id = made;
  return made;
end;
$$;
create function testing.refusal(restore_id uuid, accepted text default '')
returns text[]
language sql
as $$
  -- empty: it was not refused
  select (array[raised.code, raised.detail #>> array[case raised.code when 'BK443' then 'blocking' when 'BK444' then 'added' when 'BK445' then 'cascades' when 'BK446' then 'source' else 'orphans' end]])[:case when raised.code is null then 0 else 2 end]
  from backup.restores as target, testing.raised(format('select backup.request_apply(%L, %L%s)', target.backup_id, target.restore_id, accepted)) as raised
  where target.restore_id = refusal.restore_id;
$$;
select is(testing.refusal(testing.found('{}', '[{"code": "unique", "table": "public.things", "message": "m"}]')), array['BK443', '[{"code": "unique", "table": "public.things", "message": "m"}]'], 'BK443 for what stands in the way, which it names');
select is(testing.refusal(testing.found('{}', '[{"code": "unique"}]'), ', true, true, true, true'), array['BK443', '[{"code": "unique"}]'], 'nothing accepts that away');
create table testing.needs (nr serial, need text, code text, detail text);
insert into testing.needs (need, code, detail) values
  ('accept_foreign_source',    'BK446', '{"is_foreign": true, "system_identifier": "1"}'),
  ('accept_privilege_changes', 'BK444', '[{"role": "admin", "profile_id": "x"}]'),
  ('accept_cascade',           'BK445', '[{"rows": 1, "table": "public.other"}]'),
  ('skip_orphans',             'BK447', '[{"rows": 2, "table": "public.things"}]');
select is(testing.refusal(testing.found(array[need])), array[code, detail], format('%s without %s, and it shows what', code, need)) from testing.needs order by nr;
select is(
  testing.refusal(testing.found(array[needs.need]), (select string_agg(format(', %s => true', other.need), '') from testing.needs as other where other.need <> needs.need)), array[code, detail],
  'whatever else is accepted: ' || code
) from testing.needs order by nr;
select is(testing.refusal(testing.found((select array_agg(need) from testing.needs))), array['BK446', '{"is_foreign": true, "system_identifier": "1"}'], 'of several, one is named');
select is_empty($$ select * from backup.restores where status = 'applying' and safety_backup_id is not null $$, 'all of these wait as before');
select is_empty($$ select * from public.backups where kind = 'safety' $$, 'and no safety backup is made');
select is_empty('select * from testing.audited', 'nor said to be');
select is((select bool_or(accept_cascade or skip_orphans or accept_foreign_source or accept_privilege_changes) from backup.restores), false, 'nothing has been accepted by that');
select is(
  testing.refusal(testing.found(array[need]), format(', %s => true', need)), '{}', 'accepted now: ' || need
) from testing.needs order by nr;
select results_eq(
  $$ select preview #>> '{needs,0}', accept_foreign_source, accept_privilege_changes, accept_cascade, skip_orphans from backup.restores where status = 'applying' and jsonb_array_length(preview -> 'needs') = 1 order by created_at $$,
  $$ values ('accept_foreign_source', true, false, false, false), ('accept_privilege_changes', false, true, false, false), ('accept_cascade', false, false, true, false), ('skip_orphans', false, false, false, true) $$,
  'and written down'
);
create table testing.earlier as select testing.found('{accept_cascade}') as restore;
update backup.restores set accept_cascade = true where restore_id = (select restore from testing.earlier);
select is(testing.refusal(restore), '{}', 'what was accepted with the preview is accepted') from testing.earlier;
select is((select accept_cascade from backup.restores, testing.earlier where restore_id = restore), true, 'and stays so');

-- nothing to do needs no safety backup
select is((select safety_backup_id from backup.restores, testing.earlier where restore_id = restore), null, 'a restore that changes nothing needs no safety backup');
select is((select phase from backup.restores, testing.earlier where restore_id = restore), 'applying', 'it goes on at once');
select is((select kind from backup.jobs, testing.earlier where restore_id = restore), 'apply', 'with its own job');

-- a preview that is there
delete from backup.jobs where restore_id is distinct from :'restore';
delete from backup.restores where restore_id <> :'restore';
select testing.preview(:'restore') is not null as previewed \gset
update testing.before set audit_log_id = (select max(audit_log_id) from backup.audit_log);
create table testing.answered as select backup.request_apply(:'backup', :'restore', accept_cascade => true) as restore;
select is((select array[restore ->> 'status', restore ->> 'phase'] from testing.answered), '{applying,safety_backup}', 'the answer: first a safety backup');
select is((select restore from testing.answered), backup.get_restore(:'restore'), 'it is the restore as the API shows it');
select results_eq(
  $$ select status, kind, tables, requested_tables, override_validation, coalesce(override_reason, '') <> '', created_by is null, notes from public.backups where kind = 'safety' $$,
  format($$ values ('queued', 'safety', '{public.things}'::text[], '{public.things}'::text[], true, true, true, 'Before restore %s') $$, :'restore'),
  'a backup of the tables that change, whatever the rules say of them'
);
select is((select safety_backup_id from backup.restores where restore_id = :'restore'), (select id from public.backups where kind = 'safety'), 'the restore knows it');
select is((select expires_at from backup.restores where restore_id = :'restore'), null, 'it does not expire any more');
select results_eq(
  $$ select kind, backup_id is not null, restore_id is not null from backup.jobs where status = 'queued' $$, $$ values ('backup', true, false) $$, 'one job waits: the backup'
);
select results_eq(
  'select actor_id, action, target, outcome, details -> ''totals'' ->> ''update'', details -> ''accept_cascade'' from testing.audited',
  format('values (%L::uuid, ''restore'', %L, ''succeeded'', ''1'', ''true''::jsonb)', :'admin', :'restore'), 'it is in the audit log'
);
select is((testing.raised(format('select backup.request_apply(%L, %L)', :'backup', :'restore'))).code, 'BK441', 'a second one comes too late');
select is((select count(*) from public.backups where kind = 'safety'), 1::bigint, 'and makes no second backup');

-- beside a backup that runs
select is((testing.raised('select testing.backup(''processing'', ''daily'')')).code, null, 'another backup may run meanwhile');

-- skip_preview: SQL itself goes on, or says why not
update backup.jobs set status = 'failed', error = '{}', finished_at = now() where status = 'queued';
select testing.use_secret_key();
select backup.request_restore(:'backup', skip_preview => true) ->> 'id' as straight \gset
select isnt(testing.preview(:'straight'), null, 'without anybody looking, there is a preview all the same');
select is((select array[status, phase] from backup.restores where restore_id = :'straight'), '{applying,safety_backup}', 'and it goes on by itself');
update backup.jobs set status = 'failed', error = '{}', finished_at = now() where status = 'queued';
update public.backups set snapshot = snapshot || '{"system_identifier": "1"}' where id = :'backup';
select backup.request_restore(:'backup', skip_preview => true) ->> 'id' as stopped \gset
select is(testing.preview(:'stopped') -> 'needs', '["accept_foreign_source"]', 'if there is something to accept');
select is(
  (select array[status, error ->> 'code', error #>> '{details,source,is_foreign}', error ->> 'hint'] from backup.restores where restore_id = :'stopped'),
  array['failed', 'foreign_source_not_accepted', 'true', 'If that is what you want, say accept_foreign_source.'], 'it ends there, and says what'
);
select is((select array_agg(key order by key) from backup.restores, jsonb_object_keys(error) as key where restore_id = :'stopped'), '{code,details,hint,message}', 'as any error is told');
select is((select status from backup.jobs where restore_id = :'stopped'), 'succeeded', 'its job has done what it could');
select backup.request_restore(:'backup', skip_preview => true, accept_foreign_source => true) ->> 'id' as accepted \gset
select is(testing.preview(:'accepted') -> 'needs', '["accept_foreign_source"]', 'what the request accepts');
select is((select status from backup.restores where restore_id = :'accepted'), 'applying', 'does not stop it');

select * from finish();
rollback;
