-- Jobs: what a worker has to do. A worker claims one, holds it by a lease that it keeps renewing, and reports how it ended. A worker
-- that dies says nothing; its lease runs out and the next one takes the job over.

create table if not exists backup.jobs (
  job_id           uuid        not null default gen_random_uuid(),
  kind             text        not null,
  backup_id        uuid,
  restore_id       uuid,
  notification_id  bigint,
  parameters       jsonb       not null default '{}',
  is_urgent        boolean     not null default false,
  status           text        not null default 'queued',
  attempt_count    integer     not null default 0,
  max_attempts     integer     not null default (backup.setting('job_max_attempts'))::integer,
  run_after        timestamptz not null default clock_timestamp(),
  worker_id        text,
  lease_expires_at timestamptz,
  progress         jsonb       not null default '{}',
  result           jsonb,
  error            jsonb,
  created_at       timestamptz not null default clock_timestamp(),
  created_by       uuid,
  finished_at      timestamptz,
  constraint jobs_pkey                   primary key (job_id),
  constraint jobs_backup_fkey            foreign key (backup_id) references public.backups (id) on delete cascade,
  constraint jobs_restore_fkey           foreign key (restore_id) references backup.restores (restore_id) on delete cascade,
  constraint jobs_notification_fkey      foreign key (notification_id) references backup.notifications (notification_id) on delete cascade,
  constraint jobs_kind_check             check (kind in ('backup', 'purge', 'verify', 'stage', 'apply', 'rescan', 'deliver')),
  constraint jobs_subject_check          check (
    (kind in ('backup', 'purge', 'verify'), kind in ('stage', 'apply'), kind = 'deliver')
    = (backup_id is not null, restore_id is not null, notification_id is not null)),
  constraint jobs_status_check           check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  constraint jobs_running_is_leased_check check ((status = 'running') = (lease_expires_at is not null and worker_id is not null)),
  constraint jobs_ended_is_dated_check   check ((status in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null)),
  constraint jobs_failed_has_error_check check (status not in ('failed', 'cancelled') or error is not null),
  constraint jobs_attempt_count_check    check (attempt_count between 0 and max_attempts)
);

create index if not exists jobs_waiting_idx      on backup.jobs (is_urgent desc, created_at) where status in ('queued', 'running');
create index if not exists jobs_backup_idx       on backup.jobs (backup_id);
create index if not exists jobs_restore_idx      on backup.jobs (restore_id, created_at);
create index if not exists jobs_notification_idx on backup.jobs (notification_id);
create index if not exists jobs_created_at_idx   on backup.jobs (created_at desc, job_id desc);

-- Two looks at the bucket at once would tell each other's findings.
create unique index if not exists jobs_one_rescan_idx on backup.jobs ((true)) where kind = 'rescan' and status in ('queued', 'running');
create unique index if not exists jobs_one_drill_idx  on backup.jobs (backup_id) where kind = 'verify' and status in ('queued', 'running');

alter table backup.jobs enable row level security;

comment on table  backup.jobs                  is 'Work for the worker, one row per job.';
comment on column backup.jobs.job_id           is 'The job.';
comment on column backup.jobs.kind             is
  'backup: make one; purge: remove the objects (and, when parameters.remove_row, then the row) of a backup; verify: prove a backup by a restore '
  'drill; stage: fetch and compare what a restore needs; apply: do it; rescan: compare the bucket with the catalogue and, when parameters.import, '
  'rebuild the catalogue; deliver: send a notification.';
comment on column backup.jobs.backup_id        is 'The backup that it is about.';
comment on column backup.jobs.restore_id       is 'The restore that it is about.';
comment on column backup.jobs.notification_id  is 'The notification that it is about.';
comment on column backup.jobs.parameters       is 'What else the kind needs.';
comment on column backup.jobs.is_urgent        is
  'Somebody waits for it: a worker that does nothing else takes these, so none stands behind a long backup.';
comment on column backup.jobs.status           is 'queued, running, succeeded, failed, cancelled.';
comment on column backup.jobs.attempt_count    is 'How often it has been claimed.';
comment on column backup.jobs.max_attempts     is 'After so many claims it is given up.';
comment on column backup.jobs.run_after        is 'Not to be claimed before.';
comment on column backup.jobs.worker_id        is 'Who holds it, or held it last: another one at every claim, also of the same process.';
comment on column backup.jobs.lease_expires_at is 'Until when, unless renewed.';
comment on column backup.jobs.progress         is 'How far it is; of a backup that is in public.backups.';
comment on column backup.jobs.result           is 'What a rescan found.';
comment on column backup.jobs.error            is 'Why the last attempt failed: {code, message, …}.';
comment on column backup.jobs.created_at       is 'When it was queued.';
comment on column backup.jobs.created_by       is 'Who asked for it (auth.users.id); NULL for a schedule or a secret key.';
comment on column backup.jobs.finished_at      is 'When it ended, one way or the other.';

create table if not exists backup.job_attempts (
  job_id     uuid        not null,
  attempt    integer     not null,
  worker_id  text        not null,
  started_at timestamptz not null default clock_timestamp(),
  ended_at   timestamptz,
  error      jsonb,
  constraint job_attempts_pkey        primary key (job_id, attempt),
  constraint job_attempts_job_fkey    foreign key (job_id) references backup.jobs (job_id) on delete cascade,
  constraint job_attempts_error_check check (error is null or ended_at is not null)
);

alter table backup.job_attempts enable row level security;

comment on table  backup.job_attempts            is 'Every attempt at a job, with the reason when it failed.';
comment on column backup.job_attempts.job_id     is 'The job.';
comment on column backup.job_attempts.attempt    is 'From 1.';
comment on column backup.job_attempts.worker_id  is 'Who tried.';
comment on column backup.job_attempts.started_at is 'When it was claimed.';
comment on column backup.job_attempts.ended_at   is 'When it was reported, or noticed, that it had ended.';
comment on column backup.job_attempts.error      is 'Why it failed: {code, message, …}; worker_lost when its worker went silent.';


-- queue ------------------------------------------------------------------------------------------------------------------------

create or replace function backup.lease_end()
returns timestamptz
language sql volatile
set search_path = ''
as $$
  select clock_timestamp() + make_interval(secs => (backup.setting('job_lease_seconds'))::double precision);
$$;

comment on function backup.lease_end() is 'When a lease that is given or renewed now will run out.';

create or replace function backup.enqueue_job(
  kind            text,
  backup_id       uuid        default null,
  parameters      jsonb       default '{}',
  max_attempts    integer     default null,
  run_after       timestamptz default clock_timestamp(),
  restore_id      uuid        default null,
  notification_id bigint      default null,
  is_urgent       boolean     default false
)
returns uuid
language sql volatile
set search_path = ''
as $$
  insert into backup.jobs (kind, backup_id, restore_id, notification_id, parameters, max_attempts, run_after, is_urgent, created_by)
  values (kind, backup_id, restore_id, notification_id, parameters, coalesce(max_attempts, (backup.setting('job_max_attempts'))::integer), run_after,
    is_urgent or kind in ('stage', 'apply', 'deliver'), backup.actor_id())
  returning job_id;
$$;

comment on function backup.enqueue_job(text, uuid, jsonb, integer, timestamptz, uuid, bigint, boolean) is
  'Queues a job; whoever calls it wakes a worker afterwards, or the sweep does. What belongs to a restore, and notifications, are urgent anyway.';

create or replace function backup.next_job_in(worker_id text)
returns double precision
language sql volatile
set search_path = ''
as $$
  select greatest(0, extract(epoch from coming.due_at - clock_timestamp()))
  from (
    select min(case job.status when 'queued' then job.run_after else job.lease_expires_at end) as due_at
    from backup.jobs as job
    where job.status = 'queued' and isfinite(job.run_after) or job.status = 'running' and not starts_with(job.worker_id, next_job_in.worker_id || '/')
  ) as coming
  -- to greatest() a NULL is nothing
  where coming.due_at is not null;
$$;

comment on function backup.next_job_in(text) is
  'Seconds until there may be something to do for this worker (whose claims are made as "<worker_id>/<number>"): a pause is over, or somebody else''s lease has run out; NULL when nothing is under '
  'way. A worker that waits so long finds a dead one''s job within a minute, though the sweep comes but once.';

create or replace function backup.mend_job_times()
returns void
language sql volatile
set search_path = ''
as $$
  update backup.jobs as job
  set lease_expires_at = backup.lease_end()
  where job.status = 'running' and job.lease_expires_at > backup.lease_end() + interval '1 minute';

  update backup.jobs as job
  set run_after = clock_timestamp()
  where job.status = 'queued' and isfinite(job.run_after) and job.run_after > clock_timestamp() + interval '1 hour';
$$;

comment on function backup.mend_job_times() is
  'After the server''s clock was put back: no lease is that long, and no pause. Otherwise a dead worker''s job would wait until that time comes again.';

create or replace function backup.worker_lost(lost backup.jobs)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'code', 'worker_lost',
    'message', format('The worker went silent at attempt %s.', lost.attempt_count),
    'hint', 'Look at the logs of the function backup-worker: out of memory, out of time or a crash. Then ask for it again.');
$$;

comment on function backup.worker_lost(backup.jobs) is 'The error of an attempt that nobody reported the end of.';

create or replace function backup.end_attempt(ended backup.jobs, error jsonb default null)
returns void
language sql volatile
set search_path = ''
as $$
  update backup.job_attempts as tried
  set ended_at = clock_timestamp(), error = end_attempt.error
  where tried.job_id = ended.job_id and tried.attempt = ended.attempt_count and tried.ended_at is null;
$$;

comment on function backup.end_attempt(backup.jobs, jsonb) is 'Notes that the present attempt at a job has ended, and why if it failed.';

create or replace function backup.claim_job(worker_id text, urgent_only boolean default false)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  claimed backup.jobs;
begin
  perform backup.assert_project();
  loop
    select * into claimed
    from backup.jobs as job
    where (job.status = 'queued'  and job.run_after        <= clock_timestamp()
        or job.status = 'running' and job.lease_expires_at <= clock_timestamp())
      and (job.is_urgent or not urgent_only)
    -- Sending a notification may take long, when nobody answers there: it comes before nothing that somebody waits for, or that is due.
    order by (job.is_urgent and job.kind <> 'deliver') desc, job.created_at
    limit 1
    for update skip locked;

    if not found then
      return null;
    end if;
    if claimed.status = 'running' then
      claimed.error := backup.worker_lost(claimed);
      perform backup.end_attempt(claimed, claimed.error);
    end if;
    exit when claimed.attempt_count < claimed.max_attempts;

    perform backup.give_up_job(claimed, coalesce(claimed.error, backup.worker_lost(claimed)), true);
  end loop;

  update backup.jobs as job
  set status = 'running', worker_id = claim_job.worker_id, attempt_count = job.attempt_count + 1, lease_expires_at = backup.lease_end(),
      error = claimed.error
  where job.job_id = claimed.job_id
  returning job.* into claimed;
  insert into backup.job_attempts (job_id, attempt, worker_id) values (claimed.job_id, claimed.attempt_count, claimed.worker_id);

  return jsonb_build_object(
    'job_id', claimed.job_id, 'kind', claimed.kind, 'backup_id', claimed.backup_id, 'restore_id', claimed.restore_id,
    'notification_id', claimed.notification_id, 'parameters', claimed.parameters, 'attempt', claimed.attempt_count,
    'lease_seconds', backup.setting('job_lease_seconds'));
end;
$$;

comment on function backup.claim_job(text, boolean) is
  'Takes a job that waits or whose worker went silent, urgent ones first, or only those: {job_id, kind, backup_id, restore_id, notification_id, '
  'parameters, attempt, lease_seconds}, or NULL. Two workers never get the same one. Raises BK461 in a copy of the project.';


-- a job in hand ----------------------------------------------------------------------------------------------------------------

create or replace function backup.check_job(job_id uuid, worker_id text)
returns backup.jobs
language plpgsql stable
set search_path = ''
as $$
declare
  held backup.jobs;
begin
  -- Without a lock: the heartbeat must not wait for a transaction that works for minutes.
  select * into held
  from backup.jobs as job
  where job.job_id = check_job.job_id and job.worker_id = check_job.worker_id and job.status = 'running';

  if not found then
    raise exception using
      errcode = 'BK412',
      message = 'This worker no longer holds the job.',
      hint    = 'Its lease ran out and another worker has it, or it was called off. Stop at once and store nothing more.';
  end if;
  return held;
end;
$$;

comment on function backup.check_job(uuid, text) is
  'The job, for a step that takes long: does not renew the lease. Such a step ends with backup.hold_job(). Raises BK412 when the job is not (or no '
  'longer) that worker''s.';

create or replace function backup.hold_job(job_id uuid, worker_id text, progress jsonb default null)
returns backup.jobs
language plpgsql volatile
set search_path = ''
as $$
declare
  held backup.jobs;
begin
  update backup.jobs as job
  set lease_expires_at = backup.lease_end(), progress = coalesce(hold_job.progress, job.progress)
  where job.job_id = hold_job.job_id and job.worker_id = hold_job.worker_id and job.status = 'running'
  returning job.* into held;

  if not found then
    return backup.check_job(job_id, worker_id);
  end if;
  return held;
end;
$$;

comment on function backup.hold_job(uuid, text, jsonb) is
  'Renews the lease, notes the progress if there is any to note, and returns the job. Every report of a worker goes through it. Raises BK412 when '
  'the job is not (or no longer) that worker''s.';

create or replace function backup.record_progress(job_id uuid, worker_id text, progress jsonb)
returns void
language sql volatile
set search_path = ''
as $$
  select from backup.hold_job(job_id, worker_id, progress);
$$;

comment on function backup.record_progress(uuid, text, jsonb) is 'Says how far a job is. Visible at once. Raises BK412.';

create or replace function backup.heartbeat(job_id uuid, worker_id text)
returns void
language sql volatile
set search_path = ''
as $$
  select from backup.hold_job(job_id, worker_id);
$$;

comment on function backup.heartbeat(uuid, text) is 'Says that the worker is alive. Raises BK412 when the job is no longer its own.';


-- the end of a job -------------------------------------------------------------------------------------------------------------

create or replace function backup.finish_job(ended backup.jobs, error jsonb default null, result jsonb default null, status text default null)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.end_attempt(ended, error);
  update backup.jobs as job
  set status = coalesce(finish_job.status, case when finish_job.error is null then 'succeeded' else 'failed' end),
      error = finish_job.error, result = finish_job.result, finished_at = clock_timestamp(), lease_expires_at = null
  where job.job_id = ended.job_id;
end;
$$;

comment on function backup.finish_job(backup.jobs, jsonb, jsonb, text) is
  'Ends a job: succeeded, perhaps with a result; or failed, or as told, with the error.';

create or replace function backup.may_pass(code text)
returns boolean
language sql immutable
set search_path = ''
as $$
  select coalesce(code in (
    'storage_unavailable', 'database_unavailable', 'database_busy', 'lock_timeout', 'table_changed', 'delivery_failed', 'worker_lost'), false);
$$;

comment on function backup.may_pass(text) is 'Whether what went wrong may be gone when it is tried again.';

create or replace function backup.give_up_job(ended backup.jobs, error jsonb, objects_remain boolean)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  begin
    case ended.kind
      -- A silent worker may still be uploading: what it leaves is removed when it must have noticed.
      when 'backup' then perform backup.mark_failed(ended.backup_id, error, objects_remain, backup.lease_end());
      when 'verify' then perform backup.abandon_drill(ended, error);
      when 'stage'  then perform backup.abandon_restore(ended.restore_id, error);
      when 'apply'  then perform backup.abandon_restore(ended.restore_id, error);
      when 'rescan' then perform backup.abandon_rescan(ended, error);
      else null;
    end case;
  exception when others then
    -- Whoever claims the next job passes here: one that cannot be ended in good order must not keep all others waiting.
    raise warning 'Job % (%) was given up without clearing up: % (%)', ended.job_id, ended.kind, sqlerrm, sqlstate;
    update public.backups  as target set status = 'failed', phase = null, error = give_up_job.error where target.id = ended.backup_id and ended.kind = 'backup';
    update backup.restores as target set status = 'failed', phase = null, error = give_up_job.error, expires_at = null
    where target.restore_id = ended.restore_id and target.applied_at is null;
  end;
  perform backup.finish_job(ended, error);
end;
$$;

comment on function backup.give_up_job(backup.jobs, jsonb, boolean) is 'Ends a job that failed for good, and what it was about with it.';

create or replace function backup.fail_job(job_id uuid, worker_id text, error jsonb, objects_remain boolean default false)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  if held.attempt_count >= held.max_attempts or not (held.kind = 'purge' or backup.may_pass(error ->> 'code')) then
    perform backup.give_up_job(held, error, objects_remain);
    return 'failed';
  end if;

  perform backup.end_attempt(held, error);
  update backup.jobs as job
  set status = 'queued', worker_id = null, lease_expires_at = null, error = fail_job.error,
      -- 10 s, 20 s, 40 s … up to ten minutes
      -- (bounded before it is multiplied: a purge is tried so often that the power would overflow the interval)
      run_after = clock_timestamp() + least(interval '10 minutes', interval '5 seconds' * power(2, least(held.attempt_count, 10)))
  where job.job_id = held.job_id;
  if held.kind = 'backup' then
    update public.backups as target
    set status = 'queued', phase = null, progress = '{}', error = fail_job.error
    where target.id = held.backup_id;
  end if;
  return 'retried';
end;
$$;

comment on function backup.fail_job(uuid, text, jsonb, boolean) is
  'A worker''s report that an attempt failed, with {code, message, hint, details}, and whether objects of a backup are still in the bucket. What may '
  'pass is tried again, with growing pauses (retried); anything else ends the job (failed). Raises BK412 when the job is not the worker''s.';

create or replace function backup.cancel_job(job_id uuid, reason text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  called_off backup.jobs;
  error      constant jsonb := jsonb_build_object('code', 'cancelled', 'message', reason);
begin
  -- Whoever works on it notices at its next report, and stops.
  select * into called_off from backup.jobs as job
  where job.job_id = cancel_job.job_id and job.status in ('queued', 'running') for update;
  if found then
    perform backup.give_up_job(called_off, error, called_off.attempt_count > 0);
    update backup.jobs as job set status = 'cancelled' where job.job_id = called_off.job_id;
  end if;
end;
$$;

comment on function backup.cancel_job(uuid, text) is
  'Calls a job off, waiting or running, and ends what it was about. One that has ended stays as it is.';


-- waking -----------------------------------------------------------------------------------------------------------------------

create or replace function backup.wake_worker()
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  -- Neither Vault nor pg_net is everywhere; the owner of these functions may read the one and call the other.
  vault      constant regclass     := to_regclass('vault.decrypted_secrets');
  net        constant regnamespace := to_regnamespace('net');
  worker_url text;
  worker_key text;
begin
  -- Whoever listens (the local stack does) hears it when the transaction commits.
  perform pg_notify('backup_jobs', '');

  if vault is null or net is null then
    return;
  end if;

  -- Waking must never undo what it is called for.
  begin
    execute format($q$select (select decrypted_secret from %1$s where name = 'backup_worker_url'),
                             (select decrypted_secret from %1$s where name = 'backup_worker_key')$q$, vault)
    into worker_url, worker_key;
    if worker_url is not null and worker_key is not null then
      execute format('select %s.http_post(url => $1, headers => $2, body => $3)', net)
      using worker_url, jsonb_build_object('apikey', worker_key, 'content-type', 'application/json'), '{}'::jsonb;
    end if;
  exception when others then
    raise warning 'The worker could not be woken by HTTP: % (%)', sqlerrm, sqlstate;
  end;
end;
$$;

comment on function backup.wake_worker() is
  'Tells a worker that there is something to do: always by NOTIFY backup_jobs, and by HTTP where pg_net is installed and Vault holds '
  'backup_worker_url and backup_worker_key. Nothing is lost when nobody hears it: the minute sweep asks again.';
