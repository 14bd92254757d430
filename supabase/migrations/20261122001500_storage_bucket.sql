-- The bucket. Private, and no policy of the project can open it: archives are reached with the secret key only.

insert into storage.buckets (id, name, public)
values ('backups', 'backups', false)
on conflict (id) do update set public = false;

drop policy if exists backups_bucket_is_private on storage.objects;

-- RESTRICTIVE: a project may well have "everybody signed in may read all objects"; this is AND-ed with it.
create policy backups_bucket_is_private on storage.objects
  as restrictive
  for all
  to public
  using (bucket_id <> 'backups')
  with check (bucket_id <> 'backups');
