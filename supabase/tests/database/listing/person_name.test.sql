-- person_name(): whatever columns the profiles of a project have.
begin;
\ir ../support.sql
select plan(10);

select testing.person('{}', 'Zoë', 'O''Neil') as person \gset
select is(backup.person_name(:'person'), '{"first_name": "Zoë", "last_name": "O''Neil"}', 'first and last name');
select is(backup.person_name(null), null, 'nobody has none');
select is(backup.person_name(gen_random_uuid()), null, 'nor has somebody without a profile');

create function testing.profiles_are(definition text)
returns void
language plpgsql
as $$
begin
  drop table if exists public.profiles cascade;
  if definition is not null then
    execute 'create table public.profiles ' || definition;
  end if;
end;
$$;

select testing.profiles_are('(id uuid, full_name text)');
insert into public.profiles values (:'person', 'Zoë O''Neil');
select is(backup.person_name(:'person'), '{"first_name": "Zoë O''Neil", "last_name": ""}', 'full_name');

select testing.profiles_are('(id uuid, first_name text, last_name text, full_name text)');
insert into public.profiles values (:'person', null, null, 'Zoë O''Neil');
select is(backup.person_name(:'person'), '{"first_name": "Zoë O''Neil", "last_name": ""}', 'full_name, where the others are there but empty');

select testing.profiles_are('(id uuid, nick text)');
insert into public.profiles values (:'person', 'zoe');
select is(backup.person_name(:'person'), '{"first_name": null, "last_name": ""}', 'no name at all');

select testing.profiles_are('(id bigint, first_name text)');
select is(backup.person_name(:'person'), null, 'a key of another type');
select testing.profiles_are('(user_id uuid, first_name text)');
select is(backup.person_name(:'person'), null, 'another key');
select testing.profiles_are(null);
select is(backup.person_name(:'person'), null, 'no profiles');
select testing.backup(created_by => :'person') as backup \gset
select testing.use_secret_key();
select lives_ok('select backup.list_backups()', 'none of which keeps the list from being shown');

select * from finish();
rollback;
