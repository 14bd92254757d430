-- A table that shares no column with the backup's: nothing could tell one row from another, so none is touched.
begin;
\ir support.sql
select plan(5);

select testing.did('create table public.things (id integer primary key, body text); insert into public.things values (1, ''x''), (2, ''y''); create table public.no_columns (); insert into public.no_columns default values');
select testing.backup_of('things', 'no_columns') as backup \gset
select testing.did('alter table public.things rename id to number; alter table public.things rename body to words; insert into public.things values (3, ''z''); insert into public.no_columns default values');
select testing.use_secret_key();
select backup.request_restore(:'backup') ->> 'id' as restore \gset
create table testing.previewed as select testing.preview(:'restore') as preview;
select is((select jsonb_array_length(preview -> 'blocking') from testing.previewed), 1, 'it blocks');
select is((select preview #>> '{blocking,0,table}' from testing.previewed), 'public.things', 'by name');
select is((select testing.counts(preview, 'public.things') from testing.previewed), '{0,0,0,0}', 'no row is taken for another');
select is((select testing.table_of(preview, 'public.things') -> 'is_blocked' from testing.previewed), 'true', 'it is not compared');
select is((select testing.counts(preview, 'public.no_columns') from testing.previewed), '{0,0,1,0}', 'rows of a table that has no columns at all can be counted');

select * from finish();
rollback;
