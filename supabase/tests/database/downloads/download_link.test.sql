-- Download links: once, for a short time, in the name of whoever asked for it, with the rights of now.
begin;
\ir ../support.sql
select plan(29);

select testing.backup() as done, testing.backup() as other \gset
select testing.parts(:'done');
select testing.sign_in_as('admin') as admin \gset

create function testing.link()
returns text
language sql
as $$ select backup.issue_download_link((select backup_id from backup.backup_parts limit 1)) ->> 'token' $$;

-- to get one
create table testing.issued as select backup.issue_download_link(:'done') as link;
select link ->> 'token' as token from testing.issued \gset
select matches(:'token'::text, '^[0-9a-f]{64}$', 'a token that nobody guesses');
select matches((select link ->> 'expires_at' from testing.issued), '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$', 'and until when it works');
select ok((select expires_at - issued_at between interval '119 seconds' and interval '121 seconds' from backup.download_links), 'two minutes');
select isnt(testing.link(), :'token'::text, 'each is another one');
select is((select token_sha256 from backup.download_links order by issued_at limit 1), backup.sha256_hex(:'token'), 'only its hash is stored');
select is_empty(format('select * from backup.download_links as link where link::text like %L union all select null, null, null, null, null, null from testing.audited where audited::text like %1$L', '%' || :'token' || '%'),
  'the token itself is nowhere, not in the audit log either');
select results_eq(
  'select action, target, actor_id from testing.audited order by audit_log_id limit 1', format('values (''link'', %L, %L::uuid)', :'done', :'admin'), 'that it was issued is'
);

-- to use it, without a session
create function testing.visit()
returns void
language sql
as $$ select testing.sign_in('{"role": "anon"}'::jsonb) $$;
select testing.visit();
select throws_ok(format('select backup.use_download_link(%L, repeat(''0'', 64))', :'done'), 'BK430', null, 'BK430 for an unknown token');
select throws_ok(format('select backup.use_download_link(%L, null)', :'done'), 'BK430', null, 'BK430 for none');
select throws_ok(format('select backup.use_download_link(%L, %L)', :'other', :'token'), 'BK430', null, 'BK430 for the token of another backup');
select throws_ok(format('select backup.use_download_link(%L, %L)', :'done', backup.sha256_hex(:'token')), 'BK430', null, 'BK430 for the hash that is stored');
create table testing.opened as select backup.use_download_link(:'done', :'token') as answer;
select is((select array_agg(key order by key) from testing.opened, jsonb_object_keys(answer) as key), '{backup_id,filename,parts,size}', 'it opens the download');
select is((select jsonb_array_length(answer -> 'parts') from testing.opened), 2, 'with its parts');
select results_eq(
  'select action, target, outcome, actor_kind, actor_id from testing.audited order by audit_log_id desc limit 1',
  format('values (''download'', %L, ''succeeded'', ''person'', %L::uuid)', :'done', :'admin'), 'in the name of the person who asked for it'
);
select is((select count(*) from backup.rate_limit_hits where actor_id = :'admin' and action = 'download'), 1::bigint, 'it counts as one of their downloads');
select testing.visit();
select throws_ok(format('select backup.use_download_link(%L, %L)', :'done', :'token'), 'BK430', null, 'BK430 the second time');

-- expired
select testing.sign_in(:'admin'::uuid);
select testing.link() as token \gset
update backup.download_links set expires_at = clock_timestamp();
select testing.visit();
select throws_ok(format('select backup.use_download_link(%L, %L)', :'done', :'token'), 'BK430', 'This download link does not work any more.', 'BK430 when it has expired');
select testing.sign_in(:'admin'::uuid);
update backup.settings set value = '1' where key = 'download_link_seconds';
select testing.link();
select ok((select expires_at < clock_timestamp() + interval '1 second' from backup.download_links order by issued_at desc limit 1), 'the setting download_link_seconds says when');
update backup.settings set value = '120' where key = 'download_link_seconds';

-- too many
select testing.link() as token \gset
update backup.settings set value = '{"download": {"limit": 1, "seconds": 60}}' where key = 'rate_limits';
select testing.visit();
select throws_ok(format('select backup.use_download_link(%L, %L)', :'done', :'token'), 'BK429', 'Too many downloads.', 'BK429 when they have downloaded too much');
select testing.visit();
select ok(
  ((testing.raised(format('select backup.use_download_link(%L, %L)', :'done', :'token'))).detail -> 'retry_after')::integer between 50 and 60, 'it says when to try again'
);
delete from backup.rate_limit_hits where actor_id = :'admin';
select testing.visit();
select lives_ok(format('select backup.use_download_link(%L, %L)', :'done', :'token'), 'the link is not used up by that');
update backup.settings set value = '{}' where key = 'rate_limits';

-- the person has changed
select testing.sign_in(:'admin'::uuid);
select testing.link() as token \gset
delete from public.user_roles where profile_id = :'admin';
select testing.visit();
select throws_ok(format('select backup.use_download_link(%L, %L)', :'done', :'token'), 'BK403', null, 'BK403 when the person is no administrator any more');
select testing.sign_in_as('super_admin');
select throws_ok(format('select backup.use_download_link(%L, %L)', :'done', :'token'), 'BK403', null, 'even when an administrator opens it: the link is the other person''s');

-- the backup has changed
select testing.sign_in_as('super_admin') as super_admin \gset
select testing.link() as token \gset
update public.backups set status = 'deleting' where id = :'done';
select testing.visit();
select throws_ok(format('select backup.use_download_link(%L, %L)', :'done', :'token'), 'BK410', null, 'BK410 when the backup is being deleted');
update public.backups set status = 'completed' where id = :'done';
delete from public.backups where id = :'done';
select throws_ok(format('select backup.use_download_link(%L, %L)', :'done', :'token'), 'BK430', null, 'BK430 when it is gone');
select is_empty('select * from backup.download_links', 'a backup takes its links with it');

-- a secret key's link
select testing.parts(:'other');
select testing.use_secret_key();
select testing.link() as token \gset
select testing.visit();
select lives_ok(format('select backup.use_download_link(%L, %L)', :'other', :'token'), 'a secret key may hand one out, too');
select is((select array[actor_kind, actor_name] from testing.audited order by audit_log_id desc limit 1), '{service,tests}', 'used in the key''s name');
select is(current_setting('request.jwt.claim.sub'), '', 'without a person');

select * from finish();
rollback;
