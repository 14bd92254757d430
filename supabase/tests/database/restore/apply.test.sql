-- apply_restore() and what leads to it: the rows are what they were, everything else is as it is, and what was done is written down.
begin;
\ir support.sql
select plan(74);

select testing.did($$
  create table public.authors (id integer generated always as identity primary key, name text unique, at timestamptz default now());
  create table public.books (id integer primary key, author integer references public.authors on delete cascade, title text, size integer, double integer generated always as (size * 2) stored);
  create table public.heap (body text);
  create table public.left_alone (id integer primary key);
  insert into public.authors (name) values ('Ada'), ('Bea'), ('Cleo'), ('Dora');
  insert into public.books select n, 1 + n % 4, 'title ' || n, n from generate_series(1, 12) as n;
  insert into public.heap values ('twice'), ('twice'), ('once'), (null);
  insert into public.left_alone values (1);
  -- whoever fires a trigger or a rule fails
  create function public.refuse() returns trigger language plpgsql as $f$ begin raise exception 'a trigger was fired'; end $f$;
$$);
create view testing.state as
  select 'authors' as label, row(t.*)::text as image from public.authors as t
  union all select 'books', row(t.*)::text from public.books as t
  union all select 'heap', row(t.*)::text from public.heap as t
  union all select 'left_alone', row(t.*)::text from public.left_alone as t;
create table testing.then as select * from testing.state;
select testing.backup_of('authors', 'books', 'heap', 'left_alone') as backup \gset

-- what happened since: rows gone, changed, new; values of a unique column exchanged
select testing.did($$
  delete from public.authors where name = 'Dora';
  update public.authors set name = name || '?' where name in ('Ada', 'Bea');
  update public.authors set name = case name when 'Ada?' then 'Bea' else 'Ada' end where name like '%?';
  insert into public.authors (name) values ('Eve');
  update public.books set title = 'other', size = 0 where id in (1, 2);
  insert into public.books values (50, 5, 'of Eve', 5);
  delete from public.heap where ctid = (select min(ctid) from public.heap);
  insert into public.heap values ('new');
  create trigger refuse before insert or update or delete on public.books for each row execute function public.refuse();
  create trigger refuse_always after insert or update or delete on public.books for each row execute function public.refuse();
  create trigger refuse_replica before insert or update or delete on public.authors for each row execute function public.refuse();
  create trigger off before insert on public.books for each row execute function public.refuse();
  alter table public.books enable always trigger refuse_always, disable trigger off;
  alter table public.authors enable replica trigger refuse_replica;
$$);
create view testing.triggers as select tgrelid, tgname, tgenabled from pg_trigger where not tgisinternal and tgrelid in ('public.books'::regclass, 'public.authors'::regclass);
create table testing.triggers_then as select * from testing.triggers;

select testing.sign_in_as('admin') as admin \gset
select backup.request_restore(:'backup') ->> 'id' as restore \gset
create table testing.previewed as select testing.preview(:'restore') as preview;
select is((select preview -> 'totals' from testing.previewed), '{"kept": 0, "delete": 3, "insert": 5, "update": 4, "unchanged": 12}', 'what there is to do');
select lives_ok(format('select backup.request_apply(%L, %L)', :'backup', :'restore'), 'it is asked for');

-- the safety backup
select is(backup.claim_job('other') ->> 'kind', 'backup', 'first comes the safety backup');
select job_id as safety_job, backup_id as safety from backup.jobs where kind = 'backup' and status = 'running' \gset
select is((select array[status, phase] from backup.restores where restore_id = :'restore'), '{applying,safety_backup}', 'the restore waits for it');
select is(backup.claim_job('other'), null, 'there is nothing else to do');
select is(backup.begin_backup(:'safety_job', 'other') -> 'tables', '["public.authors", "public.books", "public.heap"]', 'it takes the tables that change, and no other');
select is(backup.record_validation(:'safety_job', 'other', backup.validate_tables('{authors,books,heap}') || '{"status": "failed", "errors": 3}'), true, 'whatever the rules say of them');
select testing.parts(:'safety');
select lives_ok(format('select backup.complete_backup(%L, ''other'', repeat(''0'', 64))', :'safety_job'), 'when it is complete');
select is((select phase from backup.restores where restore_id = :'restore'), 'applying', 'the restore goes on');
select is((select count(*) from backup.jobs where restore_id = :'restore' and kind = 'apply' and status = 'queued'), 1::bigint, 'with a job of its own');
select testing.claim(:'restore', 'apply') as job \gset

-- refused
select throws_ok(format('select backup.apply_restore(%L, ''another'')', :'job'), 'BK412', null, 'BK412 for a worker that does not hold the job');
select isnt_empty('select * from testing.state except all select * from testing.then', 'nothing has been done yet');

-- done
-- (not in a function that catches errors: that would be a subtransaction, and the rows not the transaction's own)
select backup.apply_restore(:'job', 'worker');
select is_empty('(select * from testing.state except all select * from testing.then) union all (select * from testing.then except all select * from testing.state)', 'every row is what it was');
select results_eq('select * from testing.triggers order by 1, 2', 'select * from testing.triggers_then order by 1, 2', 'no trigger was fired, and each is as it was');
select is(current_setting('session_replication_role'), 'origin', 'triggers and foreign keys work again');
select throws_ok('insert into public.books (id) values (99)', 'P0001', 'a trigger was fired', 'as they do');
select results_eq(
  $$ select status, phase, applied_at is not null, completed_at, undo_until - applied_at between interval '29 days 23 hours' and interval '30 days 1 hour' from backup.restores where mode = 'replace' $$,
  $$ values ('applying', 'reviewing', true, null::timestamptz, true) $$, 'it is applied; the rules are to be run'
);
select is((select result -> 'totals' from backup.restores where restore_id = :'restore'), '{"deleted": 3, "skipped": 0, "updated": 4, "inserted": 5}', 'what was done is what was previewed');
select is(
  (select jsonb_object_agg(entry ->> 'table', array[entry -> 'inserted', entry -> 'updated', entry -> 'deleted']) from backup.restores, jsonb_array_elements(result -> 'tables') as entry where restore_id = :'restore'),
  '{"public.heap": [1, 0, 1], "public.books": [3, 2, 1], "public.authors": [1, 2, 1]}', 'table by table'
);
select is((select action from testing.audited order by audit_log_id desc limit 1), 'restore_applied', 'it is in the audit log');
select is(
  (select details - 'tables' from testing.audited where action = 'restore_applied'),
  jsonb_build_object('backup_id', :'backup', 'safety_backup_id', :'safety', 'requested_by', :'admin'), 'by whom, of what'
);
select is_empty('select * from backup.notifications', 'nobody is told before the rules have been run');

-- the images
create table testing.images as
  select listed.table_name, count(image.before) as before_count, count(image.after_md5) as after_count, bool_and(image.key is null) as has_no_key
  from backup.restore_images as image join backup.restore_tables as listed on (listed.restore_id, listed.ordinal) = (image.restore_id, image.table_ordinal)
  where image.restore_id = :'restore' group by 1;
select results_eq(
  'select * from testing.images order by table_name',
  $$ values ('authors', 3::bigint, 3::bigint, false), ('books', 3, 5, false), ('heap', 1, 1, true) $$,
  'an image of each row that was replaced or deleted, and a digest of each that was written'
);
select is(
  (select before from backup.restore_images where restore_id = :'restore' and key = '(50)' and before is not null), '(50,5,"of Eve",5)', 'the row as it was, without what Postgres generates'
);

-- twice is once
create table testing.after_once as select * from backup.restores where restore_id = :'restore';
select lives_ok(format('select backup.apply_restore(%L, ''worker'')', :'job'), 'a worker that did not hear of it does it again');
select results_eq('select * from backup.restores where mode = ''replace''', 'select * from testing.after_once', 'nothing happens');
select is((select count(*) from testing.audited where action = 'restore_applied'), 1::bigint, 'and nothing is said twice');

-- fail, after it is applied
select throws_ok(format('select backup.discard_restore(%L)', :'restore'), 'BK441', null, 'what is applied cannot be discarded');

-- conclude
select lives_ok(format('select backup.conclude_restore(%L, ''worker'')', :'job'), 'conclude');
select results_eq(
  $$ select status, phase, completed_at is not null, error from backup.restores where mode = 'replace' $$, $$ values ('completed', null, true, null::jsonb) $$, 'it is completed'
);
select is((select result -> 'validation' ->> 'status' is not null from backup.restores where restore_id = :'restore'), true, 'the rules have been run');
select is((select result -> 'duration_ms' is not null and result -> 'locked_ms' is not null from backup.restores where restore_id = :'restore'), true, 'how long it took, and how long writers waited');
select is((select status from backup.jobs where job_id = :'job'), 'succeeded', 'the job is over');
select is_empty($$ select relname from pg_class where relnamespace = 'backup_staging'::regnamespace $$, 'no staging is left');
select results_eq(
  'select kind, severity, message, details -> ''totals'' from backup.notifications',
  $$ values ('restored', 'info', 'A backup was restored: 5 rows inserted, 4 updated, 3 deleted.', '{"deleted": 3, "skipped": 0, "updated": 4, "inserted": 5}'::jsonb) $$, 'administrators are told'
);
select is(
  (select array_agg(action order by audit_log_id) from testing.audited), '{preview,restore,backup_completed,restore_applied,restore_completed}', 'the audit log has all of it'
);
select is((select array[shown -> 'can_undo', shown -> 'undone_by'] from backup.get_restore(:'restore') as shown), array['true', 'null']::jsonb[], 'it can be undone');
select throws_ok(format('select backup.conclude_restore(%L, ''worker'')', :'job'), 'BK412', null, 'the worker that says so once more is told that it is over');

-- nothing to do
select backup.request_restore(:'backup', tables => '{left_alone}') ->> 'id' as idle \gset
select isnt(testing.preview(:'idle'), null, 'a restore that has nothing to do');
select is(backup.request_apply(:'backup', :'idle') ->> 'phase', 'applying', 'needs no safety backup');
select is(testing.apply(:'idle') -> 'totals', '{"deleted": 0, "skipped": 0, "updated": 0, "inserted": 0}', 'it does nothing');
select is((select array[status, (result -> 'validation')::text] from backup.restores where restore_id = :'idle'), '{completed,"null"}', 'and is completed; no table was touched, none is looked at');

-- modes, tables and cascades
drop trigger refuse on public.books;
drop trigger refuse_always on public.books;
select testing.did($$
  truncate public.heap;
  update public.books set title = 'changed' where id = 3;
  delete from public.books where id = 4;
  insert into public.books values (60, 1, 'new', 1);
  alter table public.authors disable trigger refuse_replica;
$$);
create function testing.restored(mode text, tables text[], accepted text default '')
returns jsonb
language plpgsql
as $$
declare
  made uuid;
begin
  execute format('select backup.request_restore((select id from public.backups where kind = ''manual'' limit 1), %L, tables => %L, skip_preview => true%s) ->> ''id''', mode, tables, accepted) into made;
  perform testing.preview(made);
  if (select status from backup.restores where restore_id = made) = 'failed' then
    return (select error from backup.restores where restore_id = made);
  end if;
  return testing.apply(made) -> 'totals';
end;
$$;
select is(testing.restored('undelete', '{books}'), '{"deleted": 0, "skipped": 0, "updated": 0, "inserted": 1}', 'undelete');
select results_eq('select id, title from public.books where id in (3, 4, 60) order by id', $$ values (3, 'changed'), (4, 'title 4'), (60, 'new') $$, 'brings back what was gone, and touches nothing else');
select is(testing.restored('merge', '{books}'), '{"deleted": 0, "skipped": 0, "updated": 1, "inserted": 0}', 'merge');
select results_eq('select id, title from public.books where id in (3, 4, 60) order by id', $$ values (3, 'title 3'), (4, 'title 4'), (60, 'new') $$, 'changes what differs, and deletes nothing');
select is(testing.restored('replace', '{books}'), '{"deleted": 1, "skipped": 0, "updated": 0, "inserted": 0}', 'replace');
select is_empty('select id from public.books where id = 60', 'deletes what came since');
select is_empty('select * from public.heap', 'the tables that were not chosen stay as they are');

select testing.did($$ insert into public.authors (name) values ('Fay'); insert into public.books select 70, id, 'of Fay', 1 from public.authors where name = 'Fay' $$);
select is(testing.restored('replace', '{authors}') ->> 'code', 'cascade_not_accepted', 'what would cascade is not done unasked');
select isnt_empty('select * from public.books where id = 70', 'and nothing is');
select is(testing.restored('replace', '{authors}', ', accept_cascade => true'), '{"deleted": 2, "skipped": 0, "updated": 0, "inserted": 0}', 'accepted');
select is_empty('select * from public.books where id = 70', 'it is done');

select testing.did($$ delete from public.authors where name = 'Cleo' $$);
select is(testing.restored('replace', '{books}') ->> 'code', 'orphans_not_accepted', 'orphans are not left out unasked');
select is(testing.restored('replace', '{books}', ', skip_orphans => true'), '{"deleted": 0, "skipped": 3, "updated": 0, "inserted": 0}', 'accepted, they are');
select is((select count(*) from public.books), 9::bigint, 'these and no others');
select is(testing.restored('replace', '{authors,books}'), '{"deleted": 0, "skipped": 0, "updated": 0, "inserted": 4}', 'with their parent they come back');

-- set NULL
select testing.did($$
  create table public.notes (id integer primary key, author integer references public.authors on delete set null, other integer references public.authors on delete set null, body text);
  insert into public.authors (name) values ('Gil');
  insert into public.notes select 1, id, 1, 'note' from public.authors where name = 'Gil';
  insert into public.notes select 2, id, id, 'both' from public.authors where name = 'Gil';
$$);
select is(testing.restored('replace', '{authors}', ', accept_cascade => true'), '{"deleted": 1, "skipped": 0, "updated": 2, "inserted": 0}', 'rows that lose their parent are unlinked');
select results_eq('select id, author, other, body from public.notes order by id', $$ values (1, null::integer, 1, 'note'), (2, null, null, 'both') $$, 'by the column that led to it, and no other');

-- columns that the backup does not have
select testing.did($$ alter table public.books add column extra text default 'default'; update public.books set extra = 'kept ' || id, title = 'x' where id <= 2; delete from public.books where id = 3 $$);
select is(testing.restored('replace', '{books}'), '{"deleted": 0, "skipped": 0, "updated": 2, "inserted": 1}', 'a column that came since');
select results_eq('select id, title, extra, double from public.books where id <= 3 order by id', $$ values (1, 'title 1', 'kept 1', 2), (2, 'title 2', 'kept 2', 4), (3, 'title 3', 'default', 6) $$, 'keeps its value, or takes its default');

-- stale
select testing.did('update public.books set title = ''edited'' where id = 5');
select testing.use_secret_key();
select backup.request_restore(:'backup', tables => '{books}') ->> 'id' as stale \gset
select is(testing.counts(testing.preview(:'stale'), 'public.books'), '{0,1,0,0}', 'previewed');
select backup.request_apply(:'backup', :'stale') ->> 'id' as applying \gset
select testing.finish_safety(:'stale');
select testing.claim(:'stale', 'apply') as job \gset
create function testing.stale(edit text)
returns text
language sql
as $$ select raised.code from backup.jobs as job, testing.raised(format('do $do$ begin perform testing.did(%L); perform backup.apply_restore(%L, ''worker''); raise sqlstate ''TT002''; end $do$', edit, job.job_id)) as raised where job.kind = 'apply' and job.status = 'running' $$;
select is(testing.stale(edit), 'BK442', 'BK442 after ' || said)
from (values
  ('update public.books set title = ''edited again'' where id = 5',   'another change of the same row'),
  ('update public.books set title = ''edited'' where id = 6',         'a change of another row'),
  ('insert into public.books (id) values (99)',                       'a new row'),
  ('delete from public.books where id = 6',                           'a row that is gone'),
  ('delete from public.books where id = 5',                           'the row itself being gone'),
  ('update public.books set title = ''title 5'' where id = 5',        'somebody having put it right already'),
  ('alter table public.books add column more text',                   'another definition'),
  ('alter table public.books drop constraint books_pkey',             'another key')) as edits (edit, said);
select is(testing.stale(edit), 'TT002', 'it goes on after ' || said)
from (values
  ('update public.books set title = title where id = 6',              'a row written as it was'),
  ('update public.authors set name = name || ''!'' where name = ''Ada''', 'a change of a table that was not chosen'),
  ('create index on public.books (title)',                            'a new index')) as edits (edit, said);

select backup.apply_restore(:'job', 'worker');
select is((select title from public.books where id = 5), 'title 5', 'none of this has left a trace: it can be applied');

select * from finish();
rollback;
