-- A project that ran the plan's own SQL has public.backups already: its rows are kept, its policies, rights and narrower rules are not.
begin;
\ir ../support.sql
select plan(20);

drop function backup.backup_json(public.backups), backup.find_backup(uuid), backup.find_completed(uuid);
drop table public.backups cascade;
create table public.backups (
  id                 uuid primary key default gen_random_uuid(),
  created_at         timestamptz default now(),
  created_by         uuid not null references public.profiles (id),
  filename           text not null,
  file_size          bigint not null,
  tables             text[] not null,
  record_counts      jsonb not null default '{}',
  status             text not null default 'processing' constraint backups_status_check check (status in ('processing', 'completed', 'failed')),
  validation_results jsonb,
  notes              text
);
select testing.person('{admin}') as admin \gset
select testing.person('{alumni}') as member \gset
insert into public.backups (id, created_by, filename, file_size, tables, status, notes) values
  ('b0b0b0b0-0000-4000-8000-000000000001', :'admin', 'old.json', 10, '{profiles}', 'completed',  'kept'),
  ('b0b0b0b0-0000-4000-8000-000000000002', :'admin', 'old.json', 10, '{profiles}', 'processing', 'never ended'),
  ('b0b0b0b0-0000-4000-8000-000000000003', :'admin', 'old.json', 10, '{profiles}', 'processing', 'nor did this');
alter table public.backups enable row level security;
create policy "Admins can do everything" on public.backups for all using (true) with check (true);
create policy "Anyone can read" on public.backups for select using (true);
grant all on public.backups to anon, authenticated, public;

\ir ../../../migrations/20261122000600_catalogue.sql
\ir ../../../migrations/20261122001200_backup_request.sql
\ir ../../../migrations/20261122001300_downloads.sql
\ir ../../../migrations/20261122001400_listing.sql

select set_eq(
  'select polname::text from pg_policy where polrelid = ''public.backups''::regclass', '{backups_select_admins}'::text[],
  'our policy is the only one'
);
select is((select count(*) from public.backups), 3::bigint, 'the rows are kept');
select results_eq(
  $$ select status, notes, file_size, kind from public.backups where id = 'b0b0b0b0-0000-4000-8000-000000000001' $$,
  $$ values ('completed', 'kept', 10::bigint, 'manual') $$,
  'as they were'
);
select results_eq(
  $$ select distinct status, error ->> 'code' from public.backups where notes <> 'kept' $$,
  $$ values ('failed', 'internal') $$,
  'but those that nobody works on any more have failed, and say so'
);
select col_default_is('public', 'backups', 'status', 'queued', 'a new backup is queued');

-- nobody but an admin reads, nobody writes
select testing.sign_in(:'member'::uuid);
set local role authenticated;
select is_empty('select id from public.backups', 'a member sees none of them');
select throws_ok('update public.backups set notes = ''forged''', '42501', null, 'and changes none');
reset role;
set local role anon;
select throws_ok('select id from public.backups', '42501', null, 'anon may not even ask');
reset role;
select testing.sign_in(:'admin'::uuid);
set local role authenticated;
select is((select count(*) from public.backups), 3::bigint, 'an admin sees them');
select throws_ok('delete from public.backups', '42501', null, 'and deletes none');
reset role;

-- and the system works on it
select is(jsonb_array_length(backup.list_backups() -> 'backups'), 3, 'old rows are listed');
select throws_ok(
  $$ select backup.open_download('b0b0b0b0-0000-4000-8000-000000000001') $$, 'BK410', null,
  'an old row says completed, but there is no archive of ours to download'
);
select throws_ok(
  $$ select backup.get_parts('b0b0b0b0-0000-4000-8000-000000000001') $$, 'BK410', null, 'nor parts of it'
);
select is(backup.request_backup() ->> 'status', 'queued', 'a backup can be asked for');
select testing.use_secret_key();
select throws_ok('select backup.request_backup()', 'BK409', null, 'one at a time, here too');
update public.backups set status = 'failed', error = '{"code": "internal"}' where status = 'queued';
select is(backup.request_backup() ->> 'created_by', null, 'a secret key can ask for one, who is nobody');
select is(
  backup.request_deletion('b0b0b0b0-0000-4000-8000-000000000001') ->> 'status', 'deleting', 'old rows can be deleted'
);

-- applied once more, while a backup waits
\ir ../../../migrations/20261122000600_catalogue.sql
select is((select count(*) from public.backups where status = 'queued'), 1::bigint, 'applied again, the migration touches no backup of ours');
select has_check('public', 'backups', 'our own rules stay');
select is(
  (select count(*) from pg_constraint where conrelid = 'public.backups'::regclass and contype = 'c'), 6::bigint, 'each of them once'
);

select * from finish();
rollback;
