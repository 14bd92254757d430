-- What the tests of drills share. Included at the top with \ir support.sql, in place of ../support.sql.
\ir ../support.sql

-- A completed backup of these tables, planned and reported as a worker does; its hashes are made up.
create function testing.archive_of(variadic chosen text[])
returns uuid
language plpgsql
as $$
declare
  made constant uuid := testing.backup('queued');
  job  uuid;
  part record;
  rows bigint;
begin
  update public.backups set override_validation = true, override_reason = 'as tested' where id = made;
  perform backup.enqueue_job('backup', made);
  job := (testing.claim_work() ->> 'job_id')::uuid;
  perform backup.begin_backup(job, 'worker'), backup.record_validation(job, 'worker', backup.validate_tables(chosen)), backup.record_plan(job, 'worker', backup.plan_backup(made, chosen));
  for part in select * from jsonb_to_recordset(backup.pending_parts(job, 'worker')) as pending (ordinal integer, copy_query text) loop
    rows := case when part.copy_query is null then 0 else testing.rows_of(testing.rows_query(part.copy_query)) end;
    perform backup.record_part(job, 'worker', part.ordinal, rows, rows * 10, rows + 40, rows + 50, backup.sha256_hex('part ' || part.ordinal), repeat('b', 64));
  end loop;
  perform backup.complete_backup(job, 'worker', repeat('0', 64));
  delete from backup.jobs where kind = 'deliver';
  return made;
end;
$$;

-- The query of a COPY … TO STDOUT.
create function testing.rows_query(copy_query text)
returns text
language sql
as $$ select substr(copy_query, 7, length(copy_query) - 7 - length(') to stdout') + 1) $$;

-- A drill that a worker has begun.
create function testing.begun_drill(backup_id uuid)
returns uuid
language plpgsql
as $$
declare
  job uuid;
begin
  job := backup.enqueue_job('verify', backup_id);
  if testing.claim_work() ->> 'job_id' <> job::text then
    raise exception 'the next job is not the drill';
  end if;
  perform backup.begin_drill(job, 'worker');
  return job;
end;
$$;

-- What a worker does with a part: here the rows come from the table that was backed up.
create function testing.drill_part(job_id uuid, ordinal integer, rows bigint default null, raw_sha256 text default null)
returns void
language plpgsql
as $$
declare
  part record;
begin
  select listed.*, planned.copy_query into part
  from jsonb_to_recordset(backup.drill_parts(job_id, 'worker', drill_part.ordinal - 1, 1)) as listed (ordinal integer, "table" text, create_statement text, copy_in text, row_count bigint, raw_sha256 text)
  join backup.jobs as job on job.job_id = drill_part.job_id
  join backup.backup_parts as planned on planned.backup_id = job.backup_id and planned.ordinal = listed.ordinal;
  if part."table" is null then
    perform backup.record_drilled_part(job_id, 'worker', part.ordinal, 0, null);
    return;
  end if;
  execute part.create_statement;
  execute format('insert into %s %s', substr(part.copy_in, 6, length(part.copy_in) - 5 - length(' from stdin')), testing.rows_query(part.copy_query));
  perform backup.record_drilled_part(job_id, 'worker', part.ordinal, coalesce(drill_part.rows, part.row_count), coalesce(drill_part.raw_sha256, part.raw_sha256));
end;
$$;

create function testing.drill_parts(job_id uuid, variadic but integer[] default '{}')
returns void
language sql
as $$
  select testing.drill_part(job.job_id, part.ordinal)
  from backup.jobs as job join backup.backup_parts as part on part.backup_id = job.backup_id
  where job.job_id = drill_parts.job_id and part.ordinal <> all (but)
  order by part.ordinal;
$$;

create function testing.scratch()
returns setof text
language sql
as $$ select relname::text from pg_class where relnamespace = 'backup_staging'::regnamespace and relkind = 'r' order by 1 $$;
