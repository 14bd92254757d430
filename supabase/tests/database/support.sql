-- What the tests share. Included at the top of a test with \ir, inside its transaction, so that nothing of it stays:
--
--     begin;
--     \ir ../support.sql
--     select plan(…);
--     …
--     select * from finish();
--     rollback;
set local search_path = extensions, pg_catalog;
set local client_min_messages = warning;

-- What the database has already would be in the way of exact counts, and a backup that runs in the way of every other. The chores are held, so that no
-- sweep of pg_cron does any of them meanwhile; they are due when a test says so.
delete from public.backups;
delete from backup.jobs;
delete from backup.notifications;
update backup.chores set last_run_at = clock_timestamp();
insert into public.roles (name) values ('super_admin'), ('admin'), ('moderator'), ('alumni') on conflict do nothing;

create schema testing;
grant usage on schema testing to anon, authenticated, service_role;

-- people -----------------------------------------------------------------------------------------------------------------------

-- Somebody with a profile and these roles.
create function testing.person(roles text[] default '{}', first_name text default 'Test', last_name text default 'Person')
returns uuid
language sql
as $$
  with added as (
    insert into public.profiles (id, first_name, last_name) values (gen_random_uuid(), first_name, last_name) returning id
  ),
  granted as (
    insert into public.user_roles (profile_id, role_id)
    select added.id, role.id from added join public.roles as role on role.name = any (person.roles)
  )
  select id from added;
$$;

-- From here on SQL is called for these claims, as an edge function does after it has verified them. auth.uid() reads one setting
-- or the other, depending on the platform's version.
create function testing.sign_in(claims jsonb)
returns void
language sql
as $$
  select
    set_config('request.jwt.claims', coalesce(claims::text, ''), true),
    set_config('request.jwt.claim.sub', coalesce(claims ->> 'sub', ''), true);
$$;

create function testing.sign_in(person uuid)
returns void
language sql
as $$
  select testing.sign_in(jsonb_build_object('sub', person, 'role', 'authenticated', 'email', person || '@alumni.test'));
$$;

create function testing.sign_in_as(role_name text)
returns uuid
language sql
as $$
  with added as (select testing.person(array[role_name]) as id)
  select added.id from added, lateral testing.sign_in(added.id);
$$;

create function testing.use_secret_key()
returns void
language sql
as $$
  select testing.sign_in('{"role": "service_role", "key_name": "tests"}'::jsonb);
$$;

create function testing.sign_out()
returns void
language sql
as $$
  select testing.sign_in(null::jsonb);
$$;

-- backups ----------------------------------------------------------------------------------------------------------------------

-- A backup in some state, as if it had been made at some time.
create function testing.backup(
  status     text        default 'completed',
  kind       text        default 'manual',
  created_at timestamptz default now(),
  created_by uuid        default null,
  is_pinned  boolean     default false
)
returns uuid
language sql
as $$
  insert into public.backups (status, kind, created_at, created_by, is_pinned, filename, tables, started_at, validation_results, format, snapshot,
    error, completed_at, file_size, clear_size, manifest_sha256)
  select status, kind, created_at, created_by, is_pinned, 'alumni-backup.sql.gz', '{public.profiles}', created_at,
    '{"status": "passed", "errors": 0, "tables": [{"table": "public.profiles"}]}', 1,
    '{"xmin": "1", "database": "postgres", "server_version": "15", "sequences": []}',
    case when status = 'failed' then '{"code": "internal", "message": "as tested"}'::jsonb end,
    whole.completed_at, whole.file_size, whole.clear_size, whole.manifest_sha256
  from (select) as one
  left join (values (created_at + interval '1.5 seconds', 300, 200, repeat('0', 64))) as whole (completed_at, file_size, clear_size, manifest_sha256)
    on status in ('completed', 'deleting')
  returning id;
$$;

-- Two parts, both stored, of one table.
create function testing.parts(backup_id uuid)
returns void
language sql
as $$
  insert into backup.backup_tables (backup_id, ordinal, schema_name, table_name, definition, fingerprint, row_count, raw_bytes, stored_bytes)
  values (backup_id, 1, 'public', 'profiles', '{"columns": [{"name": "id"}], "key": ["id"], "foreign_keys": []}', repeat('f', 64), 2, 20, 200);
  insert into backup.backup_parts (backup_id, ordinal, table_ordinal, name, object_path, slice, prefix, suffix,
    row_count, raw_bytes, clear_bytes, stored_bytes, raw_sha256, stored_sha256, stored_at)
  values
    (backup_id, 0, null, '00000-head.sql.gz.age', backup_id || '/00000-head.sql.gz.age', '{"kind": "script"}', 'head', '', 0, 0, 50, 100, repeat('a', 64), repeat('b', 64), now()),
    (backup_id, 1, 1, '00001-public.profiles.sql.gz.age', backup_id || '/00001-public.profiles.sql.gz.age', '{"kind": "rows"}', 'copy', '', 2, 20, 150, 200, repeat('c', 64), repeat('d', 64), now());
$$;

-- jobs -------------------------------------------------------------------------------------------------------------------------

-- The next job that is no delivery: whatever is told queues one, and those are the business of their own tests.
create function testing.claim_work(worker_id text default 'worker')
returns jsonb
language plpgsql
as $$
declare
  claimed jsonb;
begin
  loop
    claimed := backup.claim_job(worker_id);
    if claimed ->> 'kind' = 'deliver' then
      delete from backup.jobs where job_id = (claimed ->> 'job_id')::uuid;
    else
      return claimed;
    end if;
  end loop;
end;
$$;

-- A worker that has claimed a job of a new backup.
create function testing.running_job(worker_id text default 'worker', kind text default 'backup')
returns uuid
language sql
as $$
  select backup.enqueue_job(
    kind,
    testing.backup(case kind when 'backup' then 'queued' else 'deleting' end),
    case kind when 'purge' then '{"remove_row": true}' else '{}' end::jsonb);
  select (testing.claim_work(worker_id) ->> 'job_id')::uuid;
$$;

-- A job ends well.
create function testing.finish(job_id uuid)
returns void
language sql
as $$
  select backup.finish_job(job) from backup.jobs as job where job.job_id = finish.job_id;
$$;

-- what happens -----------------------------------------------------------------------------------------------------------------

-- What a statement raised: sqlstate, message, detail as JSON, hint. NULL when it raised nothing; its effects are undone if it did.
create function testing.raised(statement text, out code text, out message text, out detail jsonb, out hint text)
language plpgsql
as $$
declare
  detail_text text;
begin
  execute statement;
exception when others then
  get stacked diagnostics code = returned_sqlstate, message = message_text, detail_text = pg_exception_detail, hint = pg_exception_hint;
  if detail_text <> '' then
    detail := detail_text;
  end if;
end;
$$;

-- How many rows does this statement return or change?
create function testing.rows_of(statement text)
returns bigint
language plpgsql
as $$
declare
  found_count bigint;
begin
  execute statement;
  get diagnostics found_count = row_count;
  return found_count;
end;
$$;

-- Audit entries that the test wrote, oldest first.
create table testing.before as select coalesce(max(audit_log_id), 0) as audit_log_id from backup.audit_log;

create view testing.audited as
  select entry.* from backup.audit_log as entry, testing.before where entry.audit_log_id > before.audit_log_id order by entry.audit_log_id;
