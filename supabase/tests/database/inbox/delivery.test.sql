-- Notifications leave the house: through every channel whose severity they have, again while one fails, until that is given up.
begin;
\ir ../support.sql
select plan(38);

create function testing.due(severity text)
returns jsonb
language plpgsql
as $$
declare
  job    uuid;
  answer jsonb;
begin
  delete from backup.notifications;
  perform backup.notify('test', severity, 'As tested.');
  job := (backup.claim_job('worker') ->> 'job_id')::uuid;
  answer := backup.begin_delivery(job, 'worker') -> 'due';
  return answer;
end;
$$;
select is(testing.due('info'), '["webhook"]', 'information goes to the webhook');
select is(testing.due('warning'), '["webhook", "email"]', 'warnings by e-mail, too');
select is(testing.due('error'), '["webhook", "email"]', 'as do errors');
update backup.settings set value = '"error"' where key in ('notify_webhook_severity', 'notify_email_severity');
select is(testing.due('info'), '[]', 'where only errors are wanted');
select is(testing.due('warning'), '[]', 'nothing else');
select is(testing.due('error'), '["webhook", "email"]', 'is sent');
update backup.settings set value = '"info"' where key = 'notify_email_severity';
select is(testing.due('info'), '["email"]', 'each channel for itself');
select throws_ok($$ update backup.settings set value = '"loud"' where key = 'notify_email_severity' $$, '23514', null, 'a severity that there is not');
update backup.settings set value = '"info"' where key = 'notify_webhook_severity';
delete from backup.notifications;

-- sent
select backup.notify('backup_failed', 'error', 'It failed.', '{"code": "internal"}') as notification \gset
select backup.claim_job('worker') ->> 'job_id' as job \gset
select throws_ok(format('select backup.begin_delivery(%L, ''another'')', :'job'), 'BK412', null, 'BK412 for another worker');
select is((backup.begin_delivery(:'job', 'worker') -> 'notification') - 'created_at', jsonb_build_object('id', :notification, 'kind', 'backup_failed', 'severity', 'error', 'message', 'It failed.', 'details', '{"code": "internal"}'::jsonb), 'what is to be sent');
select backup.record_delivery(:'job', 'worker', 'webhook', 'sent');
select is(backup.begin_delivery(:'job', 'worker') -> 'due', '["email"]', 'what has been sent is not sent again');
select backup.record_delivery(:'job', 'worker', 'email', 'not_configured');
select backup.end_delivery(:'job', 'worker');
select results_eq('select channel, outcome, attempt_count, error from backup.deliveries', $$ values ('webhook', 'sent', 1, null::jsonb) $$, 'a channel that is not configured leaves nothing');
select is((select status from backup.jobs where job_id = :'job'), 'succeeded', 'the job is over');
select throws_ok(format('select backup.end_delivery(%L, ''worker'')', :'job'), 'BK412', null, 'once');

-- one channel fails
delete from backup.notifications;
select backup.notify('test', 'error', 'm') as notification \gset
select backup.claim_job('worker') ->> 'job_id' as job \gset
select backup.record_delivery(:'job', 'worker', 'webhook', 'failed', '{"code": "delivery_failed", "message": "HTTP 500"}'), backup.record_delivery(:'job', 'worker', 'email', 'sent');
select lives_ok(format('select backup.end_delivery(%L, ''worker'')', :'job'), 'one has failed');
select results_eq('select status, attempt_count, error ->> ''message'', run_after > clock_timestamp() + interval ''9 seconds'' from backup.jobs', $$ values ('queued', 1, 'HTTP 500', true) $$, 'it is tried again, later');
select is((select error ->> 'code' from backup.job_attempts), 'delivery_failed', 'the attempt says why');
update backup.jobs set run_after = clock_timestamp();
select backup.claim_job('worker') -> 'attempt' as second \gset
select is(backup.begin_delivery(:'job', 'worker') -> 'due', '["webhook"]', 'only the one that failed is due');
select backup.record_delivery(:'job', 'worker', 'webhook', 'failed', '{"code": "delivery_failed", "message": "HTTP 502"}');
select results_eq('select channel, outcome, attempt_count, error ->> ''message'' from backup.deliveries order by 1', $$ values ('email', 'sent', 1, null), ('webhook', 'failed', 2, 'HTTP 502') $$, 'what became of it last, and how often it was tried');
select backup.end_delivery(:'job', 'worker');
update backup.jobs set run_after = clock_timestamp();
select backup.claim_job('worker') -> 'attempt' as third \gset
select backup.record_delivery(:'job', 'worker', 'webhook', 'sent'), backup.end_delivery(:'job', 'worker');
select results_eq('select channel, outcome, attempt_count, error from backup.deliveries order by 1', $$ values ('email', 'sent', 1, null::jsonb), ('webhook', 'sent', 3, null) $$, 'at last it is sent');
select is((select status from backup.jobs), 'succeeded', 'and the job is over');

-- until it is given up
delete from backup.notifications;
select backup.notify('test', 'error', 'm') as notification \gset
do $$
declare
  job uuid;
begin
  for attempt in 1..8 loop
    update backup.jobs set run_after = clock_timestamp();
    job := (backup.claim_job('worker') ->> 'job_id')::uuid;
    perform backup.record_delivery(job, 'worker', 'webhook', 'failed', '{"code": "internal", "message": "as tested"}'), backup.end_delivery(job, 'worker');
  end loop;
end;
$$;
select results_eq('select status, attempt_count, error ->> ''code'' from backup.jobs', $$ values ('failed', 8, 'delivery_failed') $$, 'after eight times it is given up, whatever was wrong');
select is((select attempt_count from backup.deliveries), 8, 'each was counted');
select is((select count(*) from backup.notifications), 1::bigint, 'that is not told: it could not be sent either');
select is(backup.claim_job('worker'), null, 'nothing is left to do');

-- refused
delete from backup.notifications;
select backup.notify('test', 'error', 'm') as notification \gset
select backup.claim_job('worker') ->> 'job_id' as job \gset
select backup.record_delivery(:'job', 'worker', 'webhook', 'refused', '{"code": "webhook_refused", "message": "A private address."}'), backup.end_delivery(:'job', 'worker');
select is((select status from backup.jobs), 'succeeded', 'an address that may not be called is not called again');
select is((select array[outcome, error ->> 'code'] from backup.deliveries), '{refused,webhook_refused}', 'and says so');
select throws_ok($$ update backup.deliveries set error = null $$, '23514', null, 'what was not sent says why');
select throws_ok($$ update backup.deliveries set outcome = 'sent' $$, '23514', null, 'what was sent was no fault');
select throws_ok($$ update backup.deliveries set channel = 'pigeon' $$, '23514', null, 'through a channel that there is');
select testing.use_secret_key();
select is((backup.list_notifications() #> '{notifications,0,deliveries,0}') - 'attempted_at', '{"channel": "webhook", "outcome": "refused", "attempts": 1, "error": {"code": "webhook_refused", "message": "A private address."}}', 'administrators see it');

-- a worker that dies
delete from backup.notifications;
select backup.notify('test', 'error', 'm') as notification \gset
select backup.claim_job('worker') ->> 'job_id' as job \gset
select backup.record_delivery(:'job', 'worker', 'webhook', 'sent');
update backup.jobs set lease_expires_at = clock_timestamp();
select is(backup.claim_job('next') ->> 'job_id', :'job', 'when a worker dies, the next one goes on');
select is(backup.begin_delivery(:'job', 'next') -> 'due', '["email"]', 'with what is still due');
select throws_ok(format('select backup.record_delivery(%L, ''worker'', ''email'', ''sent'')', :'job'), 'BK412', null, 'the first one is told so');
delete from backup.notifications;

-- a test
create table testing.sent as select backup.send_test_notification() as notification;
select is(notification - array['id', 'created_at'], '{"kind": "test", "severity": "error", "message": "This is a test. Notifications of backups and restores arrive here.", "details": {}}', 'a test goes through every channel') from testing.sent;
select is((select notification_id::text from backup.jobs), notification ->> 'id', 'like any other') from testing.sent;
select is((select array[action, outcome, target] from testing.audited order by audit_log_id desc limit 1), array['notify_test', 'succeeded', notification ->> 'id'], 'it is in the audit log') from testing.sent;

-- nothing else waits for it
select backup.notify('test', 'info', n::text) from generate_series(1, 3) as n;
select backup.enqueue_job('backup', testing.backup('queued', 'safety'), is_urgent => true) as safety \gset
select is(backup.claim_job('worker') ->> 'job_id', :'safety', 'deliveries stand behind what somebody waits for');

select * from finish();
rollback;
