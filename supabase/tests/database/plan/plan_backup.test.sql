-- plan_backup(): what a worker is told: the snapshot, the tables, the parts with the script's text around them, the sequences.
begin;
\ir ../support.sql
select plan(27);

create table public."Odd ""name""; \." ("select" integer, "a b" text);
create table public.numbered (id serial primary key, twice integer generated always as (1 * 2) stored);

create table testing.planned as
  select backup.plan_backup('b0b0b0b0-0000-4000-8000-000000000001', array['numbered', 'Odd "name"; \.', 'events']) as plan;
create table testing.parts as
  select part.* from testing.planned, jsonb_to_recordset(plan -> 'parts')
    as part (ordinal integer, table_ordinal integer, name text, slice jsonb, copy_query text, prefix text, suffix text, estimated_bytes bigint);

-- tables
select is(
  (select array_agg(t ->> 'table_name') from testing.planned, jsonb_array_elements(plan -> 'tables') as t), '{"Odd \"name\"; \\.",events,numbered}',
  'the chosen tables, in the order of the archive'
);
select is_empty(
  $$
    select t from testing.planned, jsonb_array_elements(plan -> 'tables') as t
    where t -> 'definition' <> backup.relation_definition((t ->> 'relation')::oid) or t ->> 'fingerprint' <> backup.fingerprint(t -> 'definition')
  $$,
  'each with its definition and fingerprint'
);
select is((select array_agg(s ->> 'name') from testing.planned, jsonb_array_elements(plan -> 'sequences') as s), '{public.numbered_id_seq}', 'and where their sequences stand');

-- parts
select is((select array_agg(ordinal order by ordinal) from testing.parts), (select array_agg(n - 1) from generate_series(1, (select count(*)::integer from testing.parts)) as n), 'parts are numbered from 0 without a gap');
select is((select array_agg(table_ordinal order by ordinal) from testing.parts), '{null,1,2,3,null}', 'the head, then each table in its order, then the tail');
select results_eq(
  'select name from testing.parts order by ordinal',
  array['00000-head.sql.gz.age', '00001-public.Odd__name_____.sql.gz.age', '00002-public.events.sql.gz.age', '00003-public.numbered.sql.gz.age', '00004-tail.sql.gz.age'],
  'file names are such as every store takes'
);
select is((select count(*) from testing.parts where copy_query is null), 2::bigint, 'head and tail have no rows');
select is((select distinct slice from testing.parts where copy_query is null), '{"kind": "script"}', 'they are script');
select is(
  (select prefix from testing.parts where ordinal = 1), E'copy public."Odd ""name""; \\." ("select", "a b") from stdin;\n',
  'names are quoted'
);
select is((select prefix from testing.parts where ordinal = 3), E'copy public.numbered (id) from stdin;\n', 'generated columns are left out');
select matches((select copy_query from testing.parts where ordinal = 3), '^copy \(select id from only public\.numbered ', 'of what is read, too');
select is((select distinct suffix from testing.parts where copy_query is not null), E'\\.\n\n', 'rows end as COPY wants it');

-- the script
select matches((select prefix from testing.parts where ordinal = 0), '^-- Backup b0b0b0b0-0000-4000-8000-000000000001, archive format 1\.\n', 'the script begins with what it is');
select is_empty(
  $$ select statement from unnest(backup.session_statements()) as statement, testing.parts where ordinal = 0 and statement not like 'set search\_path %' and strpos(prefix, E'\n' || statement || E';\n') = 0 $$,
  'and with every setting that the text of a value depends on, but not the search path: functions in CHECKs and generated columns trust the loader''s'
);
select matches((select prefix from testing.parts where ordinal = 0), E'\nset session_replication_role = replica;\n\n$', 'then triggers and foreign keys are off');
select matches((select prefix from testing.parts where ordinal = 4), E'select pg_catalog\\.setval\\(''public\\.numbered_id_seq'', 1, ''f''\\);\n\nreset session_replication_role;', 'at the end the sequences, then triggers again');
select matches((select prefix from testing.parts where ordinal = 4), E'-- End of backup b0b0b0b0-0000-4000-8000-000000000001\\.\n$', 'and an end that shows that it is one');
create function testing.run(script text)
returns void
language plpgsql
as $$
begin
  execute script;
end;
$$;
savepoint script;
select testing.run(prefix) from testing.parts where ordinal = 0;
set local search_path = extensions, pg_catalog;
select is(current_setting('session_replication_role'), 'replica', 'the head runs as the project''s own role, and does what it says');
select lives_ok('select testing.run(prefix) from testing.parts where ordinal = 4', 'so does the tail');
select is(current_setting('session_replication_role'), 'origin', 'which puts it back');
rollback to script;
select lives_ok(
  format('select testing.run(%L)', statement), statement
) from unnest(backup.session_statements()) as statement where statement like '%row_security%';

-- names of parts
select is(backup.part_name(123456, 'public.x'), '123456-public.x.sql.gz.age', 'a long number is not cut');
select is(length(backup.part_name(1, repeat('ü', 200))), 100 + length('00001-.sql.gz.age'), 'a long name is');

-- the snapshot
select is(
  (select array_agg(key order by key) from testing.planned, jsonb_object_keys(plan -> 'snapshot') as key),
  '{database,in_progress,lsn,server_version,system_identifier,taken_at,timeline,xmax,xmin}',
  'the snapshot says which cluster, timeline and transactions'
);
select ok(
  (select (plan -> 'snapshot' ->> 'xmin')::numeric <= (plan -> 'snapshot' ->> 'xmax')::numeric
      and plan -> 'snapshot' ->> 'database' = current_database() and plan -> 'snapshot' ->> 'taken_at' = backup.iso(now()) from testing.planned),
  'of this transaction'
);

-- locks
select is(
  backup.lock_statement(array['numbered', 'Odd "name"; \.']),
  'lock table public."Odd ""name""; \.", public.numbered in access share mode',
  'one statement locks all tables, in the order of the archive'
);
update backup.settings set value = (select jsonb_agg(schema_name || '.' || table_name) from backup.select_tables()) where key = 'excluded_tables';
select is(backup.lock_statement(), null, 'without a table there is nothing to lock');

select * from finish();
rollback;
