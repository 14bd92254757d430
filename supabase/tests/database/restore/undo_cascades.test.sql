-- Undo, where others have built on what was restored: rows that came since would lose their parent, or have lost it.
begin;
\ir support.sql
select plan(22);

select testing.did($$
  create table public.parents (id integer primary key);
  create table public.children (id integer primary key, parent integer references public.parents on delete cascade);
  create table public.strict (id integer primary key, parent integer references public.parents);
  insert into public.parents values (1), (2), (3);
$$);
select testing.backup_of('parents') as backup \gset
select testing.did('delete from public.parents where id = 2; insert into public.parents values (4); insert into public.children values (40, 4)');
select testing.use_secret_key();
select backup.request_restore(:'backup', skip_preview => true, accept_cascade => true) ->> 'id' as restore \gset
select isnt(testing.preview(:'restore'), null, 'a restore');
select is(testing.apply(:'restore') -> 'totals', '{"deleted": 2, "skipped": 0, "updated": 0, "inserted": 1}', 'brings back a parent, and takes away another one with its child');

-- a child that came since
select testing.did('insert into public.children values (20, 2)');
select backup.request_undo(:'restore') ->> 'id' as undo \gset
create table testing.first as select testing.preview(:'undo') as preview;
select is((select preview -> 'needs' from testing.first), '["accept_cascade"]', 'the undo would take a row along that came since');
select is((select preview #> '{cascades,0}' from testing.first),
  '{"rows": 1, "table": "public.children", "action": "delete", "sample": [{"id": "20", "parent": "2"}], "constraint": "children_parent_fkey", "references": "public.parents"}', 'which is named');
select is((select array[status, error ->> 'code'] from backup.restores where restore_id = :'undo'), '{failed,cascade_not_accepted}', 'unasked it does not');
select is((select count(*) from public.children), 1::bigint, 'nothing has changed');
select is(backup.get_restore(:'restore') -> 'can_undo', 'true', 'it may be tried again');
select backup.request_undo(:'restore', accept_cascade => true) ->> 'id' as undo \gset
select is(testing.preview(:'undo') -> 'needs', '["accept_cascade"]', 'accepted');
select is((select status from backup.restores where restore_id = :'undo'), 'applying', 'it goes on');
select is(testing.apply(:'undo') -> 'totals', '{"deleted": 2, "skipped": 0, "updated": 0, "inserted": 2}', 'parents and children change places');
select set_eq('select id from public.parents', '{1,3,4}'::integer[], 'the parents are those of before the restore');
select set_eq('select id from public.children', '{40}'::integer[], 'as is the child that had cascaded; what came since is gone');

-- and back once more
select backup.request_undo(:'undo', accept_cascade => true) ->> 'id' as redo \gset
select testing.preview(:'redo') is not null as previewed \gset
select is(testing.apply(:'redo') -> 'totals', '{"deleted": 2, "skipped": 0, "updated": 0, "inserted": 2}', 'undone, the undo gives back what it took along');
select set_eq('select id from public.children', '{20}'::integer[], 'also the row that was not in the backup, nor there before the restore');

-- a child that nothing may take along
select testing.did('insert into public.strict values (1, 2)');
select backup.request_undo(:'redo', accept_cascade => true) ->> 'id' as stopped \gset
select is(testing.preview(:'stopped') #> '{blocking,0,code}', '"foreign_key"', 'a foreign key that says nothing of deletion stands in the way');
select is((select array[status, error ->> 'code'] from backup.restores where restore_id = :'stopped'), '{failed,restore_blocked}', 'whatever is accepted');
select testing.did('delete from public.strict');

-- a parent that is gone since
select testing.did('insert into public.parents values (5); insert into public.children values (50, 5)');
select testing.backup_of('children') as few \gset
select testing.did('insert into public.children values (51, 5)');
select backup.request_restore(:'few', skip_preview => true) ->> 'id' as taken \gset
select testing.preview(:'taken') is not null as previewed \gset
select is(testing.apply(:'taken') -> 'totals', '{"deleted": 1, "skipped": 0, "updated": 0, "inserted": 0}', 'a restore that took a child away');
select testing.did('delete from public.parents where id = 5');
select backup.request_undo(:'taken') ->> 'id' as orphaned \gset
select is(testing.preview(:'orphaned') #> '{orphans,0,rows}', '1', 'cannot be undone when its parent has gone since');
select is((select array[status, error ->> 'code'] from backup.restores where restore_id = :'orphaned'), '{failed,orphans_not_accepted}', 'and says so');

-- an undo that nobody wants any more
select testing.did('insert into public.parents values (5)');
select backup.request_undo(:'taken') ->> 'id' as unwanted \gset
select is(backup.discard_restore(:'unwanted') ->> 'status', 'discarded', 'an undo may be discarded before it is prepared');
select is(backup.get_restore(:'taken') -> 'can_undo', 'true', 'then somebody else may undo');
select lives_ok(format('select backup.request_undo(%L)', :'taken'), 'and does');

select * from finish();
rollback;
