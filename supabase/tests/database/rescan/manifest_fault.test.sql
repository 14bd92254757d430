-- import_manifest(): whatever stands there, it is told, and the next archive is looked at.
begin;
\ir support.sql
select plan(68);

create table public.things (id integer primary key);
insert into public.things values (1), (2);
create table public.others (id integer primary key);
insert into public.others values (1);
select testing.archive_of('things', 'others') as backup \gset
create table testing.good as select :'backup' as folder, backup.manifest(:'backup') as manifest, testing.objects_of(:'backup') as objects;
delete from public.backups;
select testing.begun_rescan() as job \gset
select backup.record_objects(:'job', 'worker', objects) from testing.good;

-- What is said of a manifest's text: imported, or why not. Nothing of it stays.
create function testing.said(manifest_text text, folder text default null)
returns text
language plpgsql
as $$
declare
  job    uuid := (select job_id from backup.jobs where kind = 'rescan' and status = 'running');
  answer text;
begin
  begin
    answer := backup.import_manifest(job, 'worker', coalesce(folder, (select good.folder from testing.good)), manifest_text, repeat('e', 64));
    if answer = 'broken' then
      if exists (select from public.backups) or exists (select from backup.backup_tables) then
        answer := 'broken, but something stayed';
      else
        answer := (select reason from backup.rescan_findings where job_id = job and not is_imported);
      end if;
    end if;
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return answer;
end;
$$;

select is(testing.said(manifest::text), 'imported', 'as it is, it can be imported') from testing.good;
select is(testing.said(jsonb_pretty(manifest)), 'imported', 'however it is written') from testing.good;
select is(testing.said(((manifest || '{"more": 1}') - '{filename,requested_tables,notes}'::text[])::text), 'imported', 'with more in it, or less of what can be done without') from testing.good;
select is(testing.said((manifest #- '{tables,0,constraints}' #- '{tables,0,foreign_keys}')::text), 'imported', 'of an older version') from testing.good;

create table testing.faults (nr serial, what text, path text[], value jsonb, said text);
insert into testing.faults (what, path, value, said) values
  ('no format',               '{format}',  null,   '^It is of format none, which is not known here\.$'),
  ('another format',          '{format}',  '2',    '^It is of format 2, which is not known here\.$'),
  ('a format in quotes',      '{format}',  '"1"',  '^It is of format 1, which is not known here\.$'),
  ('another backup',          '{id}',      '"b0b0b0b0-0000-4000-8000-000000000001"', '^It describes the backup b0b0b0b0-0000-4000-8000-000000000001\.$'),
  ('no id',                   '{id}',      null,   '^It describes'),
  ('no tables',               '{tables}',  null,   '^It names no tables or no parts\.$'),
  ('an empty list of them',   '{tables}',  '[]',   '^It names no tables or no parts\.$'),
  ('tables that are no list', '{tables}',  '{"a": 1}', '^It names no tables or no parts\.$'),
  ('tables that are numbers', '{tables}',  '[1, 2]', 'has no name\.$'),
  ('columns within columns',  '{tables,0,columns,0}', '[]', 'has columns that are none\.$'),
  ('a column that is not told to be generated', '{tables,0,columns,0,is_generated}', null, 'has columns that are none\.$'),
  ('a type that is no text',  '{tables,0,columns,0,type}', '7', 'has columns that are none\.$'),
  ('a key of numbers',        '{tables,0,key}', '[1]', 'has a key that is none\.$'),
  ('foreign keys in a text',  '{tables,0,foreign_keys}', '"boom"', 'has foreign keys that are none\.$'),
  ('a foreign key that is a number', '{tables,0,foreign_keys}', '[1]', 'has foreign keys that are none\.$'),
  ('no validation',           '{validation}', null, '^It lacks the snapshot, the sequences or the validation\.$'),
  ('a validation with words', '{validation,errors}', '"many"', '^It lacks the snapshot, the sequences or the validation\.$'),
  ('a time without an end',   '{snapshot,taken_at}', '"infinity"', '^It was made at no time\.$'),
  ('made in another century', '{created_at}', '"2999-01-01T00:00:00Z"', '^It was made at no time\.$'),
  ('no time of the snapshot', '{snapshot,taken_at}', null, '^It was made at no time\.$'),
  ('no parts',                '{parts}',   null,   '^It names no tables or no parts\.$'),
  ('parts that are a text',   '{parts}',   '"x"',  '^It names no tables or no parts\.$'),
  ('a table without a name',  '{tables,0,name}', null, '^Table 1 has no name\.$'),
  ('without a schema',        '{tables,0,schema}', null, 'has no name\.$'),
  ('without rows',            '{tables,0,rows}', null, '^The rows of a table are not those of its parts\.$'),
  ('without columns',         '{tables,0,columns}', null, 'has columns that are none\.$'),
  ('columns that are no list', '{tables,0,columns}', '{}', 'has columns that are none\.$'),
  ('without a fingerprint',   '{tables,0,fingerprint}', null, 'has no name\.$'),
  ('a part without a path',   '{parts,1,path}', null, '^What it says about a part is not whole\.$'),
  ('without a hash',          '{parts,1,raw_sha256}', null, '^What it says about a part is not whole\.$'),
  ('a hash that is none',     '{parts,1,stored_sha256}', '"abc"', '^What it says about a part is not whole\.$'),
  ('without a size',          '{parts,1,stored_bytes}', null, '^What it says about a part is not whole\.$'),
  ('a size below nothing',    '{parts,1,raw_bytes}', '-1', '^What it says about a part is not whole\.$'),
  ('a size that is a text',   '{parts,1,stored_bytes}', '"many"', '^It is not a manifest: '),
  ('a size beyond all',       '{parts,1,stored_bytes}', '1e30', '^It is not a manifest: '),
  ('a gap between parts',     '{parts,1,ordinal}', '7', '^Its parts are not numbered without a gap\.$'),
  ('the same part twice',     '{parts,1,ordinal}', '0', '^Its parts are not numbered without a gap\.$'),
  ('a part of no table',      '{parts,1,table}', '9', '^A part belongs to no table\.$'),
  ('rows that are not there', '{tables,0,rows}', '5', '^The rows of a table are not those of its parts\.$'),
  ('a part of another size',  '{parts,1,stored_bytes}', '53', '^.*/00001-.* is not in the bucket, or not of its size\.$'),
  ('a part elsewhere',        '{parts,1,path}', '"nowhere/part"', '^nowhere/part is not in the bucket, or not of its size\.$'),
  ('the same table twice',    '{tables,1,ordinal}', '1', '^A part belongs to no table\.$'),
  ('a date that is none',     '{created_at}', '"yesterday evening"', '^It is not a manifest: '),
  ('no date',                 '{created_at}', null, '^It was made at no time\.$'),
  ('a number too long',       '{parts,1,ordinal}', '99999999999999999999', '^It is not a manifest: ');
select matches(
  testing.said((case when faults.value is null then good.manifest #- faults.path else jsonb_set(good.manifest, faults.path, faults.value) end)::text), faults.said, faults.what
) from testing.faults, testing.good order by nr;

-- texts that are no JSON
select matches(testing.said(text), '^It is (not a manifest: |of format none)|^It describes', 'not a manifest: ' || left(text, 20)) from unnest(array['', ' ', 'null', '[]', '"text"', '{', '{"a": "\u0000"}', '{"a": "\ud800"}', '<html>', repeat('[', 200000)]) with ordinality as given (text, position) order by position;
select matches(testing.said(manifest::text, 'not-a-uuid'), '^It describes', 'a folder of another name') from testing.good;
select matches(testing.said(jsonb_set(manifest, '{id}', '"not-a-uuid"')::text, 'not-a-uuid'), '^It is not a manifest: ', 'even if it says so itself') from testing.good;

-- one after the other
select is(backup.import_manifest(:'job', 'worker', 'first', '{}', repeat('e', 64)), 'broken', 'one that is broken');
select is((select backup.import_manifest(:'job', 'worker', folder, manifest::text, repeat('e', 64)) from testing.good), 'imported', 'does not keep the next from being imported');
select matches((select backup.import_manifest(:'job', 'worker', folder, manifest::text, repeat('e', 64)) from testing.good), '^broken$', 'one that is there already is not imported again');
select is((select jsonb_object_agg(folder, is_imported) from backup.rescan_findings where job_id = :'job'), jsonb_build_object('first', false, :'backup', true), 'each is told');
select is((select length(reason) from backup.rescan_findings where job_id = :'job' and folder = 'first'), length('It is of format none, which is not known here.'), 'with the reason');
select is(backup.import_manifest(:'job', 'worker', 'second', jsonb_build_object('format', 1, 'id', repeat('x', 5000000))::text, repeat('e', 64)), 'broken', 'one with a very long id');
select is((select length(reason) from backup.rescan_findings where job_id = :'job' and folder = 'second'), 200, 'of which not all is told');

select * from finish();
rollback;
