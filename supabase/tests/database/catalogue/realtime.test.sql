-- Where the project has Realtime, progress is seen without polling.
begin;
\ir ../support.sql
select plan(4);

create function testing.published()
returns bigint
language sql
as $$ select count(*) from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'backups' $$;

drop publication if exists supabase_realtime;
\ir ../../../migrations/20261122000600_catalogue.sql
select is(testing.published(), 0::bigint, 'without Realtime there is nothing to publish, and nothing goes wrong');

create publication supabase_realtime for table public.profiles;
\ir ../../../migrations/20261122000600_catalogue.sql
select is(testing.published(), 1::bigint, 'with Realtime, public.backups is published');
\ir ../../../migrations/20261122000600_catalogue.sql
select is(testing.published(), 1::bigint, 'applied again, still once');
select set_eq(
  'select tablename::text from pg_publication_tables where pubname = ''supabase_realtime''', array['backups', 'profiles'],
  'what the project publishes stays, and no table of schema backup is published'
);

select * from finish();
rollback;
