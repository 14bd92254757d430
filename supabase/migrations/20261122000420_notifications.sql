-- Notifications: what administrators should hear of without asking.

create table if not exists backup.notifications (
  notification_id bigint      generated always as identity,
  created_at      timestamptz not null default clock_timestamp(),
  kind            text        not null,
  severity        text        not null,
  message         text        not null,
  details         jsonb       not null default '{}',
  constraint notifications_pkey           primary key (notification_id),
  constraint notifications_severity_check check (severity in ('info', 'warning', 'error'))
);

create index if not exists notifications_created_at_idx on backup.notifications (created_at desc);

alter table backup.notifications enable row level security;

comment on table  backup.notifications                 is 'Messages to administrators. No row data, no secrets.';
comment on column backup.notifications.notification_id is 'Order of writing.';
comment on column backup.notifications.created_at      is 'When.';
comment on column backup.notifications.kind            is 'What happened: restored, restore_failed.';
comment on column backup.notifications.severity        is 'info, warning, error.';
comment on column backup.notifications.message         is 'One sentence for a person.';
comment on column backup.notifications.details         is 'Ids and counts.';

create or replace function backup.notify(kind text, severity text, message text, details jsonb default '{}')
returns void
language sql volatile
set search_path = ''
as $$
  insert into backup.notifications (kind, severity, message, details) values (kind, severity, message, details);
$$;

comment on function backup.notify(text, text, text, jsonb) is 'Leaves a message for administrators. Part of the caller''s transaction.';
