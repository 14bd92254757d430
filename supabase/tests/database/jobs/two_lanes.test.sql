-- Which job is next: what somebody waits for first, and on a lane of its own, then in the order in which it was asked for.
begin;
\ir ../support.sql
select plan(19);

create table testing.queued (nr serial, what text, job_id uuid);
create function testing.queue(what text, kind text, backup_id uuid default null, is_urgent boolean default false, notification_id bigint default null)
returns void
language sql
as $$
  insert into testing.queued (what, job_id)
  select what, backup.enqueue_job(kind, backup_id, notification_id => notification_id, is_urgent => is_urgent);
$$;
create function testing.next(worker_id text default 'worker', urgent_only boolean default false)
returns text
language sql
as $$
  select queued.what from (select backup.claim_job(worker_id, urgent_only) ->> 'job_id') as claimed (job_id) join testing.queued on queued.job_id::text = claimed.job_id;
$$;

insert into backup.notifications (kind, severity, message) values ('test', 'info', 'm') returning notification_id as notification \gset
select testing.queue('old rescan', 'rescan');
select testing.queue('delivery', 'deliver', notification_id => :notification);
select testing.queue('purge', 'purge', testing.backup('failed'));
select testing.queue('backup', 'backup', testing.backup('queued'));
select testing.queue('safety backup', 'backup', testing.backup('queued', 'safety'), is_urgent => true);
select testing.queue('drill', 'verify', testing.backup());
select is((select array_agg(what order by nr) from testing.queued join backup.jobs using (job_id) where is_urgent), '{delivery,"safety backup"}', 'deliveries are urgent, and whatever is said to be');
insert into backup.restores (backup_id, mode) values (testing.backup(), 'merge') returning restore_id as restore \gset
insert into testing.queued (what, job_id) select 'staging', backup.enqueue_job('stage', restore_id => :'restore');
insert into testing.queued (what, job_id) select 'applying', backup.enqueue_job('apply', restore_id => :'restore');
select ok((select bool_and(is_urgent) from testing.queued join backup.jobs using (job_id) where what in ('staging', 'applying')), 'so is what belongs to a restore');

select is(testing.next('fast', true), 'safety backup', 'the urgent lane: a safety backup');
select is(testing.next('fast', true), 'staging', 'then what came later');
select is(testing.next('slow'), 'applying', 'the other lane takes what is urgent first, too');
select is(testing.next('slow'), 'old rescan', 'and goes on with the oldest: where a delivery goes, nobody may answer');
select is(testing.next('fast', true), 'delivery', 'the urgent lane has time for that, behind the rest');
select is(testing.next('fast', true), null, 'and takes nothing else');
select is(testing.next('slow'), 'purge', 'and the next');
select is(testing.next('slow'), 'backup', 'a backup');
select is(testing.next('slow'), 'drill', 'a drill');
select is(testing.next('slow'), null, 'until nothing is left');

-- a lease that has run out
update backup.jobs set lease_expires_at = clock_timestamp() where job_id = (select job_id from testing.queued where what = 'backup');
select is(testing.next('fast', true), null, 'a lost backup is not for the urgent lane');
update backup.jobs set lease_expires_at = clock_timestamp() where job_id = (select job_id from testing.queued where what = 'staging');
select is(testing.next('fast', true), 'staging', 'a lost staging is');

-- next_job_in()
delete from backup.jobs where job_id not in (select job_id from testing.queued where what = 'backup');
update backup.jobs set lease_expires_at = clock_timestamp() + interval '20 seconds', worker_id = 'dead/7';
select is(round(backup.next_job_in('alive')), 20::double precision, 'a worker waits for as long as another''s lease lasts');
select is(backup.next_job_in('dead'), null, 'not for its own, whichever claim that was');
update backup.jobs set status = 'queued', worker_id = null, lease_expires_at = null, run_after = clock_timestamp() + interval '40 seconds';
select is(round(backup.next_job_in('alive')), 40::double precision, 'or until a pause is over');
update backup.jobs set run_after = clock_timestamp() - interval '1 hour';
select is(backup.next_job_in('alive'), 0::double precision, 'no time at all when something is due');
delete from backup.jobs;
select is(backup.next_job_in('alive'), null, 'and when nothing is under way there is nothing to wait for');

select * from finish();
rollback;
