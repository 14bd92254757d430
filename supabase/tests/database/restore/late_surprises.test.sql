-- What a restore must not do although everybody agreed to it a moment ago, and keys that are not what they were.
begin;
\ir support.sql
select plan(12);

select testing.did($$
  create table public.tops (id integer primary key);
  create table public.middles (id integer primary key, top integer unique references public.tops on delete set null);
  create table public.ends (id integer primary key, middle integer references public.middles (top));
  insert into public.tops values (1);
  create table public.worded (id text primary key, body text);
  insert into public.worded values ('1', 'a'), ('01', 'b');
  create table public.added (id integer primary key, body text);
  insert into public.added values (1, 'a');
$$);

-- a column that is emptied because its parent goes, and that others refer to
select testing.backup_of('tops') as backup \gset
select testing.did('insert into public.tops values (2); insert into public.middles values (1, 2); insert into public.ends values (1, 2)');
select testing.use_secret_key();
create table testing.chained as select testing.preview((backup.request_restore(:'backup') ->> 'id')::uuid) as preview;
select is((select jsonb_path_query_array(preview, '$.cascades[*].action') from testing.chained), '["set null", "none"]', 'who refers to an unlinked row is looked at, too');
select is((select preview #>> '{blocking,0,table}' from testing.chained), 'public.ends', 'and stands in the way, as it would with Postgres');

-- two rows of the backup that become one by the key's new type
select testing.backup_of('worded') as worded \gset
select testing.did('delete from public.worded where id = ''01''; alter table public.worded alter column id type integer using id::integer');
create table testing.collided as select testing.preview((backup.request_restore(:'worded') ->> 'id')::uuid) as preview;
select is((select preview #>> '{blocking,0,code}' from testing.collided), 'key_not_unique', 'rows that share a key now are not taken for one');

-- a column that came since, and refers to a row that goes
select testing.backup_of('tops', 'added') as both \gset
select testing.did('alter table public.added add top integer references public.tops on delete set null; insert into public.tops values (3); update public.added set top = 3, body = ''b''');
select backup.request_restore(:'both', tables => '{tops,added}', accept_cascade => true) ->> 'id' as kept \gset
select is(testing.preview(:'kept') -> 'blocking', '[]', 'a column that the backup does not have may be emptied, as its foreign key says');
select backup.request_apply(:'both', :'kept') ->> 'status' as status \gset
select isnt(testing.apply(:'kept'), null, 'it is applied');
select results_eq('select id, body, top from public.added', $$ values (1, 'a', null::integer) $$, 'the row is what it was, and points at nothing');
select is_empty('select id from public.tops where id = 3', 'whose parent has gone');

-- a CHECK that came since, whose function trusts the search path of the project
select testing.backup_of('added') as checked \gset
select testing.did($$
  create function public.inner_test(body text) returns boolean language sql immutable as 'select body <> ''a''';
  create function public.outer_test(body text) returns boolean language plpgsql immutable as 'begin return inner_test(body); end';
  update public.added set body = 'z';
  alter table public.added add constraint trusting check (public.outer_test(body)) not valid;
$$);
create table testing.trusted as select testing.preview((backup.request_restore(:'checked') ->> 'id')::uuid) as preview;
select is((select preview #> '{violations,0,rows}' from testing.trusted), '1', 'is tested before anything is touched');
select testing.did('alter table public.added drop constraint trusting');

-- whoever asked is thrown out before it happens
select testing.sign_in_as('super_admin');
select backup.actor_id() as asker \gset
select testing.backup_of('added') as last \gset
select testing.did('update public.added set body = ''c''');
select backup.request_restore(:'last') ->> 'id' as asked \gset
select isnt(testing.preview(:'asked'), null, 'an administrator looks at a preview');
select is(backup.request_apply(:'last', :'asked') ->> 'status', 'applying', 'and applies it');
select testing.finish_safety(:'asked');
select testing.claim(:'asked', 'apply') as job \gset
select testing.did(format('delete from public.user_roles where profile_id = %L', :'asker'));
select throws_ok(format('select backup.apply_restore(%L, ''worker'')', :'job'), 'BK403', null, 'who is none any more changes nothing');
select is((select body from public.added where id = 1), 'c', 'nothing was changed');

select * from finish();
rollback;
