-- The bucket: private, and closed even where a project lets everybody read all objects.
begin;
\ir ../support.sql
select plan(15);

select is((select public from storage.buckets where id = 'backups'), false, 'the bucket is there, and private');
update storage.buckets set public = true where id = 'backups';
\ir ../../../migrations/20261122001500_storage_bucket.sql
select is((select public from storage.buckets where id = 'backups'), false, 'applied again, the migration closes a bucket that somebody opened');
select is((select count(*) from pg_policy where polrelid = 'storage.objects'::regclass and polname = 'backups_bucket_is_private'), 1::bigint, 'its policy is there once');

insert into storage.buckets (id, name) values ('testing', 'testing');
insert into storage.objects (bucket_id, name) values ('backups', 'a/manifest.json'), ('testing', 'photo.jpg');
alter table storage.objects enable row level security;
grant all on storage.objects to anon, authenticated;
create policy "Everybody may do everything" on storage.objects for all to public using (true) with check (true);

create function testing.may_not(role_name text)
returns setof text
language plpgsql
as $$
begin
  perform set_config('role', role_name, true);
  return next is((select count(*) from storage.objects where bucket_id = 'testing'), 1::bigint, role_name || ' reads another bucket, which this project allows');
  return next is((select count(*) from storage.objects where bucket_id = 'backups'), 0::bigint, role_name || ' does not see that there are backups');
  return next is(testing.rows_of('update storage.objects set name = ''x'' where bucket_id = ''backups'''), 0::bigint, role_name || ' changes none');
  return next throws_ok('insert into storage.objects (bucket_id, name) values (''backups'', ''forged'')', '42501', null, role_name || ' adds none');
  return next throws_ok('update storage.objects set bucket_id = ''backups''', '42501', null, role_name || ' moves nothing there');
  perform set_config('role', 'postgres', true);
end;
$$;

select testing.may_not('anon');
select testing.sign_in_as('super_admin');
select testing.may_not('authenticated');

set local role service_role;
select is((select count(*) from storage.objects where bucket_id = 'backups' and name = 'a/manifest.json'), 1::bigint, 'the secret key does: it is how archives are reached');
reset role;
select ok((select not polpermissive and polcmd = '*' and polroles = '{0}' from pg_policy where polname = 'backups_bucket_is_private'), 'the policy restricts everybody, in everything');

select * from finish();
rollback;
