-- What the tests of restores share. Included at the top of a test with \ir support.sql, in place of ../support.sql.
--
-- A test is one transaction, and much of what a restore knows it knows from transaction ids. A subtransaction that writes has an id of its own, though: so
-- what was there before a backup, and what is done to it afterwards, is done in subtransactions (testing.did(), or between SAVEPOINT and RELEASE), and the
-- restore itself outside of any.
\ir ../support.sql

-- Does something in a subtransaction, as if somebody else had done it before now.
create function testing.did(statement text)
returns void
language plpgsql
as $$
begin
  execute statement;
exception when sqlstate 'TT000' then
  -- never raised: it is the clause that makes a subtransaction
  null;
end;
$$;

-- The present, as a backup keeps it: what has been done up to now is older, what will be done in subtransactions is newer.
create function testing.snapshot()
returns jsonb
language plpgsql
as $$
declare
  moment text;
begin
  begin
    -- takes an id and gives it up, so that every later one is greater
    insert into testing.before values (0);
    moment := (select max(before.xmin::text::bigint) from testing.before where audit_log_id = 0 and before.xmin <> pg_current_xact_id()::xid)::text;
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  -- the epoch is the transaction's own
  moment := ((pg_current_xact_id()::text::bigint >> 32 << 32) + moment::bigint)::text;
  return backup.current_snapshot() || jsonb_build_object('xmin', moment, 'xmax', moment, 'in_progress', '[]'::jsonb, 'sequences', '[]'::jsonb);
end;
$$;

-- A completed backup of these tables as they are now, made by SQL: catalogue, and the rows in testing.copy_<table's number>_<backup>.
create function testing.backup_of(variadic chosen text[])
returns uuid
language plpgsql
as $$
declare
  made     uuid;
  covered  record;
  counted  bigint;
  now_seen jsonb := testing.snapshot();
begin
  made := testing.backup();
  for covered in select * from backup.select_tables(chosen) loop
    execute format('create table testing.%I as select * from %s', 'copy_' || covered.ordinal || '_' || made, backup.scan_source(covered.relation));
    get diagnostics counted = row_count;
    insert into backup.backup_tables (backup_id, ordinal, schema_name, table_name, definition, fingerprint, row_count, raw_bytes, stored_bytes)
    select made, covered.ordinal, covered.schema_name, covered.table_name, definition, backup.fingerprint(definition), counted, counted * 10, 100
    from backup.relation_definition(covered.relation) as definition;
    insert into backup.backup_parts (backup_id, ordinal, table_ordinal, name, object_path, slice, prefix, suffix,
      row_count, raw_bytes, clear_bytes, stored_bytes, raw_sha256, stored_sha256, stored_at)
    select made, covered.ordinal, covered.ordinal, part.name, made || '/' || part.name, '{"kind": "rows"}', 'copy', '', counted, counted * 10, counted * 10, 100, repeat('c', 64), repeat('d', 64), now()
    from (select format('%s-%s.sql.gz.age', to_char(covered.ordinal, 'FM00000'), covered.table_name)) as part (name);
  end loop;
  update public.backups
  set tables = array(select schema_name || '.' || table_name from backup.backup_tables where backup_id = made order by ordinal),
      snapshot = now_seen || jsonb_build_object('sequences', (select coalesce(jsonb_agg(to_jsonb(state) order by state.name), '[]') from backup.sequence_states(chosen) as state))
  where id = made;
  return made;
end;
$$;

-- The job of a restore, claimed by "worker".
create function testing.claim(restore_id uuid, kind text)
returns uuid
language plpgsql
as $$
declare
  claimed jsonb := testing.claim_work();
begin
  if claimed ->> 'restore_id' is distinct from claim.restore_id::text or claimed ->> 'kind' is distinct from claim.kind then
    raise exception 'the next job is not % of %, but %', kind, restore_id, claimed;
  end if;
  return (claimed ->> 'job_id')::uuid;
end;
$$;

-- What a worker does with the parts: here the rows come from the copies.
create function testing.fill_staging(job_id uuid)
returns void
language plpgsql
as $$
declare
  part   record;
  column_names text;
begin
  for part in
    select fetched.ordinal as part_ordinal, listed.*, target.backup_id
    from backup.jobs as job
    join backup.restores       as target  on target.restore_id  = job.restore_id
    join backup.restore_parts  as fetched on fetched.restore_id = job.restore_id and fetched.staged_at is null
    join backup.restore_tables as listed  on listed.restore_id  = job.restore_id and listed.ordinal = fetched.table_ordinal
    where job.job_id = fill_staging.job_id
    order by fetched.ordinal
  loop
    -- A test may have added parts that hold nothing.
    if exists (select from backup.backup_parts as held where held.backup_id = part.backup_id and held.ordinal = part.part_ordinal and held.row_count = part.backup_rows) then
      select string_agg(quote_ident(staged.value ->> 'name'), ', ' order by staged.position) into column_names
      from jsonb_array_elements(part.columns) with ordinality as staged (value, position);
      execute format('insert into %s %s select %s from testing.%I', part.staged, '(' || column_names || ')', coalesce(column_names, ''), 'copy_' || part.backup_ordinal || '_' || part.backup_id);
    end if;
    perform backup.record_staged_part(fill_staging.job_id, 'worker', part.part_ordinal);
  end loop;
end;
$$;

-- A restore that is staged and compared. The arguments are those of backup.request_restore(), after the backup.
create function testing.preview(restore_id uuid)
returns jsonb
language plpgsql
as $$
declare
  job uuid := testing.claim(restore_id, 'stage');
begin
  perform backup.begin_staging(job, 'worker');
  perform testing.fill_staging(job);
  perform backup.compare_restore(job, 'worker');
  return (select preview from backup.restores as target where target.restore_id = preview.restore_id);
end;
$$;

-- A restore in some state, as if it had come so far at some time.
create function testing.restore(
  status     text        default 'previewed',
  backup_id  uuid        default null,
  mode       text        default 'replace',
  created_at timestamptz default clock_timestamp(),
  created_by uuid        default null,
  undo_of    uuid        default null
)
returns uuid
language sql
as $$
  insert into backup.restores (backup_id, created_by, mode, status, created_at, undo_of, preview, error, previewed_at, expires_at, applied_at, completed_at, undo_until, result)
  select coalesce(backup_id, testing.backup()), created_by, mode, status, created_at, undo_of,
    case when status not in ('queued', 'staging') then '{"totals": {"insert": 1}, "tables": [{"table": "public.profiles"}], "needs": [], "blocking": []}'::jsonb end,
    case when status = 'failed' then '{"code": "internal", "message": "as tested"}'::jsonb end,
    case when status not in ('queued', 'staging') then created_at end,
    case when status = 'previewed' then clock_timestamp() + interval '1 day' end,
    case when status = 'completed' then created_at end, case when status = 'completed' then created_at end, case when status = 'completed' then clock_timestamp() + interval '30 days' end,
    case when status = 'completed' then '{"tables": [], "totals": {"inserted": 0, "updated": 0, "deleted": 0}}'::jsonb end
  returning restore_id;
$$;

-- One table of a preview.
create function testing.table_of(preview jsonb, label text)
returns jsonb
language sql
as $$
  select entry from jsonb_array_elements(preview -> 'tables') as entry where entry ->> 'table' = label;
$$;

-- Its four numbers.
create function testing.counts(preview jsonb, label text)
returns integer[]
language sql
as $$
  select array[entry -> 'insert', entry -> 'update', entry -> 'delete', entry -> 'kept']::text[]::integer[] from testing.table_of(preview, label) as entry;
$$;

-- What a statement makes of a question, undone afterwards: the answer to the question as JSON.
create function testing.after(statement text, question text)
returns jsonb
language plpgsql
as $$
declare
  answer jsonb;
begin
  begin
    execute statement;
    execute format('select to_jsonb(answer) from (select (%s)) as one (answer)', question) into answer;
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return answer;
end;
$$;

-- A restore that has been asked to apply, brought to its end: safety backup, apply, conclude.
create function testing.finish_safety(restore_id uuid)
returns void
language plpgsql
as $$
declare
  safety uuid := (select safety_backup_id from backup.restores as target where target.restore_id = finish_safety.restore_id);
  job    jsonb;
begin
  if safety is null then
    return;
  end if;
  job := testing.claim_work();
  if job ->> 'backup_id' is distinct from safety::text then
    raise exception 'the next job is not the safety backup, but %', job;
  end if;
  perform testing.parts(safety);
  perform backup.complete_backup((job ->> 'job_id')::uuid, 'worker', repeat('0', 64));
end;
$$;

create function testing.apply(restore_id uuid)
returns jsonb
language plpgsql
as $$
declare
  job uuid;
begin
  perform testing.finish_safety(restore_id);
  job := testing.claim(restore_id, 'apply');
  perform backup.apply_restore(job, 'worker');
  perform backup.conclude_restore(job, 'worker');
  return (select result from backup.restores as target where target.restore_id = apply.restore_id);
end;
$$;
