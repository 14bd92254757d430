-- Catalogue: what backups there are, which tables each holds, and the parts that its bytes lie in.
--
-- public.backups is the one table that outsiders see, and they only read it: rows are written by functions of schema backup alone,
-- so nobody can forge one. A project that ran the plan's own SQL has this table already; it is completed here, its rows are kept.

create table if not exists public.backups (
  id                 uuid        not null default gen_random_uuid(),
  created_at         timestamptz not null default now(),
  created_by         uuid,
  filename           text,
  file_size          bigint,
  tables             text[],
  record_counts      jsonb,
  status             text        not null default 'queued',
  validation_results jsonb,
  notes              text,
  constraint backups_pkey primary key (id)
);

do $$
declare
  -- None of our columns yet: just made, and then there is nothing to do, or of the plan's own SQL.
  is_adopted constant boolean := not exists (
    select from pg_catalog.pg_attribute where attrelid = 'public.backups'::pg_catalog.regclass and attname = 'kind' and not attisdropped);
  named      record;
begin
  alter table public.backups
    add column if not exists kind                text        not null default 'manual',
    add column if not exists phase               text,
    add column if not exists progress            jsonb       not null default '{}',
    add column if not exists started_at          timestamptz,
    add column if not exists completed_at        timestamptz,
    add column if not exists error               jsonb,
    add column if not exists requested_tables    text[],
    add column if not exists override_validation boolean     not null default false,
    add column if not exists override_reason     text,
    add column if not exists is_pinned           boolean     not null default false,
    add column if not exists verified_at         timestamptz,
    add column if not exists verification        jsonb,
    add column if not exists format              integer,
    add column if not exists snapshot            jsonb,
    add column if not exists row_count           bigint,
    add column if not exists raw_size            bigint,
    add column if not exists clear_size          bigint,
    add column if not exists part_count          integer,
    add column if not exists manifest_sha256     text,
    add column if not exists imported_at         timestamptz;

  -- Policies of the plan's own SQL are OR-ed with ours: one that lets people write would undo the whole design.
  for named in select policyname from pg_catalog.pg_policies where schemaname = 'public' and tablename = 'backups' loop
    execute format('drop policy %I on public.backups', named.policyname);
  end loop;

  if is_adopted then
    -- The plan's statuses are fewer, and it may ask for values that a backup has only when it is complete.
    for named in
      select present.conname from pg_catalog.pg_constraint as present
      where present.conrelid = 'public.backups'::pg_catalog.regclass and present.contype = 'c'
    loop
      execute format('alter table public.backups drop constraint %I', named.conname);
    end loop;
    alter table public.backups
      alter column id          set default gen_random_uuid(),
      alter column created_at  set default now(),
      alter column status      set default 'queued',
      alter column created_by         drop not null,
      alter column file_size          drop not null,
      alter column record_counts      drop not null,
      alter column validation_results drop not null,
      alter column notes              drop not null;
    -- Nobody works on these any more, and one that runs keeps every other from starting.
    update public.backups
    set status = 'failed', error = '{"code": "internal", "message": "It was under way when the backup system was installed, and nothing came of it."}'
    where status in ('queued', 'processing');
  end if;

  -- NOT VALID: rows that were there before us may have other states; new ones may not.
  for named in
    select * from (values
      ('backups_kind_check',                   $c$ kind in ('manual', 'daily', 'weekly', 'safety', 'imported') $c$),
      ('backups_state_check',                  $c$ status in ('queued', 'processing', 'completed', 'failed', 'blocked', 'deleting') $c$),
      ('backups_completed_is_whole_check',     $c$ status <> 'completed' or (completed_at is not null and manifest_sha256 is not null and file_size is not null) $c$),
      ('backups_failed_has_error_check',       $c$ status <> 'failed' or error is not null $c$),
      ('backups_blocked_has_report_check',     $c$ status <> 'blocked' or validation_results is not null $c$),
      ('backups_override_has_reason_check',    $c$ not override_validation or coalesce(btrim(override_reason), '') <> '' $c$)
    ) as wanted (conname, condition)
    where not exists (
      select from pg_catalog.pg_constraint as present
      where present.conrelid = 'public.backups'::pg_catalog.regclass and present.conname = wanted.conname
    )
  loop
    execute format('alter table public.backups add constraint %I check (%s) not valid', named.conname, named.condition);
  end loop;
end;
$$;

create index if not exists backups_created_at_idx on public.backups (created_at desc, id desc);

-- One backup at a time; a safety backup belongs to its restore and may run beside.
create unique index if not exists backups_one_at_a_time_idx on public.backups ((true))
  where status in ('queued', 'processing') and kind in ('manual', 'daily', 'weekly');

alter table public.backups enable row level security;
revoke all on public.backups from public, anon, authenticated, service_role;
grant select on public.backups to authenticated, service_role;

create policy backups_select_admins on public.backups
  for select to authenticated
  using ((select backup.is_admin()));

comment on table  public.backups                     is 'One row per backup. Administrators may read it; only functions of schema backup write it.';
comment on column public.backups.id                  is 'Also the folder of the archive in the bucket.';
comment on column public.backups.created_at          is 'When it was asked for.';
comment on column public.backups.created_by          is 'Who asked for it (auth.users.id); NULL for a schedule or a secret key.';
comment on column public.backups.filename            is 'Name that a download gets.';
comment on column public.backups.file_size           is 'Bytes stored in the bucket: all encrypted parts.';
comment on column public.backups.tables              is 'Tables in it, as schema.table.';
comment on column public.backups.record_counts       is 'Rows per table, as {"schema.table": n}.';
comment on column public.backups.status              is 'queued, processing, completed, failed, blocked (validation found errors), deleting.';
comment on column public.backups.validation_results  is 'The validation report of exactly the data that is in the archive.';
comment on column public.backups.notes               is 'What the person who made it wrote down.';
comment on column public.backups.kind                is 'manual, daily, weekly, safety (made before a restore), imported.';
comment on column public.backups.phase               is 'What is being done now: validating, copying, finishing.';
comment on column public.backups.progress            is '{percent, tables_done, tables_total, parts_done, parts_total, rows, raw_bytes, stored_bytes, estimated_bytes, estimated_done}.';
comment on column public.backups.started_at          is 'When a worker began the attempt that counts.';
comment on column public.backups.completed_at        is 'When the manifest was stored and the archive existed.';
comment on column public.backups.error               is 'Why it failed: {code, message, hint, details}.';
comment on column public.backups.requested_tables    is 'The choice that was asked for; NULL means every table.';
comment on column public.backups.override_validation is 'Whether it may go on in spite of validation errors.';
comment on column public.backups.override_reason     is 'Why, in the words of the person who said so.';
comment on column public.backups.is_pinned           is 'Never deleted while true.';
comment on column public.backups.verified_at         is 'When a restore drill last proved it; NULL again once one has found a difference.';
comment on column public.backups.verification        is 'What the last drill found, passed or not; see backup.complete_drill().';
comment on column public.backups.format              is 'Version of the archive format.';
comment on column public.backups.snapshot            is 'Identity of the snapshot: {system_identifier, timeline, database, server_version, xmin, xmax, in_progress, lsn, taken_at}, and sequences: where each stood.';
comment on column public.backups.row_count           is 'Rows in all tables.';
comment on column public.backups.raw_size            is 'Bytes of COPY text before compression.';
comment on column public.backups.clear_size          is 'Bytes of the decrypted .sql.gz: the size of a download.';
comment on column public.backups.part_count          is 'Objects in the archive, without the manifest.';
comment on column public.backups.manifest_sha256     is 'sha256 of manifest.json as stored.';
comment on column public.backups.imported_at         is 'When a rescan found it in the bucket; NULL for what was made here.';

do $$
begin
  -- So that the frontend sees progress without polling, where the project has Realtime.
  if exists (select from pg_catalog.pg_publication where pubname = 'supabase_realtime' and not puballtables)
     and not exists (select from pg_catalog.pg_publication_tables
                     where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'backups') then
    alter publication supabase_realtime add table public.backups;
  end if;
end;
$$;


-- tables of a backup -----------------------------------------------------------------------------------------------------------

create table if not exists backup.backup_tables (
  backup_id    uuid    not null,
  ordinal      integer not null,
  schema_name  text    not null,
  table_name   text    not null,
  definition   jsonb   not null,
  fingerprint  text    not null,
  row_count    bigint  not null default 0,
  raw_bytes    bigint  not null default 0,
  stored_bytes bigint  not null default 0,
  constraint backup_tables_pkey        primary key (backup_id, ordinal),
  constraint backup_tables_name_key    unique (backup_id, schema_name, table_name),
  constraint backup_tables_backup_fkey foreign key (backup_id) references public.backups (id) on delete cascade
);

alter table backup.backup_tables enable row level security;

comment on table  backup.backup_tables              is 'The tables of each backup, as they were in its snapshot.';
comment on column backup.backup_tables.backup_id    is 'The backup.';
comment on column backup.backup_tables.ordinal      is 'Order within the archive, from 1.';
comment on column backup.backup_tables.schema_name  is 'Schema, as it is (not quoted).';
comment on column backup.backup_tables.table_name   is 'Table, as it is (not quoted).';
comment on column backup.backup_tables.definition   is '{columns, key, foreign_keys, sequences}: what a later restore must know of it.';
comment on column backup.backup_tables.fingerprint  is 'sha256 of columns and key: equal when the schema is.';
comment on column backup.backup_tables.row_count    is 'Rows in the archive.';
comment on column backup.backup_tables.raw_bytes    is 'Bytes of COPY text.';
comment on column backup.backup_tables.stored_bytes is 'Bytes in the bucket.';


-- parts ------------------------------------------------------------------------------------------------------------------------

create table if not exists backup.backup_parts (
  backup_id     uuid        not null,
  ordinal       integer     not null,
  table_ordinal integer,
  name          text        not null,
  object_path   text        not null,
  slice         jsonb       not null,
  copy_query    text,
  prefix        text        not null,
  suffix        text        not null,
  estimated_bytes bigint    not null default 0,
  row_count     bigint,
  raw_bytes     bigint,
  clear_bytes   bigint,
  stored_bytes  bigint,
  raw_sha256    text,
  stored_sha256 text,
  stored_at     timestamptz,
  constraint backup_parts_pkey            primary key (backup_id, ordinal),
  constraint backup_parts_table_fkey      foreign key (backup_id, table_ordinal) references backup.backup_tables (backup_id, ordinal) on delete cascade,
  constraint backup_parts_backup_fkey     foreign key (backup_id) references public.backups (id) on delete cascade,
  constraint backup_parts_stored_is_whole_check check (
    num_nulls(stored_at, row_count, raw_bytes, clear_bytes, stored_bytes, raw_sha256, stored_sha256) in (0, 7)
  )
);

create index if not exists backup_parts_table_idx on backup.backup_parts (backup_id, table_ordinal);

alter table backup.backup_parts enable row level security;

comment on table  backup.backup_parts               is 'The parts of each archive: first the plan, then, once stored, sizes and hashes.';
comment on column backup.backup_parts.backup_id     is 'The backup whose archive needs the part.';
comment on column backup.backup_parts.ordinal       is 'Order in the script, from 0: joined in this order the parts are one gzip stream.';
comment on column backup.backup_parts.table_ordinal is 'The table; NULL for the parts that open and close the script.';
comment on column backup.backup_parts.name          is 'File name of the part.';
comment on column backup.backup_parts.object_path   is 'Where it lies in the bucket. A reader follows this, never the name: it may lie in an earlier archive.';
comment on column backup.backup_parts.slice         is 'What it holds: {kind: script | rows, source, from, to}; the rows of heap source from position (block,offset) on, up to but not including to; null for open-ended.';
comment on column backup.backup_parts.copy_query    is 'The COPY … TO STDOUT statement that yields its rows; NULL for a part without rows.';
comment on column backup.backup_parts.prefix        is 'Script text before the rows.';
comment on column backup.backup_parts.suffix        is 'Script text after the rows.';
comment on column backup.backup_parts.estimated_bytes is 'Guess of the raw bytes, for progress.';
comment on column backup.backup_parts.row_count     is 'Rows, counted from the COPY.';
comment on column backup.backup_parts.raw_bytes     is 'Bytes of its COPY rows, without prefix and suffix.';
comment on column backup.backup_parts.clear_bytes   is 'Bytes after gzip, before encryption.';
comment on column backup.backup_parts.stored_bytes  is 'Bytes of the object in the bucket.';
comment on column backup.backup_parts.raw_sha256    is 'sha256 of its COPY rows: the same rows copied out again give the same.';
comment on column backup.backup_parts.stored_sha256 is 'sha256 of the object in the bucket.';
comment on column backup.backup_parts.stored_at     is 'When it was stored; NULL until then.';
