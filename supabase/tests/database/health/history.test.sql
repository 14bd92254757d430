-- get_job(), list_jobs(), list_audit(): what happened, for whoever looks for the reason.
begin;
\ir ../support.sql
select plan(32);

select testing.sign_out();
select throws_ok(statement, 'BK403', null, 'BK403 for nobody: ' || statement) from unnest('{select backup.get_job(gen_random_uuid()),select backup.list_jobs(),select backup.list_audit()}'::text[]) as statement;
select testing.sign_in_as('admin') as admin \gset
select throws_ok('select backup.get_job(gen_random_uuid())', 'BK457', null, 'BK457 for a job that there is not');
select throws_ok('select backup.get_job(null)', 'BK457', null, 'nor is NULL one');
select is(backup.list_jobs(), '{"jobs": [], "next_cursor": null}', 'there is none yet');

-- jobs
select backup.enqueue_job('purge', testing.backup('failed')) from generate_series(1, 5);
select backup.enqueue_job('rescan') as rescan \gset
select is(backup.get_job(:'rescan') - array['created_at', 'run_after'],
  jsonb_build_object('id', :'rescan', 'kind', 'rescan', 'status', 'queued', 'backup_id', null, 'restore_id', null, 'attempt_count', 0, 'max_attempts', 3, 'finished_at', null, 'progress', '{}'::jsonb, 'result', null, 'error', null, 'attempts', '[]'::jsonb), 'one as it is shown');
select is(jsonb_array_length(backup.list_jobs() -> 'jobs'), 6, 'all');
select is(backup.list_jobs() #> '{jobs,0}', backup.get_job(:'rescan'), 'newest first');
select is(jsonb_array_length(backup.list_jobs(kind => 'purge') -> 'jobs'), 5, 'of a kind');
select is(jsonb_array_length(backup.list_jobs(kind => 'rescan', status => 'queued') -> 'jobs'), 1, 'and a status');
select is(backup.list_jobs(status => 'failed') -> 'jobs', '[]', 'of another none');
create table testing.page as select backup.list_jobs(page_limit => 4) as answer;
select is(jsonb_array_length(answer -> 'jobs'), 4, 'a page') from testing.page;
create table testing.next as select backup.list_jobs(page_limit => 4, cursor => answer ->> 'next_cursor') as answer from testing.page;
select is((page.answer -> 'jobs') || (next.answer -> 'jobs'), backup.list_jobs() -> 'jobs', 'and the next one') from testing.page, testing.next;
select is(answer -> 'next_cursor', 'null', 'which is the last') from testing.next;
select is((select array[raised.code, raised.detail ->> 'argument'] from testing.raised('select backup.list_jobs(cursor => ''x'')') as raised), '{BK422,cursor}', 'BK422 for a cursor that is none');
select is(jsonb_array_length(backup.list_jobs(page_limit => 6) -> 'jobs'), 6, 'a page that just fits');
select is(backup.list_jobs(page_limit => 6) -> 'next_cursor', 'null', 'is the last');

-- audit log
select backup.audit('download', 'succeeded', 'a', '{"bytes": 1}'), backup.audit('download', 'denied', 'b'), backup.audit('restore', 'failed', 'a');
select testing.use_secret_key();
select backup.audit('download', 'succeeded', 'c');
create function testing.found(answer jsonb)
returns text[]
language sql
as $$ select array(select concat_ws(' ', entry.value ->> 'action', entry.value ->> 'target', entry.value ->> 'outcome') from jsonb_array_elements(answer -> 'entries') with ordinality as entry (value, position) order by position) $$;
select is((testing.found(backup.list_audit()))[1:4], '{"download c succeeded","restore a failed","download b denied","download a succeeded"}', 'newest first');
select is((testing.found(backup.list_audit(action => 'download')))[1:3], '{"download c succeeded","download b denied","download a succeeded"}', 'by action');
select is(testing.found(backup.list_audit(target => 'a')), '{"restore a failed","download a succeeded"}', 'by target');
select is((testing.found(backup.list_audit(outcome => 'denied')))[1], 'download b denied', 'by outcome');
select is(testing.found(backup.list_audit(actor_id => :'admin')), '{"restore a failed","download b denied","download a succeeded"}', 'by whose it was');
select is(testing.found(backup.list_audit('download', :'admin', 'a', 'succeeded')), '{"download a succeeded"}', 'by all of them');
select is(testing.found(backup.list_audit(target => 'nothing')), '{}', 'or nothing');
select is((backup.list_audit(target => 'a') #> '{entries,1}') - array['id', 'occurred_at'],
  jsonb_build_object('actor_id', :'admin', 'actor_kind', 'person', 'actor_name', :'admin' || '@alumni.test', 'action', 'download', 'target', 'a', 'outcome', 'succeeded', 'client_ip', null, 'user_agent', null, 'request_id', null,
    'details', '{"bytes": 1}'::jsonb, 'profiles', '{"first_name": "Test", "last_name": "Person"}'::jsonb, 'target_label', null), 'one as it is shown');
select matches(backup.list_audit() #>> '{entries,0,occurred_at}', '^\d{4}-\d\d-\d\dT.*Z$', 'its time in UTC');
create table testing.audit_page as select backup.list_audit(actor_id => :'admin', page_limit => 2) as answer;
select is(testing.found(answer) || testing.found(backup.list_audit(actor_id => :'admin', page_limit => 2, cursor => answer ->> 'next_cursor')), testing.found(backup.list_audit(actor_id => :'admin')), 'page by page') from testing.audit_page;
select is(backup.list_audit(actor_id => :'admin', page_limit => 3) -> 'next_cursor', 'null', 'until the last');
select is((select array[raised.code, raised.detail ->> 'argument'] from testing.raised(format('select backup.list_audit(cursor => %L)', given)) as raised), '{BK422,cursor}', 'BK422 for a cursor that is none: ' || given) from unnest('{x,-1,"1 or true"}'::text[]) as given;

select * from finish();
rollback;
