-- All of planning works in the worker's own transaction: REPEATABLE READ and READ ONLY.
begin isolation level repeatable read;
set local search_path = extensions, pg_catalog;
select plan(6);
-- to have them to read: a sequence of nobody, a table whose rows are measured
create sequence public.lone;
create table public.large (body text);
alter table public.large alter body set storage external;
insert into public.large select repeat('x', 9000000) from generate_series(1, 2);
set transaction read only;

select isnt(backup.plan_backup('b0b0b0b0-0000-4000-8000-000000000001'), null, 'a plan of everything is made without writing');
select isnt(backup.plan_backup('b0b0b0b0-0000-4000-8000-000000000001', '{profiles}'), null, 'and of a choice');
select is((select count(*) from backup.plan_parts('b0b0b0b0-0000-4000-8000-000000000001', '{large}')), 4::bigint, 'of rows that must be measured, too');
select lives_ok(backup.lock_statement(), 'the lock that a snapshot needs may be taken');
select isnt_empty('select * from backup.sequence_states()', 'sequences are read');
select isnt_empty('select * from pg_catalog.pg_locks where pid = pg_backend_pid() and relation = ''public.profiles''::regclass and mode = ''AccessShareLock''', 'the lock is held');

select * from finish();
rollback;
