-- What apply proves at the end, since Postgres did not look while triggers were off: foreign keys and deferrable constraints. Asked here of rows that break them.
begin;
\ir support.sql
select plan(37);

create table public.parents (id integer primary key, code text unique);
create table public.children (id integer primary key, parent integer, code text, constraint children_parent foreign key (parent) references public.parents, constraint children_code foreign key (code) references public.parents (code));
create table public.loose (id integer primary key, parent integer);
create table public.selfish (id integer primary key, boss integer constraint selfish_boss references public.selfish);
create table public.cells (x integer, y integer, primary key (x, y));
create table public.marks (id integer primary key, x integer, y integer, constraint marks_simple foreign key (x, y) references public.cells);
create table public.full_marks (id integer primary key, x integer, y integer, constraint marks_full foreign key (x, y) references public.cells match full);
create table public.later (id integer primary key, code text, flag boolean, during int4range,
  constraint later_code unique (code) deferrable initially deferred,
  constraint later_during exclude using gist (during with &&) where (flag) deferrable initially deferred);
create table public.nulls (id integer primary key, code text, constraint nulls_code unique nulls not distinct (code) deferrable initially deferred);
create table public.years (year integer, parent integer) partition by list (year);
create table public.year_1 partition of public.years for values in (2001);
create table public.year_2 partition of public.years for values in (2002);
alter table public.year_1 add constraint year_1_parent foreign key (parent) references public.parents;
create table public.few (id integer, parent integer);
select testing.did($$
  insert into public.parents values (1, 'a'), (2, 'b');
  insert into public.children values (1, 1, 'a'), (2, 2, 'b'), (3, null, null);
  insert into public.loose values (1, 99);
  insert into public.cells values (1, 1);
$$);
alter table public.loose add constraint loose_parent foreign key (parent) references public.parents not valid;

-- A restore that has written into these tables.
select testing.restore('completed') as restore \gset
update backup.restores set status = 'applying', applied_at = null, completed_at = null, staging_prefix = 'r_' || replace(restore_id::text, '-', '') || '_1';
create table testing.target as select :'restore'::uuid as restore;
create function testing.writes(label text, inserts bigint default 1, deletes bigint default 0)
returns void
language plpgsql
as $$
declare
  listed backup.restore_tables;
begin
  insert into backup.restore_tables (restore_id, ordinal, role, relation, schema_name, table_name, shared_columns, key, insert_count, delete_count)
  select target.restore, 1 + (select count(*) from backup.restore_tables), 'chosen', own.oid, 'public', label,
    array(select name from backup.relation_columns(own.oid)), backup.relation_key(own.oid), inserts, deletes
  from testing.target, pg_class as own where own.oid = ('public.' || label)::regclass
  returning * into listed;
  if deletes > 0 then
    -- the keys of what went, as apply keeps them
    execute format('create table %s as table public.%I with no data', backup.staging_table(listed.restore_id, listed.ordinal, 'r'), label);
  end if;
end;
$$;
create function testing.went(label text, row_values text)
returns void
language plpgsql
as $$
begin
  execute format('insert into %s values (%s)', (select backup.staging_table(listed.restore_id, listed.ordinal, 'r') from backup.restore_tables as listed where listed.table_name = label), row_values);
end;
$$;
-- What a proof says after this, which is undone again; written as a restore writes: by this transaction, with triggers off.
create function testing.proved(proof text)
returns text[]
language plpgsql
as $$
declare
  said record;
begin
  said := testing.raised(format('select backup.%I(target) from backup.restores as target where target.restore_id = %L', proof, (select restore from testing.target)));
  return case when said.code is null then '{}' else array[said.code, said.detail ->> 'table', said.detail ->> 'constraint', said.detail ->> 'rows'] end;
end;
$$;
create function testing.forget()
returns void
language plpgsql
as $$
declare
  staged record;
begin
  delete from backup.restore_tables;
  for staged in select relname from pg_class where relnamespace = 'backup_staging'::regnamespace and relkind = 'r' loop
    execute format('drop table backup_staging.%I', staged.relname);
  end loop;
end;
$$;

-- rows that were written
select testing.writes('children');
set local session_replication_role = replica;
insert into public.children values (10, 1, null), (11, null, 'a'), (12, null, null);
set local session_replication_role = origin;
select is(testing.proved('prove_references'), '{}', 'rows that have their parents');
set local session_replication_role = replica;
insert into public.children values (13, 77, null);
set local session_replication_role = origin;
select is(testing.proved('prove_references'), '{BK453,public.children,children_parent,"[{\"id\": \"13\", \"parent\": \"77\"}]"}', 'BK453 for a row that has none, by name');
delete from public.children where id = 13;
select is(testing.proved('prove_references'), '{}', 'without it all is well');
set local session_replication_role = replica;
insert into public.children values (14, 1, 'zzz');
set local session_replication_role = origin;
select is((testing.proved('prove_references'))[3], 'children_code', 'each foreign key is proved, also one to a unique column');
delete from public.children where id = 14;
set local session_replication_role = replica;
insert into public.children select n, 77, null from generate_series(100, 120) as n;
set local session_replication_role = origin;
select is(jsonb_array_length((testing.proved('prove_references'))[4]::jsonb), 10, 'of many, ten are named');
select is((testing.raised(format('select backup.prove_references(target) from backup.restores as target where target.restore_id = %L', :'restore'))).message, 'The result would violate children_parent of public.children: 21 rows would have no parent in public.parents.', 'and all counted');
delete from public.children where id >= 100;
select testing.forget();

-- rows that went, and others that referred to them
select testing.writes('parents', 0, 1);
select is(testing.proved('prove_references'), '{}', 'nothing that others refer to has gone');
select testing.went('parents', '2, ''b''');
select is(testing.proved('prove_references'), '{}', 'a key that went and came again');
set local session_replication_role = replica;
delete from public.parents where id = 2;
set local session_replication_role = origin;
select is((testing.proved('prove_references'))[1:3], array['BK453', 'public.children', 'children_code'], 'BK453 for rows of other tables that referred to it');
set local session_replication_role = replica;
update public.children set code = null where id = 2;
set local session_replication_role = origin;
select is(testing.proved('prove_references'), '{BK453,public.children,children_parent,"[{\"id\": \"2\", \"parent\": \"2\"}]"}', 'by any of its keys');
set local session_replication_role = replica;
delete from public.children where id = 2;
delete from public.parents where id = 1;
set local session_replication_role = origin;
select is(testing.proved('prove_references'), '{}', 'what did not go by the restore is not its business');
select testing.went('parents', '99, ''x''');
select is(testing.proved('prove_references'), '{}', 'nor is a foreign key that nobody has proved, and that was broken before');
set local session_replication_role = replica;
insert into public.parents values (1, 'a');
set local session_replication_role = origin;
select testing.forget();

-- a table that refers to itself
select testing.writes('selfish');
set local session_replication_role = replica;
insert into public.selfish values (1, 3), (2, 1), (3, 2);
set local session_replication_role = origin;
select is(testing.proved('prove_references'), '{}', 'rows that refer to each other');
delete from public.selfish;
set local session_replication_role = replica;
insert into public.selfish values (1, 3), (2, 1);
set local session_replication_role = origin;
select is((testing.proved('prove_references'))[2:4], array['public.selfish', 'selfish_boss', '[{"id": "1", "boss": "3"}]'], 'and one that refers to nobody');
select testing.forget();

-- composite keys
select testing.writes('marks'), testing.writes('full_marks');
set local session_replication_role = replica;
insert into public.marks values (1, 1, 1), (2, 9, null), (3, null, null);
insert into public.full_marks values (1, 1, 1), (2, null, null);
set local session_replication_role = origin;
select is(testing.proved('prove_references'), '{}', 'half a key refers to nothing');
set local session_replication_role = replica;
insert into public.full_marks values (3, 1, null);
set local session_replication_role = origin;
select is((testing.proved('prove_references'))[3], 'marks_full', 'with MATCH FULL it may not be');
delete from public.full_marks where id = 3;
set local session_replication_role = replica;
insert into public.marks values (4, 1, 2);
set local session_replication_role = origin;
select is((testing.proved('prove_references'))[3:4], array['marks_simple', '[{"x": "1", "y": "2", "id": "4"}]'], 'a whole one has to be there');
select testing.forget();

-- foreign keys of single partitions
select testing.writes('years');
set local session_replication_role = replica;
insert into public.years values (2001, 1), (2002, 77);
set local session_replication_role = origin;
select is(testing.proved('prove_references'), '{}', 'of single partitions nothing is known there');
select is(testing.proved('prove_partition_references'), '{}', 'rows that have their parents, or are in a partition that asks for none');
set local session_replication_role = replica;
insert into public.years values (2001, 77);
set local session_replication_role = origin;
select is((testing.proved('prove_partition_references'))[1:3], '{BK453,public.year_1,year_1_parent}', 'BK453 for one that is in a partition that does');
select testing.forget();
select is(testing.proved('prove_partition_references'), '{}', 'a table that was not written is not looked at');

-- deferrable constraints
select testing.writes('later');
set constraints all deferred;
insert into public.later values (1, 'a', true, '[1,5)'), (2, 'b', true, '[5,9)'), (3, null, false, '[1,9)'), (4, null, true, null);
select is(testing.proved('prove_deferrable'), '{}', 'values that are there once; NULLs as often as one likes');
insert into public.later values (5, 'a', false, null);
select is((testing.proved('prove_deferrable'))[1:3], '{BK453,public.later,later_code}', 'BK453 for a value that is there twice');
select is((select array_agg(row ->> 'id' order by row ->> 'id') from jsonb_array_elements((testing.proved('prove_deferrable'))[4]::jsonb) as row), '{1,5}', 'both are named');
delete from public.later where id = 5;
insert into public.later values (6, 'c', true, '[4,6)');
select is((testing.proved('prove_deferrable'))[3], 'later_during', 'BK453 for rows that exclude each other');
update public.later set flag = false where id = 6;
select is(testing.proved('prove_deferrable'), '{}', 'unless the constraint is not about them');
delete from public.later;
select testing.forget();
select testing.writes('nulls');
insert into public.nulls values (1, null), (2, null);
select is((testing.proved('prove_deferrable'))[3], 'nulls_code', 'NULLs that are not distinct are the same');
delete from public.nulls;
select testing.forget();

-- explain_violation(): when Postgres itself refuses, it names the constraint; the rows are found afterwards
select is(backup.explain_violation(target, 'public.parents', 'no such'), '[]', 'rows that cannot be told are none') from backup.restores as target where restore_id = :'restore';
select is(backup.explain_violation(target, 'public.nothing', 'no such'), '[]', 'whatever is asked') from backup.restores as target where restore_id = :'restore';
select testing.did('create table public.things (id integer primary key, body text); insert into public.things values (1, ''x''), (2, ''y'')');
select testing.backup_of('things') as backup \gset
select testing.did('delete from public.things');
select testing.use_secret_key();
delete from backup.jobs;
select backup.request_restore(:'backup') ->> 'id' as staged \gset
select is(testing.preview(:'staged') -> 'blocking', '[]', 'nothing was in the way at the preview');
select testing.did('alter table public.things add constraint never check (body <> ''x'')');
select is(backup.explain_violation(target, 'public.things', 'never'), '[{"id": "1"}]', 'a CHECK that came since') from backup.restores as target where restore_id = :'staged';
select testing.did('insert into public.things values (7, ''y''); create unique index things_body on public.things (body)');
select is(backup.explain_violation(target, 'public.things', 'things_body'), '[{"k1": "y"}]', 'or a unique index') from backup.restores as target where restore_id = :'staged';
select is(backup.explain_violation(target, 'things', 'never'), '[{"id": "1"}]', 'by a bare name, too') from backup.restores as target where restore_id = :'staged';

-- when the worker reports it
select backup.request_apply(:'backup', :'staged') ->> 'status' as status \gset
select testing.finish_safety(:'staged');
select testing.claim(:'staged', 'apply') as job \gset
select is((testing.raised(format('select backup.apply_restore(%L, ''worker'')', :'job'))).code, 'BK442', 'a table that has been written since is stale, first of all');
select testing.did('delete from public.things');
select throws_ok(format('select backup.apply_restore(%L, ''worker'')', :'job'), '23514', null, 'what Postgres refuses it refuses in its own words');
select backup.fail_job(:'job', 'worker', '{"code": "constraint_violated", "message": "m", "details": {"table": "public.things", "constraint": "never", "rows": []}}');
select is((select error #> '{details,rows}' from backup.restores where restore_id = :'staged'), '[{"id": "1"}]', 'the restore then names the rows');
select is_empty('select * from public.things', 'and nothing has changed');

select * from finish();
rollback;
