-- A worker's signs of life: hold_job(), check_job(), heartbeat(), record_progress().
begin;
\ir ../support.sql
select plan(17);

select testing.running_job('worker') as job \gset
create function testing.lease()
returns interval
language sql
as $$ select date_trunc('second', lease_expires_at - clock_timestamp() + interval '0.5 seconds') from backup.jobs $$;
create function testing.nearly_over()
returns void
language sql
as $$ update backup.jobs set lease_expires_at = clock_timestamp() + interval '5 seconds' $$;

select testing.nearly_over();
select is((backup.check_job(:'job', 'worker')).job_id, :'job'::uuid, 'check_job() is for a step that takes long');
select is(testing.lease(), interval '5 seconds', 'it renews nothing');
select is((backup.hold_job(:'job', 'worker')).job_id, :'job'::uuid, 'hold_job() is for every report');
select is(testing.lease(), interval '30 seconds', 'it renews the lease');
select testing.nearly_over();
select lives_ok(format('select backup.heartbeat(%L, ''worker'')', :'job'), 'a heartbeat');
select is(testing.lease(), interval '30 seconds', 'renews the lease');
select is((select progress from backup.jobs), '{}', 'and says nothing more');
select testing.nearly_over();
select lives_ok(format('select backup.record_progress(%L, ''worker'', ''{"percent": 7}'')', :'job'), 'progress');
select is(testing.lease(), interval '30 seconds', 'renews it, too');
select is((select progress from backup.jobs), '{"percent": 7}', 'and is kept');
select backup.heartbeat(:'job', 'worker');
select is((select progress from backup.jobs), '{"percent": 7}', 'until there is other progress');

-- not, or no longer, its job
select throws_ok(format(statement, :'job', 'another'), 'BK412', null, 'BK412 for another worker: ' || statement)
from unnest(array['select backup.check_job(%L, %L)', 'select backup.heartbeat(%L, %L)', 'select backup.record_progress(%L, %L, ''{}'')']) as statement;
select is((select progress from backup.jobs), '{"percent": 7}', 'which changes nothing');
select testing.finish(:'job');
select throws_ok(format('select backup.check_job(%L, ''worker'')', :'job'), 'BK412', null, 'BK412 when the job is over');
update backup.jobs set status = 'running', finished_at = null, lease_expires_at = clock_timestamp();
select lives_ok(format('select backup.check_job(%L, ''worker'')', :'job'), 'a lease that has run out is still held while nobody else has taken the job');

select * from finish();
rollback;
