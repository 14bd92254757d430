-- Administrator rights: who would gain or lose them, by whichever of the three tables that say so.
begin;
\ir support.sql
select plan(27);

select testing.did($$
  insert into public.roles (name) values ('super_admin'), ('admin'), ('alumni') on conflict do nothing;
$$);
-- People of then, made as somebody else would.
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
select testing.hire('chief', '{super_admin}'), testing.hire('admin', '{admin}'), testing.hire('both', '{admin,super_admin}'), testing.hire('member', '{alumni}'), testing.hire('nobody', '{}');
select testing.backup_of('profiles', 'roles', 'user_roles') as backup \gset
create table testing.source as select :'backup'::uuid as backup;
select testing.use_secret_key();
create function testing.id_of(name text)
returns uuid
language sql
as $$ select id from testing.people where people.name = id_of.name $$;
create function testing.role_id(name text)
returns text
language sql
as $$ select id::text from public.roles where roles.name::text = role_id.name $$;

-- What a restore of these tables would do to rights, as {"+admin name", "-admin name"}.
create function testing.rights(statement text, tables text[] default null, mode text default 'replace', rows jsonb default null)
returns text[]
language plpgsql
as $$
declare
  answer text[];
  found  jsonb;
begin
  begin
    execute statement;
    found := testing.preview((backup.request_restore((select backup from testing.source), mode, tables => tables, rows => rows) ->> 'id')::uuid);
    select array_agg(change.said order by change.said collate "C") into answer
    from (
      select format('%s%s %s', side.sign, entry ->> 'role', person.name) as said
      from (values ('+', 'added'), ('-', 'removed')) as side (sign, name)
      cross join lateral jsonb_array_elements(found #> array['privileges', side.name]) as entry
      join testing.people as person on person.id::text = entry ->> 'profile_id'
    ) as change;
    if (answer is not null) <> (found -> 'needs' ? 'accept_privilege_changes') then
      answer := answer || 'not in needs'::text;
    end if;
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return coalesce(answer, '{}');
end;
$$;
create function testing.grants(name text, role_name text)
returns text
language sql
as $$ select format('insert into public.user_roles (profile_id, role_id) select %L, id from public.roles where name::text = %L', testing.id_of(name), role_name) $$;
create function testing.revokes(name text, role_name text)
returns text
language sql
as $$ select format('delete from public.user_roles where profile_id = %L and role_id in (select id from public.roles where name::text = %L)', testing.id_of(name), role_name) $$;

select is(testing.rights('select'), '{}', 'nothing has changed');
select is(testing.rights(format('update public.profiles set last_name = ''x'' where id = %L', testing.id_of('chief'))), '{}', 'the profile of an administrator is no right');
select is(testing.rights(testing.grants('member', 'admin')), '{"-admin member"}', 'somebody became an administrator since');
select is(testing.rights(testing.grants('nobody', 'super_admin')), '{"-super_admin nobody"}', 'of the other role');
select is(testing.rights(testing.grants('nobody', 'alumni')), '{}', 'other roles are nobody''s concern');
select is(testing.rights(testing.revokes('admin', 'admin')), '{"+admin admin"}', 'somebody was one and is not any more');
select is(testing.rights(testing.revokes('both', 'admin')), '{"+admin both"}', 'each role counts');
select is(testing.rights(testing.revokes('admin', 'admin') || ';' || testing.grants('member', 'super_admin')), '{"+admin admin","-super_admin member"}', 'both at once');
select is(testing.rights(testing.revokes('admin', 'admin') || ';' || testing.grants('admin', 'super_admin')), '{"+admin admin","-super_admin admin"}', 'one role for the other');

-- by modes and tables
select is(testing.rights(testing.grants('member', 'admin'), mode => 'merge'), '{}', 'a merge takes nobody''s rights');
select is(testing.rights(testing.revokes('admin', 'admin'), mode => 'undelete'), '{"+admin admin"}', 'an undelete gives them back');
select is(testing.rights(testing.grants('member', 'admin'), '{profiles}'), '{}', 'tables that were not chosen stay');
select is(testing.rights(testing.revokes('admin', 'admin'), '{user_roles}'), '{"+admin admin"}', 'one of the three is enough');
select is(testing.rights(format('delete from public.profiles where id = %L', testing.id_of('admin'))), '{"+admin admin"}', 'somebody who was deleted, with the roles');
select is(testing.rights(format('delete from public.profiles where id = %L', testing.id_of('admin')), '{profiles}'), '{}', 'without the roles');
select is(
  testing.rights(format('delete from public.profiles where id = %L', testing.id_of('admin')), rows => jsonb_build_object('user_roles', jsonb_build_array(jsonb_build_array(testing.id_of('admin'), testing.role_id('admin'))))),
  '{"+admin admin"}', 'chosen rows, with their parents'
);
select is(
  testing.rights(testing.revokes('admin', 'admin'), rows => jsonb_build_object('profiles', jsonb_build_array(testing.id_of('admin')))), '{}', 'of which rights were not chosen'
);
select is(testing.rights('update public.roles set name = ''moderator_'' || id::text where name::text in (''admin'')'), '{"+admin admin","+admin both"}', 'a role that was renamed: everybody who has it');
select is(
  testing.rights('update public.roles set name = ''x'' where name::text = ''alumni''; update public.roles set name = ''alumni'' where name::text = ''admin''; update public.roles set name = ''admin'' where name::text = ''x''', '{roles}'),
  '{"+admin admin","+admin both","-admin member"}', 'roles that exchanged their names'
);
select is(testing.rights('truncate public.user_roles'), '{"+admin admin","+admin both","+super_admin both","+super_admin chief"}', 'all of them');

-- rows that would cascade
select testing.did(format('insert into testing.people values (''late'', testing.person(''{admin}''))'));
select is(testing.rights('select', '{profiles}'), '{"-admin late"}', 'somebody who goes with the profile that came since');
select is(testing.rights('select', '{profiles}', 'merge'), '{}', 'not in a merge');

-- without the acceptance
select backup.request_restore(:'backup', skip_preview => true) ->> 'id' as restore \gset
select testing.preview(:'restore') is not null as previewed \gset
select is((select array[status, error ->> 'code'] from backup.restores where restore_id = :'restore'), '{failed,privilege_changes_not_accepted}', 'unless somebody accepts it, nothing happens');
select is((select error #>> '{details,removed,0,profile_id}' from backup.restores where restore_id = :'restore'), testing.id_of('late')::text, 'and the error names who it is about');

-- the last look: whoever asked must be an administrator afterwards, whatever the role model
select is(backup.asker_is_admin(target), null, 'nobody asked: a secret key') from backup.restores as target where restore_id = :'restore';
update backup.restores set asked_by = testing.id_of('chief') where restore_id = :'restore';
select is(backup.asker_is_admin(target), true, 'the one who asked is an administrator') from backup.restores as target where restore_id = :'restore';
select is(backup.claims() ->> 'role', 'service_role', 'and to ask that changes nobody''s claims');

select * from finish();
rollback;
