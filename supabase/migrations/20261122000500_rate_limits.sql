-- Rate limits: per person and action, a sliding window, counted in SQL so that they hold however many function instances run.

create table if not exists backup.rate_limit_hits (
  rate_limit_hit_id bigint      generated always as identity,
  actor_id          uuid        not null,
  action            text        not null,
  hit_at            timestamptz not null default clock_timestamp(),
  constraint rate_limit_hits_pkey primary key (rate_limit_hit_id)
);

create index if not exists rate_limit_hits_window_idx on backup.rate_limit_hits (actor_id, action, hit_at);

alter table backup.rate_limit_hits enable row level security;

comment on table  backup.rate_limit_hits                   is 'One row per counted call; rows older than their window are removed as new ones come in.';
comment on column backup.rate_limit_hits.rate_limit_hit_id is 'Order of arrival.';
comment on column backup.rate_limit_hits.actor_id          is 'Who called (auth.users.id).';
comment on column backup.rate_limit_hits.action            is 'The limited action: a key of the setting rate_limits.';
comment on column backup.rate_limit_hits.hit_at            is 'When.';

create or replace function backup.take_rate_limit(action text)
returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  person    constant uuid  := backup.actor_id();
  allowance constant jsonb := backup.setting('rate_limits') -> action;
  opened_at timestamptz;
  hit_count integer;
  oldest_at timestamptz;
begin
  if allowance is null or person is null then
    return null;
  end if;

  -- Two calls at once must not both take the last place.
  perform pg_advisory_xact_lock(hashtextextended('backup.rate_limit:' || action || ':' || person, 0));
  opened_at := clock_timestamp() - make_interval(secs => (allowance ->> 'seconds')::double precision);

  delete from backup.rate_limit_hits as hit
  where hit.actor_id = person and hit.action = take_rate_limit.action
    -- One that is still to come was counted before the clock was put back.
    and (hit.hit_at <= opened_at or hit.hit_at > clock_timestamp());

  select count(*), min(hit.hit_at) into hit_count, oldest_at
  from backup.rate_limit_hits as hit
  where hit.actor_id = person and hit.action = take_rate_limit.action;

  if hit_count >= (allowance ->> 'limit')::integer then
    return greatest(1, ceil(extract(epoch from coalesce(oldest_at, clock_timestamp()) - opened_at)))::integer;
  end if;

  insert into backup.rate_limit_hits (actor_id, action) values (person, action);
  return null;
end;
$$;

comment on function backup.take_rate_limit(text) is
  'Counts one call of the current person. Returns NULL when it may go on, or the seconds until it may be tried again. '
  'A secret key and an action without an entry in the setting rate_limits are not limited.';

create or replace function backup.admit(action text, target text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  wait_seconds integer;
begin
  -- Here it leaves its trace, whatever is refused later.
  perform backup.is_own_project();
  if not backup.is_allowed() then
    perform backup.audit(action, 'denied', target);
    return jsonb '{"decision": "forbidden", "retry_after": null}';
  end if;

  wait_seconds := backup.take_rate_limit(action);
  if wait_seconds is not null then
    perform backup.audit(action, 'rate_limited', target, jsonb_build_object('retry_after', wait_seconds));
    return jsonb_build_object('decision', 'rate_limited', 'retry_after', wait_seconds);
  end if;

  return jsonb '{"decision": "allowed", "retry_after": null}';
end;
$$;

comment on function backup.admit(text, text) is
  'The door of every route: {decision: allowed | forbidden | rate_limited, retry_after: seconds or null}. It answers instead of raising, and is '
  'called in a transaction of its own, so that the refusal stays in the audit log and a counted call stays counted.';
