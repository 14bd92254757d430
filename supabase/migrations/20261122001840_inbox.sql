-- Inbox: notifications as administrators read them, and as they leave the house.

create or replace function backup.reader_id()
returns uuid
language sql stable
set search_path = ''
as $$
  select coalesce(backup.actor_id(), '00000000-0000-0000-0000-000000000000');
$$;

comment on function backup.reader_id() is 'Who reads: the person, or one reader for all secret keys.';

create or replace function backup.notification_json(source backup.notifications)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', source.notification_id, 'created_at', backup.iso(source.created_at), 'kind', source.kind, 'severity', source.severity,
    'message', source.message, 'details', source.details);
$$;

comment on function backup.notification_json(backup.notifications) is 'A notification as the API and the channels show it.';

create or replace function backup.is_unread(source backup.notifications)
returns boolean
language sql stable
set search_path = ''
as $$
  select not exists (
    select from backup.notification_reads as seen where seen.notification_id = source.notification_id and seen.reader_id = backup.reader_id());
$$;

comment on function backup.is_unread(backup.notifications) is 'Whether whoever asks has not read it yet.';

create or replace function backup.count_unread()
returns bigint
language sql stable
set search_path = ''
as $$
  select count(*) from backup.notifications as source where backup.is_unread(source);
$$;

comment on function backup.count_unread() is 'Notifications that whoever asks has not read yet.';

create or replace function backup.list_notifications(unread_only boolean default false, page_limit integer default 20, cursor text default null)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  before bigint;
  answer jsonb;
begin
  perform backup.assert_admin();
  before := backup.read_number_cursor(cursor);

  with page_rows as (
    select source.* from backup.notifications as source
    where (before is null or source.notification_id < before)
      and (not unread_only or backup.is_unread(source))
    order by source.notification_id desc
    -- one more than asked for tells whether there is a next page
    limit page_limit + 1
  ),
  numbered as (
    select page_rows.notification_id, row_number() over (order by page_rows.notification_id desc) as position,
      page_rows::backup.notifications as shown from page_rows
  )
  select jsonb_build_object(
    'notifications', coalesce(jsonb_agg(backup.notification_json(numbered.shown) || jsonb_build_object(
        'read_at', (select backup.iso(seen.read_at) from backup.notification_reads as seen
                    where seen.notification_id = numbered.notification_id and seen.reader_id = backup.reader_id()),
        'deliveries', (select coalesce(jsonb_agg(jsonb_build_object(
                         'channel', sent.channel, 'outcome', sent.outcome, 'attempts', sent.attempt_count,
                         'attempted_at', backup.iso(sent.attempted_at), 'error', sent.error)
                         order by sent.channel), '[]')
                       from backup.deliveries as sent where sent.notification_id = numbered.notification_id))
      order by numbered.position) filter (where numbered.position <= page_limit), '[]'),
    'unread_count', backup.count_unread(),
    'next_cursor', case when count(*) > page_limit then (select last_row.notification_id::text from numbered as last_row where last_row.position = page_limit) end)
  into answer
  from numbered;
  return answer;
end;
$$;

comment on function backup.list_notifications(boolean, integer, text) is
  'Notifications, newest first: {notifications: [{id, created_at, kind, severity, message, details, read_at, deliveries: [{channel, outcome, '
  'attempts, attempted_at, error}]}], unread_count, next_cursor}. Read and unread are those of whoever asks. Raises BK403, BK422 {argument: cursor}.';

create or replace function backup.mark_notifications_read(ids bigint[] default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  insert into backup.notification_reads (notification_id, reader_id)
  select source.notification_id, backup.reader_id() from backup.notifications as source
  where ids is null or source.notification_id = any (ids)
  on conflict do nothing;
  return jsonb_build_object('unread_count', backup.count_unread());
end;
$$;

comment on function backup.mark_notifications_read(bigint[]) is
  'Marks these notifications (NULL: all) as read by whoever asks: {unread_count}. Raises BK403.';

create or replace function backup.send_test_notification()
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  written bigint;
begin
  perform backup.assert_admin();
  -- An error, so that every channel sends it, whatever it is set to.
  written := backup.notify('test', 'error', 'This is a test. Notifications of backups and restores arrive here.');
  perform backup.audit('notify_test', 'succeeded', written::text);
  perform backup.wake_worker();
  return (select backup.notification_json(source) from backup.notifications as source where source.notification_id = written);
end;
$$;

comment on function backup.send_test_notification() is
  'Sends a notification through every channel that is configured; what became of it stands in its deliveries. Raises BK403.';


-- steps of the worker ----------------------------------------------------------------------------------------------------------

create or replace function backup.begin_delivery(job_id uuid, worker_id text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  held   constant backup.jobs := backup.hold_job(job_id, worker_id);
  levels constant text[] := array['info', 'warning', 'error'];
  source backup.notifications;
begin
  select * into source from backup.notifications as written where written.notification_id = held.notification_id;
  return jsonb_build_object(
    'notification', backup.notification_json(source),
    'due', (
      select coalesce(jsonb_agg(channel.name order by channel.name desc), '[]')
      from unnest('{webhook,email}'::text[]) as channel (name)
      where array_position(levels, source.severity) >= array_position(levels, backup.setting('notify_' || channel.name || '_severity') #>> '{}')
        and not exists (select from backup.deliveries as sent
                        where sent.notification_id = source.notification_id and sent.channel = channel.name and sent.outcome <> 'failed')));
end;
$$;

comment on function backup.begin_delivery(uuid, text) is
  'What is to be sent, and through which channels it has not been yet: {notification: {id, created_at, kind, severity, message, details}, due: '
  '[webhook, email]}. Raises BK412.';

create or replace function backup.record_delivery(job_id uuid, worker_id text, channel text, outcome text, error jsonb default null)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  if outcome <> 'not_configured' then
    insert into backup.deliveries as sent (notification_id, channel, outcome, error)
    values (held.notification_id, record_delivery.channel, record_delivery.outcome, record_delivery.error)
    on conflict on constraint deliveries_pkey do update
    set outcome = excluded.outcome, error = excluded.error, attempt_count = sent.attempt_count + 1, attempted_at = excluded.attempted_at;
  end if;
end;
$$;

comment on function backup.record_delivery(uuid, text, text, text, jsonb) is
  'What became of sending it through a channel: sent, failed or refused (with {code, message, …}), or not_configured. Raises BK412.';

create or replace function backup.end_delivery(job_id uuid, worker_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held    constant backup.jobs := backup.hold_job(job_id, worker_id);
  failure constant jsonb := (
    select sent.error from backup.deliveries as sent
    where sent.notification_id = held.notification_id and sent.outcome = 'failed' order by sent.channel limit 1);
begin
  if failure is null then
    perform backup.finish_job(held);
  else
    perform backup.fail_job(job_id, worker_id, failure || '{"code": "delivery_failed"}');
  end if;
end;
$$;

comment on function backup.end_delivery(uuid, text) is
  'Every due channel has been tried: the job ends, or is tried again later where one failed. Raises BK412.';
