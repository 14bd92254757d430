-- Notifications: what administrators should hear of without asking. In the app they are listed and marked as read; a job sends each to the
-- channels that the functions' environment has.

create table if not exists backup.notifications (
  notification_id bigint      generated always as identity,
  created_at      timestamptz not null default clock_timestamp(),
  kind            text        not null,
  severity        text        not null,
  message         text        not null,
  details         jsonb       not null default '{}',
  constraint notifications_pkey           primary key (notification_id),
  constraint notifications_kind_check     check (kind in (
    'backup_completed', 'backup_failed', 'backup_blocked', 'backup_verified', 'drill_failed', 'restored', 'restore_failed',
    'schedule_missed', 'schedule_failed', 'no_recent_backup', 'bucket_differs', 'bucket_rescanned', 'project_unconfirmed', 'test')),
  constraint notifications_severity_check check (severity in ('info', 'warning', 'error'))
);

create index if not exists notifications_created_at_idx on backup.notifications (created_at);
create index if not exists notifications_kind_idx       on backup.notifications (kind, created_at);

alter table backup.notifications enable row level security;

comment on table  backup.notifications                 is 'Messages to administrators. No row data, no secrets.';
comment on column backup.notifications.notification_id is 'Order of writing.';
comment on column backup.notifications.created_at      is 'When.';
comment on column backup.notifications.kind            is 'What happened; docs/operations.md tells what to do about each.';
comment on column backup.notifications.severity        is 'info, warning, error.';
comment on column backup.notifications.message         is 'One sentence for a person.';
comment on column backup.notifications.details         is 'Ids and counts.';


-- read by whom -----------------------------------------------------------------------------------------------------------------

create table if not exists backup.notification_reads (
  notification_id bigint      not null,
  reader_id       uuid        not null,
  read_at         timestamptz not null default clock_timestamp(),
  constraint notification_reads_pkey              primary key (notification_id, reader_id),
  constraint notification_reads_notification_fkey foreign key (notification_id) references backup.notifications (notification_id) on delete cascade
);

alter table backup.notification_reads enable row level security;

comment on table  backup.notification_reads                 is
  'Who has read what. One administrator who has read it does not hide it from the others.';
comment on column backup.notification_reads.notification_id is 'The notification.';
comment on column backup.notification_reads.reader_id       is 'The person (auth.users.id); the nil uuid for all that call with a secret key.';
comment on column backup.notification_reads.read_at         is 'When.';


-- sent where -------------------------------------------------------------------------------------------------------------------

create table if not exists backup.deliveries (
  notification_id bigint      not null,
  channel         text        not null,
  outcome         text        not null,
  attempt_count   integer     not null default 1,
  error           jsonb,
  attempted_at    timestamptz not null default clock_timestamp(),
  constraint deliveries_pkey              primary key (notification_id, channel),
  constraint deliveries_notification_fkey foreign key (notification_id) references backup.notifications (notification_id) on delete cascade,
  constraint deliveries_channel_check     check (channel in ('webhook', 'email')),
  constraint deliveries_outcome_check     check (outcome in ('sent', 'failed', 'refused')),
  constraint deliveries_error_check       check ((outcome = 'sent') = (error is null))
);

create index if not exists deliveries_attempted_at_idx on backup.deliveries (channel, attempted_at);

alter table backup.deliveries enable row level security;

comment on table  backup.deliveries                 is
  'What became of sending a notification out of the app; nothing of a channel that is not configured.';
comment on column backup.deliveries.notification_id is 'The notification.';
comment on column backup.deliveries.channel         is 'webhook, email.';
comment on column backup.deliveries.outcome         is 'sent; failed: tried again for a while; refused: the address may not be called.';
comment on column backup.deliveries.attempt_count   is 'How often it was tried.';
comment on column backup.deliveries.error           is 'Why the last attempt failed: {code, message, …}.';
comment on column backup.deliveries.attempted_at    is 'When it was tried last.';

create or replace function backup.notify(kind text, severity text, message text, details jsonb default '{}')
returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  written bigint;
begin
  insert into backup.notifications (kind, severity, message, details) values (kind, severity, message, details) returning notification_id
    into written;
  perform backup.enqueue_job('deliver', notification_id => written, max_attempts => 8);
  return written;
end;
$$;

comment on function backup.notify(text, text, text, jsonb) is
  'Leaves a message for administrators, and a job that sends it. Part of the caller''s transaction; answers with its number.';
