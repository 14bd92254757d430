-- Settings: the defaults that the code relies on, and how they are read.
begin;
\ir ../support.sql
select plan(14);

select is_empty(
  $$
    select key from unnest('{slice_bytes,gzip_level,lock_timeout_seconds,job_lease_seconds,job_max_attempts,download_link_seconds,part_url_seconds,undo_days,staging_hours,extra_tables,
      excluded_tables,rate_limits}'::text[]) as key
    where backup.setting(key) is null
  $$,
  'every setting of the code has a value'
);
select is_empty(
  $$ select key from backup.settings where pg_catalog.btrim(description) = '' $$,
  'every setting says what it does'
);
select is(backup.setting('no such key'), null, 'an unknown key has no value');
select is(backup.setting(null), null, 'nor has NULL');

update backup.settings set value = '7' where key = 'gzip_level';
select is(backup.setting('gzip_level'), '7', 'a changed value counts at once');

\ir ../../../migrations/20261122000200_foundations.sql
select is(backup.setting('gzip_level'), '7', 'applied again, the migration keeps what an operator chose');

select is(
  backup.setting('rate_limits'),
  '{"create": {"limit": 10, "seconds": 3600}, "validate": {"limit": 60, "seconds": 3600}, "download": {"limit": 30, "seconds": 3600},
    "preview": {"limit": 60, "seconds": 3600}, "restore": {"limit": 20, "seconds": 3600}, "undo": {"limit": 20, "seconds": 3600},
    "verify": {"limit": 20, "seconds": 3600}, "rescan": {"limit": 10, "seconds": 3600}, "schedule": {"limit": 60, "seconds": 3600}, "notify_test": {"limit": 10, "seconds": 3600},
    "set_rule": {"limit": 120, "seconds": 3600}, "delete_rule": {"limit": 60, "seconds": 3600}}',
  'in an hour: more of what only reads, less of what costs'
);
select throws_ok(
  $$ insert into backup.settings (key, value, description) values ('gzip_level', '1', 'again') $$,
  '23505', null, 'a key exists once'
);

select throws_ok(
  $$ update backup.settings set value = '"large"' where key = 'slice_bytes' $$,
  '23514', null, 'a number must be a number'
);
select throws_ok(
  format('update backup.settings set value = %L where key = %L', '0', key), '23514', null, key || ' must be more than nothing'
) from unnest('{undo_days,staging_hours}'::text[]) as key;
select throws_ok(
  $$ update backup.settings set value = '["auth.users", 1]' where key = 'extra_tables' $$,
  '23514', null, 'a list of tables holds names'
);
select throws_ok(
  $$ update backup.settings set value = '{"create": {"limit": "ten", "seconds": 60}}' where key = 'rate_limits' $$,
  '23514', null, 'a limit is a number of calls in a number of seconds'
);
update backup.settings set updated_at = '2001-01-01', value = '5' where key = 'gzip_level';
select ok((select updated_at > now() - interval '1 minute' from backup.settings where key = 'gzip_level'), 'it is noted when a setting was changed');

select * from finish();
rollback;
