-- open_download() and get_parts(): what is needed to read an archive, for administrators, audited.
begin;
\ir ../support.sql
select plan(24);

select testing.backup() as done \gset
select testing.parts(:'done');
create table testing.unfinished as
select status, testing.backup(status) as id from unnest('{queued,failed,blocked,deleting}'::text[]) as status;

create table testing.functions as select unnest('{open_download,get_parts,issue_download_link}'::text[]) as name;
select testing.sign_out();
select throws_ok(format('select backup.%I(%L)', name, :'done'), 'BK403', null, name || ': BK403 for nobody') from testing.functions;
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.%I(%L)', name, :'done'), 'BK403', null, name || ': BK403 for a member') from testing.functions;
select testing.sign_in_as('admin') as admin \gset
select throws_ok(format('select backup.%I(gen_random_uuid())', name), 'BK404', null, name || ': BK404 for one that does not exist') from testing.functions;
select is(
  (select array_agg(distinct (testing.raised(format('select backup.%I(%L)', name, id))).code) from testing.unfinished), '{BK410}',
  name || ': BK410 for one that has no archive'
) from testing.functions;
select results_eq(
  'select (testing.raised(format(''select backup.open_download(%L)'', id))).message, (testing.raised(format(''select backup.open_download(%L)'', id))).detail ->> ''status'' from testing.unfinished',
  'select format(''This backup is %s: there is no archive.'', status), status from testing.unfinished', 'it says which status it has'
);
select is_empty('select * from testing.audited', 'a refusal is not an entry that something was done');

-- the clear archive
select is(
  backup.open_download(:'done'),
  jsonb_build_object('backup_id', :'done', 'filename', 'alumni-backup.sql.gz', 'size', 200, 'parts', jsonb_build_array(
    jsonb_build_object('name', '00000-head.sql.gz.age', 'path', :'done' || '/00000-head.sql.gz.age', 'stored_bytes', 100, 'stored_sha256', repeat('b', 64)),
    jsonb_build_object('name', '00001-public.profiles.sql.gz.age', 'path', :'done' || '/00001-public.profiles.sql.gz.age', 'stored_bytes', 200, 'stored_sha256', repeat('d', 64)))),
  'a download: the parts in order, and what it will be called and weigh in clear'
);
select results_eq(
  'select actor_id, action, target, outcome, details from testing.audited', format('values (%L::uuid, ''download'', %L, ''succeeded'', ''{"bytes": 200}''::jsonb)', :'admin', :'done'), 'it is in the audit log'
);
-- a part of an earlier archive
update backup.backup_parts set object_path = 'an-earlier-one/00007.age' where ordinal = 1;
select is(backup.open_download(:'done') -> 'parts' -> 1 ->> 'path', 'an-earlier-one/00007.age', 'a part may lie in an earlier archive');

-- the encrypted parts
select is(
  backup.get_parts(:'done') -> 'parts',
  jsonb_build_array(
    jsonb_build_object('name', '00000-head.sql.gz.age', 'path', :'done' || '/00000-head.sql.gz.age', 'table', null, 'rows', 0, 'bytes', 100, 'sha256', repeat('b', 64)),
    jsonb_build_object('name', '00001-public.profiles.sql.gz.age', 'path', 'an-earlier-one/00007.age', 'table', 'public.profiles', 'rows', 2, 'bytes', 200, 'sha256', repeat('d', 64))),
  'the parts: which table, how many rows, how many bytes, and the hash of what is stored'
);
select is(backup.get_parts(:'done') -> 'manifest', backup.manifest(:'done'), 'with the manifest');
select results_eq(
  'select action, target, outcome from testing.audited order by audit_log_id desc limit 1', format('values (''parts'', %L, ''succeeded'')', :'done'), 'it is in the audit log'
);
select testing.use_secret_key();
select lives_ok(format('select backup.open_download(%L), backup.get_parts(%1$L)', :'done'), 'a secret key may, too');
select is((select array_agg(distinct actor_name) from testing.audited where actor_kind = 'service'), '{tests}', 'under its name');
select is(backup.manifest(gen_random_uuid()), null, 'no backup, no manifest');
select is((backup.manifest(:'done') -> 'row_count')::integer, 2, 'a manifest counts its rows');

select * from finish();
rollback;
