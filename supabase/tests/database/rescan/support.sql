-- What the tests of rescans share. Included at the top with \ir support.sql, in place of ../support.sql.
\ir ../drills/support.sql

-- A rescan that a worker has begun.
create function testing.begun_rescan(imports boolean default true)
returns uuid
language plpgsql
as $$
declare
  job constant uuid := backup.enqueue_rescan(imports);
begin
  update backup.jobs set run_after = clock_timestamp() + interval '1 hour' where status = 'queued' and kind = 'purge';
  if testing.claim_work() ->> 'job_id' <> job::text then
    raise exception 'the next job is not the rescan';
  end if;
  return job;
end;
$$;

-- All that a bucket holds of a backup, as its catalogue says.
create function testing.objects_of(backup_id uuid)
returns jsonb
language sql
as $$
  select coalesce(jsonb_agg(jsonb_build_object('path', object_path, 'size', stored_bytes) order by object_path), '[]') || jsonb_build_object('path', objects_of.backup_id || '/manifest.json', 'size', 1000)
  from backup.backup_parts as part where part.backup_id = objects_of.backup_id;
$$;
