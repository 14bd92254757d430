-- Undo: exactly the rows that a restore changed are what they were before it; not when they have been changed since.
begin;
\ir support.sql
select plan(55);

select testing.did($$
  create table public.authors (id integer generated always as identity primary key, name text unique);
  create table public.books (id integer primary key, author integer references public.authors on delete cascade, title text, price numeric, size integer, double integer generated always as (size * 2) stored);
  create table public.notes (id integer primary key, book integer references public.books on delete set null, author integer references public.authors on delete set null);
  create table public.heap (body text, n integer);
  insert into public.authors (name) values ('Ada'), ('Bea'), ('Cleo');
  insert into public.books select n, 1 + n % 3, 'title ' || n, 1.50, n from generate_series(1, 12) as n;
  insert into public.heap values ('twice', 1), ('twice', 1), ('once', 1), (null, null);
$$);
create view testing.state as
  select 'authors' as label, row(t.*)::text as image from public.authors as t
  union all select 'books', row(t.*)::text from public.books as t
  union all select 'notes', row(t.*)::text from public.notes as t
  union all select 'heap', row(t.*)::text from public.heap as t;
select testing.backup_of('authors', 'books', 'heap') as backup \gset
select testing.did($$
  delete from public.authors where name = 'Cleo';
  insert into public.authors (name) values ('Dora'), ('Eve');
  update public.authors set name = name || '?' where name in ('Ada', 'Bea');
  update public.authors set name = case name when 'Ada?' then 'Bea' else 'Ada' end where name like '%?';
  update public.books set title = E'quotes " '' \\ (,)\n', price = 1.5, size = null where id in (1, 3);
  insert into public.books select 50, id, 'of Dora', 0, 0 from public.authors where name = 'Dora';
  insert into public.notes select 1, 50, id from public.authors where name = 'Dora';
  insert into public.notes values (2, 50, 1), (3, 1, 2);
  delete from public.heap where body = 'twice';
  insert into public.heap values ('new', 1), ('new', 1);
$$);
create table testing.before_it as select * from testing.state;

create function testing.differs(label text)
returns setof testing.state
language plpgsql
as $$
begin
  return query execute format('(select * from testing.state except all select * from testing.%1$I) union all (select * from testing.%1$I except all select * from testing.state)', label);
end;
$$;

select testing.sign_in_as('admin') as admin \gset
select backup.request_restore(:'backup', skip_preview => true, accept_cascade => true) ->> 'id' as restore \gset
select testing.preview(:'restore') is not null as previewed \gset

-- who may, and when
select testing.sign_out();
select throws_ok(format('select backup.request_undo(%L)', :'restore'), 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.request_undo(%L)', :'restore'), 'BK403', null, 'BK403 for a member');
select testing.sign_in(:'admin'::uuid);
select throws_ok('select backup.request_undo(gen_random_uuid())', 'BK440', null, 'BK440 for a restore that does not exist');
select throws_ok('select backup.request_undo(null)', 'BK440', null, 'nor does NULL');
select throws_ok(format('select backup.request_undo(%L)', testing.restore(status)), 'BK455', format('This restore cannot be undone. It is %s: nothing of it can be undone.', status), 'BK455 for one that is ' || status)
from unnest('{queued,staging,previewed,applying,failed,discarded,expired}'::text[]) as status;
select is((testing.raised(format('select backup.request_undo(%L)', :'restore'))).detail ->> 'status', 'applying', 'the details say what it is');
select testing.restore('completed') as old \gset
update backup.restores set undo_until = clock_timestamp() where restore_id = :'old';
select throws_like(format('select backup.request_undo(%L)', :'old'), 'This restore cannot be undone. It could be undone until%', 'BK455 for one that is too old');

-- the restore
select testing.apply(:'restore') -> 'totals' as totals \gset
create table testing.after_it as select * from testing.state;
select isnt_empty('select * from testing.differs(''before_it'')', 'the restore has changed the data');
select results_eq('select id, book from public.notes order by id', $$ values (1, null::integer), (2, null), (3, 1) $$, 'and unlinked rows of a table that was not in the backup');

-- the request
update testing.before set audit_log_id = (select max(audit_log_id) from backup.audit_log);
create table testing.answered as select backup.request_undo(:'restore') as undo;
select undo ->> 'id' as undo from testing.answered \gset
select is((select array[undo ->> 'mode', undo ->> 'undo_of', undo ->> 'status', undo ->> 'backup_id'] from testing.answered), array['undo', :'restore', 'queued', :'backup'], 'the answer is a restore of its own');
select isnt(:'undo'::text, :'restore'::text, 'another one');
select results_eq('select kind, status from backup.jobs where restore_id = (select restore_id from backup.restores where mode = ''undo'')', $$ values ('stage', 'queued') $$, 'it is queued');
select results_eq('select actor_id, action, target, outcome, details from testing.audited', format('values (%L::uuid, ''undo'', %L, ''succeeded'', %L::jsonb)', :'admin', :'undo', jsonb_build_object('undo_of', :'restore')), 'and in the audit log');
select throws_like(format('select backup.request_undo(%L)', :'restore'), '%It has been undone already, or is being undone.', 'BK455 for a second one');
select is((select array[shown -> 'can_undo', shown -> 'undone_by'] from backup.get_restore(:'restore') as shown), array['false', to_jsonb(:'undo'::text)], 'the restore says by which it is undone');

-- conflicts: what the restore wrote has been changed since
select testing.claim(:'undo', 'stage') as job \gset
create function testing.conflict(edit text)
returns text[]
language sql
as $$
  select array[raised.code, raised.detail ->> 'table', raised.detail ->> 'count', raised.detail ->> 'rows']
  from backup.jobs as job, testing.raised(format(
    'do $do$ begin perform testing.did(%L); perform backup.begin_staging(%2$L, ''worker''); perform backup.compare_restore(%2$L, ''worker''); raise sqlstate ''TT002''; end $do$', edit, job.job_id)) as raised
  where job.kind = 'stage' and job.status = 'running';
$$;
select is(testing.conflict('update public.books set title = ''x'' where id = 1'), '{BK454,public.books,1,"[{\"id\": \"1\"}]"}', 'BK454 when a row that it wrote has been changed, by name');
select is(testing.conflict('update public.books set price = 1.500 where id = 1'), '{BK454,public.books,1,"[{\"id\": \"1\"}]"}', 'however little');
select is(testing.conflict('delete from public.books where id in (1, 3)'), '{BK454,public.books,2,"[{\"id\": \"1\"}, {\"id\": \"3\"}]"}', 'or deleted');
select is(testing.conflict('insert into public.books values (50, null, ''another'')'), '{BK454,public.books,1,"[{\"id\": \"50\"}]"}', 'or when a row that it deleted is there again');
select is(testing.conflict('update public.heap set n = 9 where body = ''twice'''), '{BK454,public.heap,2,[]}', 'without a key nobody can say which');
select is(testing.conflict('delete from public.heap where ctid = (select max(ctid) from public.heap where body = ''twice'')'), '{BK454,public.heap,1,[]}', 'but how many');
select is(testing.conflict('update public.notes set author = 1 where id = 1'), '{BK454,public.notes,1,"[{\"id\": \"1\"}]"}', 'a row that it unlinked');
select is((testing.conflict(edit))[1], 'TT002', 'none of its business: ' || said)
from (values
  ('update public.books set title = ''x'' where id = 6',                              'a row that it did not touch'),
  ('insert into public.books values (99)',                                            'a new row'),
  ('delete from public.notes where id = 3',                                           'a row of another table'),
  ('update public.books set title = title where id = 1',                              'a row that was written as it was'),
  ('insert into public.heap values (''twice'', 1)',                                   'an equal row, where there is no key')) as edits (edit, said);
select is((testing.raised(format('do $do$ begin perform testing.did(%L); perform backup.begin_staging(%L, ''worker''); end $do$', edit, :'job'))).code, 'BK455', 'BK455 when ' || said)
from (values ('alter table public.books rename title to heading', 'a column has gone since'), ('alter table public.heap rename to piles', 'a table has')) as edits (edit, said);

-- undone
create table testing.begun as select backup.begin_staging(:'job', 'worker') as answer;
select is((select answer -> 'manifest' from testing.begun), 'null', 'nothing is read from the archive');
select is(backup.staging_parts(:'job', 'worker'), '[]', 'not a part');
select backup.compare_restore(:'job', 'worker');
select is((select array[status, phase] from backup.restores where restore_id = :'undo'), '{applying,safety_backup}', 'it goes on by itself, with a safety backup of its own');
select is((select preview -> 'totals' ->> 'unchanged' is not null from backup.restores where restore_id = :'undo'), true, 'and a preview that says what it did');
select testing.apply(:'undo') is not null as undone \gset
select is_empty('select * from testing.differs(''before_it'')', 'every row is what it was before the restore');
select is((select result -> 'totals' ->> 'inserted' from backup.restores where restore_id = :'undo'), (select result -> 'totals' ->> 'deleted' from backup.restores where restore_id = :'restore'), 'what it deleted is inserted');
select is((select result -> 'totals' ->> 'deleted' from backup.restores where restore_id = :'undo'), (select result -> 'totals' ->> 'inserted' from backup.restores where restore_id = :'restore'), 'and the other way round');
select is((select message like 'A restore was undone: %' from backup.notifications order by notification_id desc limit 1), true, 'administrators are told');
select throws_ok(format('select backup.request_undo(%L)', :'restore'), 'BK455', null, 'it cannot be undone again');
insert into public.authors (name) values ('next');
select cmp_ok((select max(id) from public.authors), '>', 5, 'numbers that were given out are not given out again');
delete from public.authors where name = 'next';

-- the undo, undone
select backup.request_undo(:'undo') ->> 'id' as redo \gset
select isnt(testing.preview(:'redo'), null, 'an undo can be undone');
select testing.apply(:'redo') is not null as redone \gset
select is_empty('select * from testing.differs(''after_it'')', 'then every row is what the restore made of it');
select is((select backup.restore_json(target) -> 'can_undo' from backup.restores as target where restore_id = :'undo'), 'false', 'each once');

-- very many rows are known by their transaction alone
update backup.settings set value = '1' where key = 'undo_digest_rows';
select testing.did($$ update public.books set title = 'many' where id <= 6; delete from public.heap $$);
create table testing.before_many as select * from testing.state;
select backup.request_restore(:'backup', skip_preview => true, tables => '{books}') ->> 'id' as many \gset
select isnt(testing.preview(:'many'), null, 'a restore of more rows than digests are kept of');
select testing.apply(:'many') is not null as applied \gset
select is((select count(after_md5) from backup.restore_images where restore_id = :'many'), 0::bigint, 'keeps none');
select is((select count(before) from backup.restore_images where restore_id = :'many'), 6::bigint, 'but the rows of before');
select is((select written_xid from backup.restore_tables where restore_id = :'many'), pg_current_xact_id()::text, 'and the transaction that wrote');
select backup.request_undo(:'many') ->> 'id' as many_undo \gset
select testing.claim(:'many_undo', 'stage') as job \gset
-- (here the transaction has written other rows of the table, too; elsewhere it has not)
update backup.restore_tables set written_rows = (select count(*) from public.books where xmin = pg_current_xact_id()::xid) where restore_id = :'many';
select is(testing.conflict('update public.books set title = title where id = 1'), '{BK454,public.books,1,[]}', 'a row that has been written since is counted');
select is(testing.conflict('delete from public.books where id = 1'), '{BK454,public.books,1,[]}', 'or deleted');
select is((testing.conflict('update backup.restore_tables set seen_snapshot = seen_snapshot || ''{"system_identifier": "1"}'' where written_xid is not null'))[1], 'BK454', 'in another cluster the number says nothing');

select * from finish();
rollback;
