-- One backup as the API shows it.
begin;
\ir ../support.sql
select plan(18);

select testing.person('{admin}', 'Ada', 'Lovelace') as admin \gset
select testing.backup(created_at => '2026-03-01 12:00:00.25+02', created_by => :'admin') as done, testing.backup('failed') as failed \gset
select testing.parts(:'done');

select testing.sign_out();
select throws_ok(format('select backup.get_backup(%L)', :'done'), 'BK403', null, 'BK403 for nobody');
select testing.sign_in_as('alumni');
select throws_ok(format('select backup.get_backup(%L)', :'done'), 'BK403', null, 'BK403 for a member');
select testing.sign_in(:'admin'::uuid);
select throws_ok('select backup.get_backup(gen_random_uuid())', 'BK404', null, 'BK404 for one that does not exist');
select throws_ok('select backup.get_backup(null)', 'BK404', null, 'BK404 for none');

create table testing.shown as select backup.get_backup(:'done') as backup;
select is_empty(
  $$
    select key from unnest('{id,created_at,created_by,filename,file_size,tables,record_counts,status,validation_results,notes,kind,phase,progress,started_at,completed_at,duration_ms,error,
      override_validation,override_reason,is_pinned,verified_at,verification,raw_size,row_count,part_count,snapshot,profiles,table_details}'::text[]) as key
    except select jsonb_object_keys(backup) from testing.shown
  $$,
  'it has every member that the API promises'
);
select is(
  (select array[backup ->> 'created_at', backup ->> 'started_at', backup ->> 'completed_at', backup ->> 'verified_at'] from testing.shown),
  array['2026-03-01T10:00:00.250Z', '2026-03-01T10:00:00.250Z', '2026-03-01T10:00:01.750Z', null], 'times in UTC'
);
select is((select backup -> 'duration_ms' from testing.shown), '1500', 'how long it took');
select is((select backup -> 'profiles' from testing.shown), '{"first_name": "Ada", "last_name": "Lovelace"}', 'who made it, by name');
select is((select backup -> 'created_by' from testing.shown), to_jsonb(:'admin'::text), 'and by id');
select is((select backup -> 'validation_results' from testing.shown), '{"status": "passed", "errors": 0, "tables": [{"table": "public.profiles"}]}', 'the whole validation report');
select is((select backup -> 'snapshot' from testing.shown), '{"xmin": "1", "database": "postgres", "server_version": "15"}', 'the snapshot without the sequences');
select is(
  (select backup -> 'table_details' from testing.shown),
  '[{"table": "public.profiles", "rows": 2, "raw_bytes": 20, "stored_bytes": 200, "columns": [{"name": "id"}], "key": ["id"], "references": [], "referenced_by": [], "parts": 1}]', 'each table'
);

create table testing.shown_failed as select backup.get_backup(:'failed') as backup;
select is((select backup -> 'error' ->> 'code' from testing.shown_failed), 'internal', 'a failed one: why');
select is((select backup -> 'table_details' from testing.shown_failed), '[]', 'no tables yet');
select is((select backup -> 'duration_ms' from testing.shown_failed), 'null', 'no duration');
select is((select backup -> 'profiles' from testing.shown_failed), 'null', 'nobody''s');

select testing.use_secret_key();
select is(backup.get_backup(:'done') ->> 'id', :'done'::text, 'a secret key may read it');
delete from public.profiles where id = :'admin';
select is(backup.get_backup(:'done') -> 'profiles', 'null', 'when its author is gone, it has no name');

select * from finish();
rollback;
