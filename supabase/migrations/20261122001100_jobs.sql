-- Jobs: what a worker has to do. A worker claims one, holds it by a lease that it keeps renewing, and reports how it ended. A worker
-- that dies says nothing; its lease runs out and the next one takes the job over.

create table if not exists backup.jobs (
  job_id           uuid        not null default gen_random_uuid(),
  kind             text        not null,
  backup_id        uuid,
  restore_id       uuid,
  parameters       jsonb       not null default '{}',
  status           text        not null default 'queued',
  attempt_count    integer     not null default 0,
  max_attempts     integer     not null default (backup.setting('job_max_attempts'))::integer,
  run_after        timestamptz not null default clock_timestamp(),
  worker_id        text,
  lease_expires_at timestamptz,
  progress         jsonb       not null default '{}',
  error            jsonb,
  created_at       timestamptz not null default clock_timestamp(),
  finished_at      timestamptz,
  constraint jobs_pkey                   primary key (job_id),
  constraint jobs_backup_fkey            foreign key (backup_id) references public.backups (id) on delete cascade,
  constraint jobs_restore_fkey           foreign key (restore_id) references backup.restores (restore_id) on delete cascade,
  constraint jobs_kind_check             check (kind in ('backup', 'purge', 'stage', 'apply')),
  constraint jobs_subject_check          check (case when kind in ('backup', 'purge') then backup_id is not null else restore_id is not null end),
  constraint jobs_status_check           check (status in ('queued', 'running', 'succeeded', 'failed')),
  constraint jobs_running_is_leased_check check ((status = 'running') = (lease_expires_at is not null and worker_id is not null)),
  constraint jobs_ended_is_dated_check   check ((status in ('succeeded', 'failed')) = (finished_at is not null)),
  constraint jobs_failed_has_error_check check (status <> 'failed' or error is not null),
  constraint jobs_attempt_count_check    check (attempt_count between 0 and max_attempts)
);

create index if not exists jobs_waiting_idx on backup.jobs (run_after, created_at) where status in ('queued', 'running');
create index if not exists jobs_backup_idx  on backup.jobs (backup_id);
create index if not exists jobs_restore_idx on backup.jobs (restore_id, created_at);

alter table backup.jobs enable row level security;

comment on table  backup.jobs                  is 'Work for the worker: make a backup or purge the objects of one, stage a restore or apply it.';
comment on column backup.jobs.job_id           is 'The job.';
comment on column backup.jobs.kind             is 'backup; purge: remove the objects (and, when parameters.remove_row, then the row) of a backup; stage: fetch and compare what a restore needs; apply: do it.';
comment on column backup.jobs.backup_id        is 'The backup that it is about; NULL for a restore.';
comment on column backup.jobs.restore_id       is 'The restore that it is about; NULL for a backup.';
comment on column backup.jobs.parameters       is 'What else the kind needs.';
comment on column backup.jobs.status           is 'queued, running, succeeded, failed.';
comment on column backup.jobs.attempt_count    is 'How often it has been claimed.';
comment on column backup.jobs.max_attempts     is 'After so many claims it is given up.';
comment on column backup.jobs.run_after        is 'Not to be claimed before.';
comment on column backup.jobs.worker_id        is 'Who holds it.';
comment on column backup.jobs.lease_expires_at is 'Until when, unless renewed.';
comment on column backup.jobs.progress         is 'How far a restore is; of a backup it is in public.backups.';
comment on column backup.jobs.error            is 'Why the last attempt failed: {code, message, …}.';
comment on column backup.jobs.created_at       is 'When it was queued.';
comment on column backup.jobs.finished_at      is 'When it ended, one way or the other.';

create or replace function backup.lease_end()
returns timestamptz
language sql volatile
set search_path = ''
as $$
  select clock_timestamp() + make_interval(secs => (backup.setting('job_lease_seconds'))::double precision);
$$;

comment on function backup.lease_end() is 'When a lease that is given or renewed now will run out.';

create or replace function backup.enqueue_job(
  kind         text,
  backup_id    uuid,
  parameters   jsonb       default '{}',
  max_attempts integer     default null,
  run_after    timestamptz default clock_timestamp(),
  restore_id   uuid        default null
)
returns uuid
language sql volatile
set search_path = ''
as $$
  insert into backup.jobs (kind, backup_id, restore_id, parameters, max_attempts, run_after)
  values (kind, backup_id, restore_id, parameters, coalesce(max_attempts, (backup.setting('job_max_attempts'))::integer), run_after)
  returning job_id;
$$;

comment on function backup.enqueue_job(text, uuid, jsonb, integer, timestamptz, uuid) is 'Queues a job; whoever calls it wakes a worker afterwards, or the sweep does.';

create or replace function backup.claim_job(worker_id text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  claimed backup.jobs;
begin
  loop
    select * into claimed
    from backup.jobs as job
    where job.status = 'queued'  and job.run_after        <= clock_timestamp()
       or job.status = 'running' and job.lease_expires_at <= clock_timestamp()
    order by job.created_at
    limit 1
    for update skip locked;

    if not found then
      return null;
    end if;
    exit when claimed.attempt_count < claimed.max_attempts;

    perform backup.give_up_job(claimed.job_id);
  end loop;

  update backup.jobs as job
  set status = 'running', worker_id = claim_job.worker_id, attempt_count = job.attempt_count + 1, lease_expires_at = backup.lease_end()
  where job.job_id = claimed.job_id
  returning job.* into claimed;

  return jsonb_build_object(
    'job_id', claimed.job_id, 'kind', claimed.kind, 'backup_id', claimed.backup_id, 'restore_id', claimed.restore_id,
    'parameters', claimed.parameters, 'attempt', claimed.attempt_count);
end;
$$;

comment on function backup.claim_job(text) is
  'Takes the oldest job that waits or whose worker went silent: {job_id, kind, backup_id, restore_id, parameters, attempt}, or NULL. Two workers never get the same one.';

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
      hint    = 'Its lease ran out and another worker has it, or the job was removed. Stop at once and store nothing more.';
  end if;
  return held;
end;
$$;

comment on function backup.check_job(uuid, text) is
  'The job, for a step that takes long: does not renew the lease. Such a step ends with backup.hold_job(). Raises BK412 when the job is not (or no longer) that worker''s.';

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
  'Renews the lease, notes the progress if there is any to note, and returns the job. Every report of a worker goes through it. Raises BK412 when the job is not (or no longer) that worker''s.';

create or replace function backup.record_progress(job_id uuid, worker_id text, progress jsonb)
returns void
language sql volatile
set search_path = ''
as $$
  select from backup.hold_job(job_id, worker_id, progress);
$$;

comment on function backup.record_progress(uuid, text, jsonb) is 'Says how far a restore is. Visible at once. Raises BK412.';

create or replace function backup.heartbeat(job_id uuid, worker_id text)
returns void
language sql volatile
set search_path = ''
as $$
  select from backup.hold_job(job_id, worker_id);
$$;

comment on function backup.heartbeat(uuid, text) is 'Says that the worker is alive. Raises BK412 when the job is no longer its own.';

create or replace function backup.finish_job(job_id uuid, error jsonb default null)
returns void
language sql volatile
set search_path = ''
as $$
  update backup.jobs as job
  set status = case when finish_job.error is null then 'succeeded' else 'failed' end,
      error = finish_job.error, finished_at = clock_timestamp(), lease_expires_at = null
  where job.job_id = finish_job.job_id;
$$;

comment on function backup.finish_job(uuid, jsonb) is 'Ends a job: succeeded, or failed with the error.';

create or replace function backup.retry_job(job_id uuid, worker_id text, error jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant backup.jobs := backup.hold_job(job_id, worker_id);
begin
  update backup.jobs as job
  set status = 'queued', worker_id = null, lease_expires_at = null, error = retry_job.error,
      -- 10 s, 20 s, 40 s … up to ten minutes
      -- (bounded before it is multiplied: a purge is tried so often that the power would overflow the interval)
      run_after = clock_timestamp() + least(interval '10 minutes', interval '5 seconds' * power(2, least(held.attempt_count, 10)))
  where job.job_id = held.job_id;
end;
$$;

comment on function backup.retry_job(uuid, text, jsonb) is 'Puts a job back into the queue after a passing failure, with growing pauses. Raises BK412 when the job is not the worker''s.';

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
  'Tells a worker that there is something to do: always by NOTIFY backup_jobs, and by HTTP where pg_net is installed and Vault holds backup_worker_url and '
  'backup_worker_key. Nothing is lost when nobody hears it: the minute sweep asks again.';
