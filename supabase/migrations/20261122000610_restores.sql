-- Restores: what was asked for, what it would change, what it changed, and how to take it back.

create table if not exists backup.restores (
  restore_id                uuid        not null default gen_random_uuid(),
  backup_id                 uuid,
  undo_of                   uuid,
  safety_backup_id          uuid,
  created_at                timestamptz not null default clock_timestamp(),
  created_by                uuid,
  asked_by                  uuid,
  mode                      text        not null,
  requested_tables          text[],
  requested_rows            jsonb,
  with_children             boolean     not null default false,
  skip_preview              boolean     not null default false,
  accept_privilege_changes  boolean     not null default false,
  accept_cascade            boolean     not null default false,
  accept_foreign_source     boolean     not null default false,
  skip_orphans              boolean     not null default false,
  status                    text        not null default 'queued',
  phase                     text,
  staging_prefix            text,
  error                     jsonb,
  preview                   jsonb,
  result                    jsonb,
  previewed_at              timestamptz,
  applied_at                timestamptz,
  completed_at              timestamptz,
  expires_at                timestamptz,
  undo_until                timestamptz,
  constraint restores_pkey               primary key (restore_id),
  constraint restores_backup_fkey        foreign key (backup_id)        references public.backups  (id)         on delete set null,
  constraint restores_safety_backup_fkey foreign key (safety_backup_id) references public.backups  (id)         on delete set null,
  constraint restores_undo_of_fkey       foreign key (undo_of)          references backup.restores (restore_id) on delete cascade,
  constraint restores_mode_check         check (mode in ('replace', 'merge', 'undelete', 'undo')),
  constraint restores_status_check       check (
    status in ('queued', 'staging', 'previewed', 'applying', 'completed', 'failed', 'discarded', 'expired')),
  constraint restores_undo_has_origin_check     check ((mode = 'undo') = (undo_of is not null)),
  constraint restores_failed_has_error_check    check (status <> 'failed' or error is not null),
  constraint restores_previewed_expires_check   check (status <> 'previewed' or (preview is not null and expires_at is not null)),
  constraint restores_completed_is_applied_check check (
    status <> 'completed' or (applied_at is not null and completed_at is not null and result is not null)),
  constraint restores_applied_ends_well_check   check (applied_at is null or status in ('applying', 'completed')),
  constraint restores_rows_have_no_tables_check check (num_nonnulls(requested_tables, requested_rows) <= 1)
);

create index if not exists restores_created_at_idx    on backup.restores (created_at desc, restore_id desc);
create index if not exists restores_backup_idx        on backup.restores (backup_id);
create index if not exists restores_safety_backup_idx on backup.restores (safety_backup_id);

-- Two people who undo the same restore: one of them does.
create unique index if not exists restores_undone_once_idx on backup.restores (undo_of)
  where status in ('queued', 'staging', 'previewed', 'applying', 'completed');

create index if not exists restores_undo_of_idx on backup.restores (undo_of);

alter table backup.restores enable row level security;

comment on table  backup.restores                          is 'One row per restore, from its preview to its undo.';
comment on column backup.restores.restore_id               is 'The restore.';
comment on column backup.restores.backup_id                is
  'Where the rows come from; of an undo, the backup of the restore that is undone. NULL when it has been deleted since.';
comment on column backup.restores.undo_of                  is 'The restore that this one takes back.';
comment on column backup.restores.safety_backup_id         is 'The backup of the touched tables that was made before anything was touched.';
comment on column backup.restores.created_at               is 'When it was asked for.';
comment on column backup.restores.created_by               is 'Who asked (auth.users.id); NULL for a secret key.';
comment on column backup.restores.asked_by                 is 'Who asked last, and so for its being applied; NULL for a secret key.';
comment on column backup.restores.mode                     is
  'replace: become what it was; merge: insert and update, delete nothing; undelete: insert what is missing, touch nothing else; undo: take a '
  'restore back.';
comment on column backup.restores.requested_tables         is
  'The tables asked for, as schema.table; NULL means all of the backup, unless rows were chosen.';
comment on column backup.restores.requested_rows           is
  'The rows asked for, as {"schema.table": [[key value, …], …]}, values as text in the order of the key.';
comment on column backup.restores.with_children            is
  'With chosen rows: also everything that refers to them, recursively, as it was in the backup.';
comment on column backup.restores.skip_preview             is 'Apply as soon as it is staged and compared, with nobody looking.';
comment on column backup.restores.accept_privilege_changes is 'Somebody gains or loses administrator rights by it, and that is wanted.';
comment on column backup.restores.accept_cascade           is
  'Rows of tables that were not chosen may be deleted or unlinked, as their foreign keys say.';
comment on column backup.restores.accept_foreign_source    is 'The archive may come from another database cluster.';
comment on column backup.restores.skip_orphans             is 'Rows whose parent is not there, and what depends on them, are left out.';
comment on column backup.restores.status                   is 'queued, staging, previewed, applying, completed, failed, discarded, expired.';
comment on column backup.restores.phase                    is 'What is being done: staging, comparing, safety_backup, applying, reviewing.';
comment on column backup.restores.staging_prefix           is 'How the names of its tables in backup_staging begin.';
comment on column backup.restores.error                    is 'Why it failed: {code, message, hint, details}.';
comment on column backup.restores.preview                  is 'What it would change; see backup.preview_restore().';
comment on column backup.restores.result                   is 'What it changed, and what the rules say since.';
comment on column backup.restores.previewed_at             is 'When the preview was ready.';
comment on column backup.restores.applied_at               is 'When the one transaction that changed the data ended it; set by that transaction.';
comment on column backup.restores.completed_at             is 'When the rules had been run again and all was said.';
comment on column backup.restores.expires_at               is 'When an unused preview and its staged rows are dropped.';
comment on column backup.restores.undo_until               is 'Until when it can be undone.';


-- tables of a restore ----------------------------------------------------------------------------------------------------------

create table if not exists backup.restore_tables (
  restore_id      uuid    not null,
  ordinal         integer not null,
  backup_ordinal  integer,
  role            text    not null,
  relation        oid,
  schema_name     text    not null,
  table_name      text    not null,
  staged          text,
  changes         text,
  columns         jsonb   not null default '[]',
  shared_columns  text[]  not null default '{}',
  kept_columns    text[]  not null default '{}',
  key             text[],
  satisfied       text[]  not null default '{}',
  fingerprint     text,
  is_unchanged    boolean not null default false,
  is_text         boolean not null default false,
  is_blocked      boolean not null default false,
  seen_snapshot   jsonb,
  backup_rows     bigint,
  live_rows       bigint,
  drift           jsonb   not null default '[]',
  insert_count    bigint  not null default 0,
  update_count    bigint  not null default 0,
  delete_count    bigint  not null default 0,
  kept_count      bigint  not null default 0,
  is_written      boolean not null generated always as (insert_count + update_count > 0) stored,
  is_touched      boolean not null generated always as (insert_count + update_count + delete_count > 0) stored,
  written_xid     text,
  written_rows    bigint,
  constraint restore_tables_pkey         primary key (restore_id, ordinal),
  constraint restore_tables_name_key     unique (restore_id, schema_name, table_name),
  constraint restore_tables_restore_fkey foreign key (restore_id) references backup.restores (restore_id) on delete cascade,
  constraint restore_tables_role_check   check (role in ('chosen', 'related', 'cascaded'))
);

alter table backup.restore_tables enable row level security;

comment on table  backup.restore_tables                is 'The tables that a restore looks at.';
comment on column backup.restore_tables.restore_id     is 'The restore.';
comment on column backup.restore_tables.ordinal        is 'Number within the restore, from 1.';
comment on column backup.restore_tables.backup_ordinal is
  'The table''s number in the backup; NULL for a table that rows cascade into, and in an undo.';
comment on column backup.restore_tables.role           is
  'chosen; related: looked at because chosen rows may refer to its rows or the other way round; cascaded: not chosen, but rows of it lose their '
  'parent.';
comment on column backup.restore_tables.relation       is 'The live table; NULL when it is gone.';
comment on column backup.restore_tables.schema_name    is 'Schema, not quoted.';
comment on column backup.restore_tables.table_name     is 'Table, not quoted.';
comment on column backup.restore_tables.staged         is
  'FROM item of the backup''s rows: a table of backup_staging, or the live table when it has not changed; NULL where there are none.';
comment on column backup.restore_tables.changes        is
  'FROM item of the list of changes (see backup.find_changes()); NULL where there can be none.';
comment on column backup.restore_tables.columns        is
  'The staged columns in the order of the archive: [{name, type, archived_type, collation, status: same | convert | gone}].';
comment on column backup.restore_tables.shared_columns is 'Columns that backup and live table both have: those that are compared and written.';
comment on column backup.restore_tables.kept_columns   is 'Live columns that the backup does not have: they keep their value on rows that exist.';
comment on column backup.restore_tables.key            is 'Columns by which rows are matched; NULL: rows are compared as a multiset.';
comment on column backup.restore_tables.satisfied      is 'Definitions of constraints that all rows of the backup satisfied.';
comment on column backup.restore_tables.fingerprint    is 'Fingerprint of the live definition when it was staged.';
comment on column backup.restore_tables.is_unchanged   is 'Proved to be what it was at the backup, without reading the archive.';
comment on column backup.restore_tables.is_text        is 'All columns are staged as text, since a value did not fit its type.';
comment on column backup.restore_tables.is_blocked     is 'Cannot be compared: its drift says why.';
comment on column backup.restore_tables.seen_snapshot  is
  'Snapshot at which the live table was compared; its later changes are recognised by it. After the restore: the snapshot at which its rows were '
  'written.';
comment on column backup.restore_tables.backup_rows    is 'Rows in the backup.';
comment on column backup.restore_tables.live_rows      is 'Live rows when it was compared.';
comment on column backup.restore_tables.drift          is
  'How the live definition differs from the backup''s: [{kind, column, message, is_blocking, sample}].';
comment on column backup.restore_tables.insert_count   is 'Rows to insert.';
comment on column backup.restore_tables.update_count   is 'Rows to make what they were.';
comment on column backup.restore_tables.delete_count   is 'Rows to delete.';
comment on column backup.restore_tables.is_written     is 'Whether any row is inserted or updated.';
comment on column backup.restore_tables.is_touched     is 'Whether anything is changed at all.';
comment on column backup.restore_tables.written_xid    is
  'Transaction that wrote the rows, where they were too many to keep a digest of each: they carry its number until they are changed.';
comment on column backup.restore_tables.written_rows   is 'How many it wrote, in that case.';
comment on column backup.restore_tables.kept_count     is 'Rows that differ from the backup and that the mode leaves alone.';

create or replace function backup.restore_table(restore_id uuid, ordinal integer)
returns backup.restore_tables
language sql stable
set search_path = ''
as $$
  select listed from backup.restore_tables as listed
  where listed.restore_id = restore_table.restore_id and listed.ordinal = restore_table.ordinal;
$$;

comment on function backup.restore_table(uuid, integer) is 'One table of a restore, by its number; NULLs where there is none.';

create or replace function backup.restore_table(restore_id uuid, relation oid)
returns backup.restore_tables
language sql stable
set search_path = ''
as $$
  select listed from backup.restore_tables as listed
  where listed.restore_id = restore_table.restore_id and listed.relation = restore_table.relation;
$$;

comment on function backup.restore_table(uuid, oid) is 'One table of a restore, by the live table; NULLs where it is not part of it.';

create or replace function backup.label(looked_at backup.restore_tables)
returns text
language sql immutable
set search_path = ''
as $$
  select looked_at.schema_name || '.' || looked_at.table_name;
$$;

comment on function backup.label(backup.restore_tables) is 'A table''s name as the API shows it: schema.table, not quoted.';


-- parts of the archive that are staged -----------------------------------------------------------------------------------------

create table if not exists backup.restore_parts (
  restore_id    uuid    not null,
  ordinal       integer not null,
  table_ordinal integer not null,
  staged_at     timestamptz,
  constraint restore_parts_pkey       primary key (restore_id, ordinal),
  constraint restore_parts_table_fkey foreign key (restore_id, table_ordinal) references backup.restore_tables (restore_id, ordinal) on delete cascade
);

create index if not exists restore_parts_table_idx on backup.restore_parts (restore_id, table_ordinal);

alter table backup.restore_parts enable row level security;

comment on table  backup.restore_parts               is 'The parts of the archive that a restore fetches.';
comment on column backup.restore_parts.restore_id    is 'The restore.';
comment on column backup.restore_parts.ordinal       is 'The part''s number in the backup.';
comment on column backup.restore_parts.table_ordinal is 'The table''s number in the restore.';
comment on column backup.restore_parts.staged_at     is 'When its rows were proved and staged; NULL until then.';


-- images for undo --------------------------------------------------------------------------------------------------------------

create table if not exists backup.restore_images (
  restore_id    uuid    not null,
  table_ordinal integer not null,
  key           text,
  before        text,
  after_md5     uuid,
  constraint restore_images_table_fkey foreign key (restore_id, table_ordinal)
    references backup.restore_tables (restore_id, ordinal) on delete cascade,
  constraint restore_images_one_side_check check (num_nonnulls(before, after_md5) = 1)
);

create index if not exists restore_images_restore_idx on backup.restore_images (restore_id, table_ordinal);

alter table backup.restore_images enable row level security;

comment on table  backup.restore_images               is
  'What undo needs: each row as it was before the restore, and, unless there are too many (restore_tables.written_xid), a digest of each row as '
  'the restore left it.';
comment on column backup.restore_images.restore_id    is 'The restore.';
comment on column backup.restore_images.table_ordinal is 'The table''s number in the restore.';
comment on column backup.restore_images.key           is 'The key of the row, in the text form of a record; NULL in a table without a key.';
comment on column backup.restore_images.before        is
  'The row as it was, in the text form of a record of restore_tables.columns; NULL in an entry about the row as it became.';
comment on column backup.restore_images.after_md5     is
  'md5 of the same text form of the row as the restore left it; NULL in an entry about the row as it was.';
