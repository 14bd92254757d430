-- Rate limits: so many calls per person and action within a sliding window.
begin;
\ir ../support.sql
select plan(19);

update backup.settings set value = '{"create": {"limit": 2, "seconds": 60}, "download": {"limit": 1, "seconds": 60}, "never": {"limit": 0, "seconds": 60}}' where key = 'rate_limits';
select testing.sign_in_as('admin') as admin \gset

select is(backup.take_rate_limit('create'), null, 'the first call goes on');
select is(backup.take_rate_limit('create'), null, 'so does the second');
select is(backup.take_rate_limit('create'), 60, 'the third waits until the first one leaves the window');
select is((select count(*) from backup.rate_limit_hits where actor_id = :'admin'), 2::bigint, 'a refused call is not counted');

update backup.rate_limit_hits set hit_at = hit_at - interval '45 seconds'
where rate_limit_hit_id = (select min(rate_limit_hit_id) from backup.rate_limit_hits where actor_id = :'admin');
select is(backup.take_rate_limit('create'), 15, 'the wait gets shorter');

update backup.rate_limit_hits set hit_at = hit_at - interval '14.999 seconds'
where rate_limit_hit_id = (select min(rate_limit_hit_id) from backup.rate_limit_hits where actor_id = :'admin');
select ok(coalesce(backup.take_rate_limit('create'), 1) = 1, 'a wait is at least a second');

update backup.rate_limit_hits set hit_at = clock_timestamp() - interval '61 seconds'
where rate_limit_hit_id = (select min(rate_limit_hit_id) from backup.rate_limit_hits where actor_id = :'admin');
select is(backup.take_rate_limit('create'), null, 'when it has left, one more goes on');
select cmp_ok(backup.take_rate_limit('create'), '>', 50, 'but only one: the window slides, it does not start anew');
select is(
  (select count(*) from backup.rate_limit_hits where actor_id = :'admin' and hit_at < clock_timestamp() - interval '60 seconds'), 0::bigint,
  'calls that have left the window are removed'
);

-- per action, per person
select is(backup.take_rate_limit('download'), null, 'another action has a limit of its own');
select isnt(backup.take_rate_limit('download'), null, 'which it reaches');
select is(backup.take_rate_limit('list'), null, 'an action without an entry is not limited');
select ok(not exists (select from backup.rate_limit_hits where action = 'list' and actor_id = :'admin'), 'nor counted');
select cmp_ok(backup.take_rate_limit('never'), '>=', 60, 'a limit of nothing allows nothing');
select testing.sign_in_as('admin');
select is(backup.take_rate_limit('create'), null, 'another person has their own allowance');

-- a secret key
select testing.use_secret_key();
select is(array(select backup.take_rate_limit('create') from generate_series(1, 3)), array[null, null, null]::integer[], 'a secret key is not limited');
select ok(not exists (select from backup.rate_limit_hits where actor_id is null), 'nor counted');

-- the settings count at once
select testing.sign_in(:'admin'::uuid);
update backup.settings set value = '{"create": {"limit": 100, "seconds": 60}}' where key = 'rate_limits';
select is(backup.take_rate_limit('create'), null, 'a higher limit counts at once');
delete from backup.settings where key = 'rate_limits';
select is(backup.take_rate_limit('create'), null, 'without the setting there is no limit');

select * from finish();
rollback;
