-- Nobody but the owner can use the private schemas; public.backups can be read, and that is all.
begin;
\ir ../support.sql
select plan(18);

create view testing.grants as
  select role.name as role_name, pg_proc.oid::regprocedure::text as function_name
  from pg_proc
  cross join unnest('{anon,authenticated,service_role}'::text[]) as role (name)
  where pronamespace = 'backup'::regnamespace and has_function_privilege(role.name, pg_proc.oid, 'execute');

select results_eq(
  'select * from testing.grants',
  $$ values ('authenticated', 'backup.is_admin()') $$,
  'authenticated may execute is_admin(), which the policy of public.backups calls; nobody anything else'
);
select is_empty(
  $$
    select oid::regprocedure from pg_proc
    cross join lateral aclexplode(coalesce(proacl, acldefault('f', proowner))) as item
    where pronamespace = 'backup'::regnamespace and item.grantee = 0
  $$,
  'PUBLIC may execute no function'
);
select is_empty(
  $$
    select role.name, nspname from pg_namespace
    cross join unnest('{anon,authenticated,service_role}'::text[]) as role (name)
    where nspname in ('backup', 'backup_staging') and has_schema_privilege(role.name, pg_namespace.oid, 'usage, create')
  $$,
  'nobody may look into the private schemas'
);
select is_empty(
  $$
    select role.name, relname from pg_class
    cross join unnest('{anon,authenticated,service_role}'::text[]) as role (name)
    where relnamespace = 'backup'::regnamespace and relkind = 'r'
      and has_table_privilege(role.name, pg_class.oid, 'select, insert, update, delete, truncate, references, trigger')
  $$,
  'nobody has a right on a private table'
);
select set_eq(
  $$
    select role.name || ': ' || privilege
    from unnest('{anon,authenticated,service_role}'::text[]) as role (name)
    cross join unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) as privilege
    where has_table_privilege(role.name, 'public.backups', privilege)
  $$,
  '{authenticated: select,service_role: select}'::text[],
  'public.backups can be read by those who are signed in and by a secret key, and written by nobody'
);
select is_empty(
  $$
    select item.* from pg_class
    cross join lateral aclexplode(relacl) as item
    where pg_class.oid = 'public.backups'::regclass and item.grantee = 0
  $$,
  'PUBLIC has no right on public.backups'
);

-- and so it is when they try: an administrator's own session included
select testing.sign_in_as('super_admin');
set local role authenticated;
select throws_ok('select * from backup.settings',        '42501', null, 'an administrator''s session reads no setting');
select throws_ok('select * from backup.audit_log',       '42501', null, 'nor the audit log');
select throws_ok('select * from backup.download_links',  '42501', null, 'nor download links');
select throws_ok('select backup.request_backup()',       '42501', null, 'nor calls a function of ours past the API');
select throws_ok('select backup.is_admin()',             '42501', null, 'nor is_admin() by name: the schema is closed');
select throws_ok('select * from backup.restores',        '42501', null, 'nor a restore');
select throws_ok('select * from backup.restore_images',  '42501', null, 'nor the rows that are kept for its undo');
select throws_ok('select * from backup.notifications',   '42501', null, 'nor notifications past the API');
select throws_ok('select backup.request_undo(gen_random_uuid())', '42501', null, 'nor undoes anything');
set local role service_role;
select throws_ok('select backup.list_backups()',         '42501', null, 'nor does the secret key');
select throws_ok('select * from backup.jobs',            '42501', null, 'nor see the jobs');
set local role anon;
select throws_ok('select * from public.backups',         '42501', null, 'without a session, not even public.backups');

select * from finish();
rollback;
