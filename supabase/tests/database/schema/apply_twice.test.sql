-- Every migration applies cleanly where its objects exist, and changes nothing then. Run from the project's folder, as all of these are.
begin;
\ir ../support.sql
select plan(4);

-- An operator's and a user's own doings, which stay.
update backup.settings set value = '9' where key = 'gzip_level';
select testing.backup() as backup \gset
select testing.parts(:'backup');
select backup.enqueue_job('purge', :'backup') \g /dev/null
insert into backup.restores (backup_id, mode) values (:'backup', 'merge');
insert into backup.restore_tables (restore_id, ordinal, role, schema_name, table_name) select restore_id, 1, 'chosen', 'public', 'profiles' from backup.restores;
insert into backup.restore_images (restore_id, table_ordinal, before) select restore_id, 1, '(x)' from backup.restores;
select backup.notify('restored', 'info', 'as tested') \g /dev/null
select backup.set_schedule('daily', is_enabled => true, time_of_day => '04:30', keep => 3, name => 'Nightly') \g /dev/null
update backup.installation set project_url = 'https://project.test', bound_at = '2026-01-01';
update backup.chores set last_run_at = '2026-01-01' where chore = 'inventory';

create view testing.objects as
  select 'function' as kind, oid::regprocedure::text as name, pg_get_functiondef(oid) || coalesce(proacl::text, '') as definition
  from pg_proc where pronamespace = 'backup'::regnamespace and prokind <> 'a'
  union all
  select 'table', oid::regclass::text, concat_ws(' ', relrowsecurity, relforcerowsecurity, relacl)
  from pg_class where relkind in ('r', 'v') and (relnamespace = 'backup'::regnamespace or oid in ('public.backups'::regclass, 'storage.objects'::regclass))
  union all
  select 'column', attrelid::regclass || '.' || attname, concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity, pg_get_expr(adbin, adrelid))
  from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where attnum > 0 and not attisdropped and (attrelid = 'public.backups'::regclass or attrelid in (select oid from pg_class where relnamespace = 'backup'::regnamespace and relkind = 'r'))
  union all
  select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  from pg_constraint where connamespace = 'backup'::regnamespace or conrelid = 'public.backups'::regclass
  union all
  select 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid)
  from pg_index where indrelid = 'public.backups'::regclass or indrelid in (select oid from pg_class where relnamespace = 'backup'::regnamespace)
  union all
  select 'policy', polrelid::regclass || '.' || polname, concat_ws(' ', polcmd, polpermissive, polroles, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  from pg_policy
  union all
  select 'trigger', tgrelid::regclass || '.' || tgname, concat_ws(' ', pg_get_triggerdef(oid), tgenabled)
  from pg_trigger where not tgisinternal
  union all
  select 'comment', concat_ws(' ', classoid::regclass, objoid, objsubid), description
  from pg_description where classoid in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_namespace'::regclass)
  union all
  select 'row', 'setting ' || key, concat_ws(' ', value, description) from backup.settings
  union all
  select 'row', 'rule ' || id, to_jsonb(rule)::text from backup.rules as rule
  union all
  select 'row', 'backup ' || id, to_jsonb(made)::text from public.backups as made
  union all
  select 'row', 'restore ' || restore_id, to_jsonb(made)::text from backup.restores as made
  union all
  select 'row', 'image', to_jsonb(kept)::text from backup.restore_images as kept
  union all
  select 'row', 'notification ' || notification_id, to_jsonb(told)::text from backup.notifications as told
  union all
  select 'row', 'schedule ' || frequency, to_jsonb(schedule)::text from backup.schedules as schedule
  union all
  select 'row', 'installation', to_jsonb(bound)::text from backup.installation as bound
  union all
  select 'row', 'chore ' || chore, listed::text from backup.chores as listed
  union all
  select 'row', 'counts', concat_ws(' ', (select count(*) from backup.backup_parts), (select count(*) from backup.jobs), (select count(*) from backup.audit_log), (select count(*) from public.profiles));

create table testing.once as select * from testing.objects;
select cmp_ok((select count(*) from testing.once), '>', 500::bigint, 'there is something to compare');

\set file `file=$(mktemp) && for migration in supabase/migrations/*.sql; do echo "\\i $migration"; done > "$file" && echo "$file"`
\i :file
\set removed `rm :'file'`
select pass('every migration applies once more');

set local search_path = extensions, pg_catalog;
select is_empty('select * from testing.once except select * from testing.objects',  'what was there is as it was');
select is_empty('select * from testing.objects except select * from testing.once', 'and there is nothing new');

select * from finish();
rollback;
