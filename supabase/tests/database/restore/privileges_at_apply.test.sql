-- Rights and locks when a restore is applied: what was accepted with the preview is what happens, or nothing does.
begin;
\ir support.sql
select plan(19);

create table testing.people (name text primary key, id uuid);
create function testing.hire(name text, roles text[])
returns void
language plpgsql
as $$
begin
  insert into testing.people values (name, testing.person(roles));
exception when sqlstate 'TT000' then
  null;
end;
$$;
create function testing.id_of(name text)
returns uuid
language sql
as $$ select id from testing.people where people.name = id_of.name $$;
select testing.hire('chief', '{super_admin}'), testing.hire('guest', '{}');
select testing.did($$
  create table public.things (id integer primary key, owner uuid references public.profiles, body text);
  insert into public.things values (1, null, 'one'), (2, null, 'two');
  create table public.plain (id integer primary key);
$$);
select testing.backup_of('things', 'plain') as backup \gset
select testing.did('update public.things set body = ''edited'' where id = 1');
select testing.sign_in(testing.id_of('chief'));

-- locks
select backup.request_restore(:'backup', tables => '{things,plain}') ->> 'id' as restore \gset
select testing.preview(:'restore') is not null as previewed \gset
create function testing.locks()
returns text[]
language sql
as $$
  select coalesce(array_agg(format('%s %s', relation::regclass, mode) order by relation::regclass::text collate "C"), '{}') from pg_locks
  where pid = pg_backend_pid() and granted and mode in ('ShareLock', 'ExclusiveLock') and relation in ('public.plain'::regclass, 'public.profiles'::regclass, 'public.roles'::regclass, 'public.events'::regclass);
$$;
create table testing.locks_before as select testing.locks() as locks;
select backup.lock_for_apply(target) from backup.restores as target where restore_id = :'restore';
create table testing.locks_after as select array(select unnest(testing.locks()) except select unnest(locks) from testing.locks_before order by 1) as locks;
select is((select 'public.plain ExclusiveLock' = any (locks) from testing.locks_after), true, 'what is written is locked against writers, not against readers');
select is((select 'public.profiles ShareLock' = any (locks) from testing.locks_after), true, 'what its foreign keys lead to is kept as it is');
select is((select 'public.events ShareLock' = any (locks) or 'public.roles ShareLock' = any (locks) from testing.locks_after), false, 'nothing else is locked');
select is(current_setting('lock_timeout'), '10s', 'and nobody waits for ever');

-- rights that hang on tables which are not restored
select backup.request_apply(:'backup', :'restore') ->> 'status' as status \gset
select testing.finish_safety(:'restore');
select testing.claim(:'restore', 'apply') as job \gset
select is(
  (select raised.code from testing.raised(format('do $do$ begin update backup.restores set preview = jsonb_set(preview, ''{privileges,added}'', ''[{"profile_id": "x", "role": "admin"}]'') where restore_id = %L; perform backup.apply_restore(%L, ''worker''); end $do$', :'restore', :'job')) as raised),
  'BK442', 'BK442 when rights would change otherwise than the preview said'
);
select is((select body from public.things where id = 1), 'edited', 'nothing has changed');
select backup.apply_restore(:'job', 'worker');
select is((select body from public.things where id = 1), 'one', 'as it said, it is applied');
select backup.conclude_restore(:'job', 'worker');

-- another role model, which the preview knows nothing of: whoever asked must still be an administrator afterwards
select testing.did(format('create table public.staff (person uuid primary key, may_administer boolean); insert into public.staff values (%L, false), (%L, true)', testing.id_of('chief'), testing.id_of('guest')));
create or replace function backup.is_admin()
returns boolean
language sql stable security definer
set search_path = ''
as $$ select exists (select from public.staff where person = backup.actor_id() and may_administer) $$;
select testing.backup_of('staff') as staff_backup \gset
select testing.did('update public.staff set may_administer = true');
select is(backup.is_admin(), true, 'somebody who became an administrator since');
select backup.request_restore(:'staff_backup') ->> 'id' as demoting \gset
select is(testing.preview(:'demoting') -> 'needs', '[]', 'the preview cannot know what that means here');
select lives_ok(format('select backup.request_apply(%L, %L)', :'staff_backup', :'demoting'), 'asks to restore what was before');
select testing.finish_safety(:'demoting');
select testing.claim(:'demoting', 'apply') as job \gset
select is(
  (select array[raised.code, raised.detail #>> '{removed,0,profile_id}'] from testing.raised(format('select backup.apply_restore(%L, ''worker'')', :'job')) as raised), array['BK444', testing.id_of('chief')::text],
  'BK444: and would lock themselves out'
);
select is((select may_administer from public.staff where person = testing.id_of('chief')), true, 'nothing has changed');
update backup.restores set accept_privilege_changes = true where restore_id = :'demoting';
select backup.apply_restore(:'job', 'worker');
select is((select may_administer from public.staff where person = testing.id_of('chief')), false, 'accepted, it is done');
select is(backup.claims() ->> 'sub', testing.id_of('chief')::text, 'to ask that changed nobody''s claims');
select backup.conclude_restore(:'job', 'worker');

-- a person who would become one, or stay one, is in nobody's way
select testing.sign_in(testing.id_of('guest'));
select testing.did(format('update public.staff set may_administer = true where person = %L', testing.id_of('chief')));
select backup.request_restore(:'staff_backup') ->> 'id' as other \gset
select isnt(testing.preview(:'other'), null, 'somebody else asks');
select backup.request_apply(:'staff_backup', :'other') ->> 'status' as status \gset
select is(testing.apply(:'other') #> '{totals,updated}', '1', 'and stays an administrator');
select is((select may_administer from public.staff where person = testing.id_of('chief')), false, 'whatever becomes of others: that is what the role model''s own preview would be for');

-- a secret key cannot lock itself out
select testing.use_secret_key();
select testing.did('update public.staff set may_administer = true');
select backup.request_restore(:'staff_backup', skip_preview => true) ->> 'id' as keyed \gset
select isnt(testing.preview(:'keyed'), null, 'a secret key asks');
select is(testing.apply(:'keyed') #> '{totals,updated}', '1', 'it is done');

select * from finish();
rollback;
