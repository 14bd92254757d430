-- Downloads: the clear archive for administrators, by their session or by a link that works once.

create table if not exists backup.download_links (
  token_sha256 text        not null,
  backup_id    uuid        not null,
  claims       jsonb       not null,
  issued_at    timestamptz not null default clock_timestamp(),
  expires_at   timestamptz not null,
  used_at      timestamptz,
  constraint download_links_pkey        primary key (token_sha256),
  constraint download_links_backup_fkey foreign key (backup_id) references public.backups (id) on delete cascade
);

create index if not exists download_links_backup_idx on backup.download_links (backup_id);

alter table backup.download_links enable row level security;

comment on table  backup.download_links              is 'Links that stream one archive once, without a session.';
comment on column backup.download_links.token_sha256 is 'sha256 of the token; the token itself is stored nowhere.';
comment on column backup.download_links.backup_id    is 'The backup that it opens.';
comment on column backup.download_links.claims       is 'Who asked for it; the download happens in that name, with the rights the person has then.';
comment on column backup.download_links.issued_at    is 'When it was made.';
comment on column backup.download_links.expires_at   is 'Until when it can be opened.';
comment on column backup.download_links.used_at      is 'When it was opened.';

create or replace function backup.find_completed(backup_id uuid)
returns public.backups
language plpgsql stable
set search_path = ''
as $$
declare
  target constant public.backups := backup.find_backup(backup_id);
begin
  -- A row that was there before the backup system was installed may say completed and have no archive of ours.
  if target.status <> 'completed' or target.manifest_sha256 is null then
    raise exception using
      errcode = 'BK410',
      message = case when target.status = 'completed' then 'This backup was made by another system: there is no archive of it here.'
                     else format('This backup is %s: there is no archive.', target.status) end,
      detail  = jsonb_build_object('backup_id', target.id, 'status', target.status)::text,
      hint    = 'Only a completed backup has an archive.';
  end if;
  return target;
end;
$$;

comment on function backup.find_completed(uuid) is 'The backup, if it has an archive. Raises BK404, BK410.';

create or replace function backup.newest_archive()
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  return (
    select jsonb_build_object('backup_id', newest.id, 'path', part.object_path)
    from (
      select made.id from public.backups as made
      where made.status = 'completed' and made.manifest_sha256 is not null
      order by made.created_at desc, made.id desc
      limit 1
    ) as newest
    join backup.backup_parts as part on part.backup_id = newest.id
    order by part.stored_bytes, part.ordinal
    limit 1);
end;
$$;

comment on function backup.newest_archive() is
  'The smallest object of the newest completed backup: {backup_id, path}; NULL where there is none. Whether one object can be decrypted says it of all. '
  'Raises BK403.';

create or replace function backup.open_download(backup_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target public.backups;
begin
  perform backup.assert_admin();
  target := backup.find_completed(backup_id);
  perform backup.audit('download', 'succeeded', target.id::text, jsonb_build_object('bytes', target.clear_size));

  return jsonb_build_object(
    'backup_id', target.id, 'filename', target.filename, 'size', target.clear_size,
    'parts', (
      select jsonb_agg(jsonb_build_object(
        'name', part.name, 'path', part.object_path, 'stored_bytes', part.stored_bytes, 'stored_sha256', part.stored_sha256) order by part.ordinal)
      from backup.backup_parts as part where part.backup_id = target.id));
end;
$$;

comment on function backup.open_download(uuid) is
  'What a download of the clear archive needs: {backup_id, filename, size, parts: [{name, path, stored_bytes, stored_sha256}]}. Audited. Raises BK403, BK404, BK410.';

create or replace function backup.get_parts(backup_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  target public.backups;
begin
  perform backup.assert_admin();
  target := backup.find_completed(backup_id);
  perform backup.audit('parts', 'succeeded', target.id::text);

  return jsonb_build_object(
    'manifest', backup.manifest(target.id),
    'parts', (
      select jsonb_agg(jsonb_build_object(
        'name', part.name, 'path', part.object_path, 'table', covered.schema_name || '.' || covered.table_name,
        'rows', part.row_count, 'bytes', part.stored_bytes, 'sha256', part.stored_sha256) order by part.ordinal)
      from backup.backup_parts as part
      left join backup.backup_tables as covered on covered.backup_id = part.backup_id and covered.ordinal = part.table_ordinal
      where part.backup_id = target.id));
end;
$$;

comment on function backup.get_parts(uuid) is
  'The manifest and the encrypted parts in order: {manifest, parts: [{name, path, table, rows, bytes, sha256}]}. Audited. Raises BK403, BK404, BK410.';

create or replace function backup.issue_download_link(backup_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  -- 244 random bits
  token  constant text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
  target public.backups;
  issued backup.download_links;
begin
  perform backup.assert_admin();
  target := backup.find_completed(backup_id);

  insert into backup.download_links (token_sha256, backup_id, claims, expires_at)
  values (backup.sha256_hex(token), target.id, backup.claims(),
          clock_timestamp() + make_interval(secs => (backup.setting('download_link_seconds'))::double precision))
  returning * into issued;

  perform backup.audit('link', 'succeeded', target.id::text, jsonb_build_object('expires_at', backup.iso(issued.expires_at)));
  return jsonb_build_object('token', token, 'expires_at', backup.iso(issued.expires_at));
end;
$$;

comment on function backup.issue_download_link(uuid) is 'A token that opens the clear archive once, for a short time: {token, expires_at}. Audited. Raises BK403, BK404, BK410.';

create or replace function backup.use_download_link(backup_id uuid, token text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  link         backup.download_links;
  wait_seconds integer;
begin
  update backup.download_links as issued
  set used_at = clock_timestamp()
  where issued.token_sha256 = backup.sha256_hex(use_download_link.token)
    and issued.backup_id = use_download_link.backup_id
    and issued.used_at is null
    and issued.expires_at > clock_timestamp()
    -- The clock may have been put back since.
    and issued.issued_at <= clock_timestamp() + interval '1 minute'
  returning issued.* into link;

  if not found then
    raise exception using
      errcode = 'BK430',
      message = 'This download link does not work any more.',
      hint    = 'A link works once and for a short time. Open the backup again to get a new one.';
  end if;

  -- From here on it is the person who asked for the link, with today's rights and limits.
  perform set_config('request.jwt.claims', link.claims::text, true);
  -- auth.uid() of some versions of the platform reads the older setting only.
  perform set_config('request.jwt.claim.sub', coalesce(link.claims ->> 'sub', ''), true);
  wait_seconds := backup.take_rate_limit('download');
  if wait_seconds is not null then
    raise exception using
      errcode = 'BK429',
      message = 'Too many downloads.',
      detail  = jsonb_build_object('retry_after', wait_seconds)::text,
      hint    = format('Try again in %s seconds.', wait_seconds);
  end if;
  return backup.open_download(link.backup_id);
end;
$$;

comment on function backup.use_download_link(uuid, text) is
  'Opens a download by its link, once, in the name of the person who asked for it: answers as backup.open_download(). Raises BK430 for a link that is unknown, used or expired, BK403 when the person is no administrator any more, BK429 {retry_after}.';
