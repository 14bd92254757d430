-- History: every job with its attempts, and the audit log, for whoever looks for the reason.

create or replace function backup.find_job(job_id uuid)
returns backup.jobs
language plpgsql stable
set search_path = ''
as $$
declare
  found_job backup.jobs;
begin
  select * into found_job from backup.jobs as candidate where candidate.job_id = find_job.job_id;
  if not found then
    raise exception using
      errcode = 'BK457',
      message = format('There is no job %s.', job_id),
      hint    = 'List the jobs to see which there are; one that ended a month ago is forgotten.';
  end if;
  return found_job;
end;
$$;

comment on function backup.find_job(uuid) is 'The job. Raises BK457.';

create or replace function backup.job_json(source backup.jobs)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', source.job_id, 'kind', source.kind, 'status', source.status, 'backup_id', source.backup_id, 'restore_id', source.restore_id,
    'attempt_count', source.attempt_count, 'max_attempts', source.max_attempts, 'run_after', backup.iso(source.run_after),
    'created_at', backup.iso(source.created_at), 'finished_at', backup.iso(source.finished_at),
    'progress', source.progress, 'result', source.result, 'error', source.error,
    'attempts', (
      select coalesce(jsonb_agg(jsonb_build_object('attempt', tried.attempt, 'started_at', backup.iso(tried.started_at), 'ended_at',
        backup.iso(tried.ended_at),
        'error', tried.error) order by tried.attempt), '[]')
      from backup.job_attempts as tried where tried.job_id = source.job_id));
$$;

comment on function backup.job_json(backup.jobs) is 'A job as the API shows it, with every attempt and why it failed.';

create or replace function backup.job_json(job_id uuid)
returns jsonb
language sql stable
set search_path = ''
as $$
  select backup.job_json(backup.find_job(job_id));
$$;

comment on function backup.job_json(uuid) is 'The same by its id. Raises BK457.';

create or replace function backup.get_job(job_id uuid)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  return backup.job_json(job_id);
end;
$$;

comment on function backup.get_job(uuid) is 'One job; see backup.job_json(). Raises BK403, BK457.';

create or replace function backup.list_jobs(status text default null, kind text default null, page_limit integer default 20, cursor text default null)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  after_at timestamptz;
  after_id uuid;
  answer   jsonb;
begin
  perform backup.assert_admin();
  select start.after_at, start.after_id into after_at, after_id from backup.read_cursor(cursor) as start;

  with page_rows as (
    select candidate as shown, row_number() over (order by candidate.created_at desc, candidate.job_id desc) as position
    from backup.jobs as candidate
    where (list_jobs.status is null or candidate.status = list_jobs.status)
      and (list_jobs.kind   is null or candidate.kind   = list_jobs.kind)
      and (cursor is null or (candidate.created_at, candidate.job_id) < (after_at, after_id))
    order by candidate.created_at desc, candidate.job_id desc
    -- one more than asked for tells whether there is a next page
    limit page_limit + 1
  )
  select jsonb_build_object(
    'jobs', coalesce(jsonb_agg(backup.job_json(page_rows.shown) order by page_rows.position) filter (where page_rows.position <= page_limit), '[]'),
    'next_cursor', case when count(*) > page_limit then (
        select backup.write_cursor((last_row.shown).created_at, (last_row.shown).job_id) from page_rows as last_row
          where last_row.position = page_limit) end)
  into answer
  from page_rows;
  return answer;
end;
$$;

comment on function backup.list_jobs(text, text, integer, text) is 'Jobs, newest first: {jobs, next_cursor}. Raises BK403, BK422 {argument: cursor}.';

create or replace function backup.target_label(entry backup.audit_log)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  target_id uuid;
begin
  if entry.action in ('set_rule', 'delete_rule') then
    return coalesce((select rule.title from backup.rules as rule where rule.id = entry.target), entry.details ->> 'title');
  end if;
  if entry.target is null or entry.target !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return null;
  end if;
  target_id := entry.target::uuid;
  return coalesce(
    (select made.filename from public.backups as made where made.id = target_id),
    (select concat_ws(' of ', asked.mode, origin.filename)
     from backup.restores as asked left join public.backups as origin on origin.id = asked.backup_id where asked.restore_id = target_id),
    -- gone since; what it was called may have been written down
    entry.details ->> 'filename');
end;
$$;

comment on function backup.target_label(backup.audit_log) is
  'What a person calls that which an entry is about: the file name of a backup, the title of a rule, a restore by its mode and backup; NULL where '
  'its target says it all, or is gone.';

create or replace function backup.list_audit(
  action     text    default null,
  actor_id   uuid    default null,
  target     text    default null,
  outcome    text    default null,
  page_limit integer default 20,
  cursor     text    default null
)
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
    select entry as shown, row_number() over (order by entry.audit_log_id desc) as position
    from backup.audit_log as entry
    where (before is null or entry.audit_log_id < before)
      and (list_audit.action   is null or entry.action   = list_audit.action)
      and (list_audit.actor_id is null or entry.actor_id = list_audit.actor_id)
      and (list_audit.target   is null or entry.target   = list_audit.target)
      and (list_audit.outcome  is null or entry.outcome  = list_audit.outcome)
    order by entry.audit_log_id desc
    limit page_limit + 1
  )
  select jsonb_build_object(
    'entries', coalesce(jsonb_agg(to_jsonb(page_rows.shown) - 'audit_log_id' || jsonb_build_object(
        'id', (page_rows.shown).audit_log_id, 'occurred_at', backup.iso((page_rows.shown).occurred_at),
        'profiles', backup.person_name((page_rows.shown).actor_id), 'target_label', backup.target_label(page_rows.shown))
      order by page_rows.position) filter (where page_rows.position <= page_limit), '[]'),
    'next_cursor', case when count(*) > page_limit then
      (select (last_row.shown).audit_log_id::text from page_rows as last_row where last_row.position = page_limit) end)
  into answer
  from page_rows;
  return answer;
end;
$$;

comment on function backup.list_audit(text, uuid, text, text, integer, text) is
  'The audit log, newest first: {entries: [{id, occurred_at, actor_id, actor_kind, actor_name, action, target, outcome, client_ip, user_agent, '
  'request_id, details, profiles, target_label}], next_cursor}. profiles: the name of the person now; target_label: see backup.target_label(). '
  'Raises BK403, BK422 {argument: cursor}.';
