-- list_notifications(), mark_notifications_read(): each administrator reads for himself, a secret key for all of them.
begin;
\ir ../support.sql
select plan(37);

select testing.sign_out();
select throws_ok(statement, 'BK403', null, 'BK403 for nobody: ' || statement) from unnest('{select backup.list_notifications(),select backup.mark_notifications_read(),select backup.send_test_notification()}'::text[]) as statement;
select testing.sign_in_as('alumni');
select throws_ok('select backup.list_notifications()', 'BK403', null, 'BK403 for a member');
select testing.sign_in_as('admin') as ada \gset
select testing.person('{super_admin}') as grace \gset
select is(backup.list_notifications(), '{"notifications": [], "unread_count": 0, "next_cursor": null}', 'nothing has happened');

-- written
select backup.notify('backup_failed', 'error', 'The daily backup failed: No storage.', '{"code": "storage_unavailable"}') as first, backup.notify('backup_completed', 'info', 'Done.') as second,
  backup.notify('schedule_missed', 'warning', 'Late.') as third \gset
select throws_ok($$ select backup.notify('weather', 'info', 'm') $$, '23514', null, 'of a kind that there is not');
select throws_ok($$ select backup.notify('test', 'fatal', 'm') $$, '23514', null, 'or a severity');
select results_eq('select kind, max_attempts, is_urgent, notification_id from backup.jobs order by notification_id', format('values (''deliver'', 8, true, %s::bigint), (''deliver'', 8, true, %s), (''deliver'', 8, true, %s)', :first, :second, :third), 'each is to be delivered');

-- read
create function testing.ids(answer jsonb)
returns bigint[]
language sql
as $$ select array(select (entry.value -> 'id')::bigint from jsonb_array_elements(answer -> 'notifications') with ordinality as entry (value, position) order by position) $$;
select is(testing.ids(backup.list_notifications()), array[:third, :second, :first]::bigint[], 'newest first');
select is((backup.list_notifications() #> '{notifications,2}') - 'created_at', jsonb_build_object('id', :first, 'kind', 'backup_failed', 'severity', 'error', 'message', 'The daily backup failed: No storage.',
  'details', '{"code": "storage_unavailable"}'::jsonb, 'read_at', null, 'deliveries', '[]'::jsonb), 'one as it is shown');
select matches(backup.list_notifications() #>> '{notifications,0,created_at}', '^\d{4}-\d\d-\d\dT.*Z$', 'its time in UTC');
select is(backup.list_notifications() -> 'unread_count', '3', 'all unread');
select is(backup.mark_notifications_read(array[:second]::bigint[]), '{"unread_count": 2}', 'one is read');
select isnt(backup.list_notifications() #>> '{notifications,1,read_at}', null, 'since when');
select is(testing.ids(backup.list_notifications(unread_only => true)), array[:third, :first]::bigint[], 'the others are unread');
select is(backup.mark_notifications_read(array[:second]::bigint[]), '{"unread_count": 2}', 'reading it again changes nothing');
select is(backup.mark_notifications_read('{999999999}'), '{"unread_count": 2}', 'nor does one that there is not');
select is(backup.mark_notifications_read('{}'), '{"unread_count": 2}', 'or none');
select testing.sign_in(:'grace'::uuid);
select is(backup.list_notifications() -> 'unread_count', '3', 'somebody else has read nothing');
select is(backup.mark_notifications_read(), '{"unread_count": 0}', 'and reads all');
select is(backup.list_notifications(unread_only => true) -> 'notifications', '[]', 'nothing is left for her');
select testing.sign_in(:'ada'::uuid);
select is(backup.list_notifications() -> 'unread_count', '2', 'but for him');
select testing.use_secret_key();
select is(backup.list_notifications() -> 'unread_count', '3', 'a secret key reads for itself');
select is(backup.mark_notifications_read(array[:first]::bigint[]) -> 'unread_count', '2', 'it, too');
select testing.sign_in('{"role": "service_role", "key_name": "another"}'::jsonb);
select is(backup.list_notifications() -> 'unread_count', '2', 'whatever its name');

-- page by page
select testing.sign_in(:'grace'::uuid);
select backup.notify('test', 'info', n::text) from generate_series(1, 7) as n;
create table testing.page as select backup.list_notifications(page_limit => 4) as answer;
select is(jsonb_array_length(answer -> 'notifications'), 4, 'a page') from testing.page;
select is(answer ->> 'next_cursor', answer #>> '{notifications,3,id}', 'and where the next one begins') from testing.page;
create table testing.next as select backup.list_notifications(page_limit => 4, cursor => answer ->> 'next_cursor') as answer from testing.page;
select is(testing.ids(page.answer) || testing.ids(next.answer) || testing.ids(backup.list_notifications(page_limit => 4, cursor => next.answer ->> 'next_cursor')), testing.ids(backup.list_notifications()), 'nothing twice, nothing left out') from testing.page, testing.next;
select is(backup.list_notifications(page_limit => 10) -> 'next_cursor', 'null', 'the last page has none');
select is(testing.ids(backup.list_notifications(unread_only => true, page_limit => 7)), testing.ids(backup.list_notifications(page_limit => 7)), 'unread ones by page');
select is(backup.list_notifications(unread_only => true, page_limit => 7) -> 'next_cursor', 'null', 'count for themselves');
select is((select array[raised.code, raised.detail ->> 'argument'] from testing.raised(format('select backup.list_notifications(cursor => %L)', given)) as raised), '{BK422,cursor}', 'BK422 for a cursor that is none: ' || given)
from unnest(array['x', '', '1; drop', '-1', repeat('9', 30)]) as given;

-- with the notification
delete from backup.notifications;
select is_empty('select * from backup.notification_reads union all select notification_id, null, null from backup.deliveries', 'who read it goes with it');

select * from finish();
rollback;
