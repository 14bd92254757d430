-- Foundations: the private schemas, the settings, and two small helpers that every chapter uses.
--
-- `backup` is never exposed by the Data API and nobody but its owner has USAGE on it. The edge functions connect as that owner
-- and tell SQL who is asking (chapter "access"); outsiders see one table only, public.backups (chapter "catalogue").

create schema if not exists backup;
create schema if not exists backup_staging;

comment on schema backup is
  'Backup, validation and restore. Private: not exposed by the Data API, no USAGE for anon or authenticated.';
comment on schema backup_staging is
  'Tables of a restore that is being prepared. Nothing lives here longer than its restore.';

revoke all on schema backup, backup_staging from public;


-- settings ---------------------------------------------------------------------------------------------------------------------

create table if not exists backup.settings (
  key         text        not null,
  value       jsonb       not null,
  description text        not null,
  updated_at  timestamptz not null default now(),
  constraint settings_pkey       primary key (key),
  constraint settings_type_check check (
    case when key in ('slice_bytes', 'gzip_level', 'lock_timeout_seconds', 'job_lease_seconds', 'job_max_attempts', 'download_link_seconds', 'part_url_seconds', 'undo_days', 'undo_digest_rows', 'staging_hours', 'drill_interval_days', 'retention_interval_minutes', 'inventory_interval_hours', 'failed_days', 'no_backup_days', 'notification_days')
           then jsonb_typeof(value) = 'number' and value > '0' and value <= case when key in ('slice_bytes', 'undo_digest_rows') then '1000000000000000' else '1000000' end::jsonb
             and (key <> 'job_max_attempts' or value = to_jsonb(trunc(value::numeric)))
         when key in ('notify_webhook_severity', 'notify_email_severity')
           then value in ('"info"', '"warning"', '"error"')
         when key = 'retention'
           then jsonb_typeof(value) = 'object' and value ?& '{keep_last,keep_monthly,max_age_days,max_total_bytes}'
             and not value @? '$.* ? (@.type() != "number" && @ != null)'
         when key in ('extra_tables', 'excluded_tables')
           then jsonb_typeof(value) = 'array' and not value @? '$[*] ? (@.type() != "string")'
         when key = 'rate_limits'
           then jsonb_typeof(value) = 'object' and not value @? '$.* ? (!(@.limit.type() == "number" && @.seconds.type() == "number"))'
         else true end)
);

alter table backup.settings enable row level security;

comment on table  backup.settings             is 'What an operator may tune, one row per setting. Change the value, never the key.';
comment on column backup.settings.key         is 'Stable name, used by the code.';
comment on column backup.settings.value       is 'The value as JSON; the description says its unit.';
comment on column backup.settings.description is 'What it does and in which unit.';
comment on column backup.settings.updated_at  is 'When the row was last changed.';

insert into backup.settings (key, value, description) values
  ('slice_bytes',           '8388608', 'Bytes of table data (TOAST included) that one part of an archive aims at. Larger parts need more memory.'),
  ('gzip_level',            '2',       'gzip level of the parts, 1 (fast) to 9 (small).'),
  ('lock_timeout_seconds',  '10',      'How long a backup waits for its ACCESS SHARE locks before it gives up.'),
  ('job_lease_seconds',     '30',      'How long a worker may be silent before its job is given to another one.'),
  ('job_max_attempts',      '3',       'How often a job is tried before it is marked failed.'),
  ('download_link_seconds', '120',     'How long a one-time download link can be opened.'),
  ('part_url_seconds',      '900',     'How long the signed URLs of encrypted parts work.'),
  ('undo_days',             '30',      'Days for which a restore can be undone.'),
  ('undo_digest_rows',      '100000',  'Up to so many rows that a restore writes into a table, undo can name those changed since; beyond, it only knows how many.'),
  ('staging_hours',         '24',      'Hours after which a preview that nobody applied is dropped.'),
  ('drill_interval_days',   '7',       'Days after which the newest backup is proved by a restore drill.'),
  ('retention_interval_minutes', '60', 'Minutes between two looks at what retention may remove; there is one after every backup as well.'),
  ('inventory_interval_hours', '24',   'Hours between two comparisons of the bucket with the catalogue.'),
  ('retention',             '{"keep_last": 3, "keep_monthly": 12, "max_age_days": null, "max_total_bytes": null}',
                                       'Which backups are kept, besides the keep of the schedules; see backup.retention_plan().'),
  ('failed_days',           '90',      'Days after which the entry of a failed or blocked backup is removed.'),
  ('no_backup_days',        '3',       'Days without a good backup after which there is an alarm; at least 8 when only the weekly schedule is enabled.'),
  ('notification_days',     '180',     'Days after which a notification is removed.'),
  ('notify_webhook_severity', '"info"',    'Notifications from this severity on are sent to the webhook: info, warning or error.'),
  ('notify_email_severity',   '"warning"', 'Notifications from this severity on are sent by e-mail: info, warning or error.'),
  ('extra_tables',          '[]',      'Tables outside schema public to back up as well, as ["auth.users"].'),
  ('excluded_tables',       '[]',      'Tables to leave out when no tables are named, as ["public.page_views"].'),
  ('rate_limits',           '{"create": {"limit": 10, "seconds": 3600}, "validate": {"limit": 60, "seconds": 3600}, "download": {"limit": 30, "seconds": 3600}, "preview": {"limit": 60, "seconds": 3600}, "restore": {"limit": 20, "seconds": 3600}, "undo": {"limit": 20, "seconds": 3600}, "verify": {"limit": 20, "seconds": 3600}, "rescan": {"limit": 10, "seconds": 3600}, "schedule": {"limit": 60, "seconds": 3600}, "notify_test": {"limit": 10, "seconds": 3600}, "set_rule": {"limit": 120, "seconds": 3600}, "delete_rule": {"limit": 60, "seconds": 3600}}',
                                       'Calls a person may make per action within a sliding window of so many seconds. An action without an entry is not limited.')
on conflict (key) do nothing;

create or replace function backup.setting(key text)
returns jsonb
language sql stable
set search_path = ''
as $$
  select s.value from backup.settings as s where s.key = setting.key;
$$;

comment on function backup.setting(text) is 'The value of one setting, or NULL where there is no such key.';


create or replace function backup.settings_touch()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end;
$$;

comment on function backup.settings_touch() is 'Trigger of backup.settings: notes when a setting was changed.';

create or replace trigger settings_touch
  before update on backup.settings
  for each row execute function backup.settings_touch();


-- helpers ----------------------------------------------------------------------------------------------------------------------

create or replace function backup.iso(moment timestamptz)
returns text
language sql immutable strict parallel safe
set search_path = ''
as $$
  -- JSON's own rendering of a timestamp follows the session's TimeZone; the API promises UTC with a Z.
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
$$;

comment on function backup.iso(timestamptz) is 'A time as the API shows it: ISO 8601, UTC, milliseconds, Z.';

create or replace function backup.sha256_hex(content text)
returns text
language sql immutable strict parallel safe
set search_path = ''
as $$
  select encode(sha256(convert_to(content, 'UTF8')), 'hex');
$$;

comment on function backup.sha256_hex(text) is 'sha256 of a text''s UTF-8 bytes, as 64 hexadecimal digits.';
