-- Audit: who did what, on what, from where, when, and how it ended. Rows are only ever added.

create table if not exists backup.audit_log (
  audit_log_id bigint      generated always as identity,
  occurred_at  timestamptz not null default clock_timestamp(),
  actor_id     uuid,
  actor_kind   text        not null,
  actor_name   text,
  action       text        not null,
  target       text,
  outcome      text        not null,
  client_ip    text,
  user_agent   text,
  request_id   text,
  details      jsonb       not null default '{}',
  constraint audit_log_pkey                primary key (audit_log_id),
  constraint audit_log_actor_kind_check    check (actor_kind in ('person', 'service', 'system', 'nobody')),
  constraint audit_log_outcome_check       check (outcome in ('succeeded', 'failed', 'denied', 'rate_limited')),
  constraint audit_log_person_has_id_check check (actor_kind <> 'person' or actor_id is not null)
);

create index if not exists audit_log_occurred_at_idx on backup.audit_log (occurred_at desc);
create index if not exists audit_log_target_idx      on backup.audit_log (target, audit_log_id);

alter table backup.audit_log enable row level security;

comment on table  backup.audit_log              is 'Append-only record of every action and refusal. No row data, no secrets.';
comment on column backup.audit_log.audit_log_id is 'Order of writing.';
comment on column backup.audit_log.occurred_at  is 'Wall-clock time of the action, not of its transaction''s start.';
comment on column backup.audit_log.actor_id     is 'auth.users.id of the person; no foreign key, so that the record outlives the person.';
comment on column backup.audit_log.actor_kind   is 'person, service (a secret key, or the worker under its own name), system (pg_cron, or SQL by hand), nobody.';
comment on column backup.audit_log.actor_name   is 'E-mail of the person or name of the key, as it was then.';
comment on column backup.audit_log.action       is 'What was done: create, delete, download, link, parts, validate, ….';
comment on column backup.audit_log.target       is 'Id of the backup (or other thing) that it was done to.';
comment on column backup.audit_log.outcome      is 'succeeded, failed, denied, rate_limited.';
comment on column backup.audit_log.client_ip    is 'Address that the request came from, as the gateway reported it.';
comment on column backup.audit_log.user_agent   is 'User-Agent of the request, at most 400 characters.';
comment on column backup.audit_log.request_id   is 'Id of the HTTP request; the same as in the logs and in error answers.';
comment on column backup.audit_log.details      is 'What else matters: parameters, counts, error code.';

create or replace function backup.audit_log_refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'BK460',
    message = format('The audit log is append-only: %s refused.', tg_op),
    hint    = 'Entries are evidence; nobody may change or remove them.';
end;
$$;

comment on function backup.audit_log_refuse_change() is 'Trigger of backup.audit_log: raises BK460 on UPDATE, DELETE and TRUNCATE.';

create or replace trigger audit_log_append_only
  before update or delete or truncate on backup.audit_log
  for each statement execute function backup.audit_log_refuse_change();

-- ALWAYS: session_replication_role = replica, which restores use, would silence an ordinary trigger.
alter table backup.audit_log enable always trigger audit_log_append_only;

create or replace function backup.audit(action text, outcome text, target text default null, details jsonb default '{}')
returns void
language sql volatile
set search_path = ''
as $$
  insert into backup.audit_log (actor_id, actor_kind, actor_name, action, target, outcome, client_ip, user_agent, request_id, details)
  select
    backup.actor_id(),
    case
      when backup.is_service()           then 'service'
      when backup.actor_id() is not null then 'person'
      when backup.claims() = '{}'        then 'system'
      else 'nobody'
    end,
    coalesce(backup.claims() ->> 'email', backup.claims() ->> 'key_name'),
    action,
    target,
    outcome,
    left(nullif(current_setting('backup.client_ip', true), ''), 64),
    left(nullif(current_setting('backup.user_agent', true), ''), 400),
    nullif(current_setting('backup.request_id', true), ''),
    coalesce(details, '{}');
$$;

comment on function backup.audit(text, text, text, jsonb) is
  'Adds an entry to the audit log for the current caller and request. Part of the caller''s transaction: if that rolls back, so does the entry.';
