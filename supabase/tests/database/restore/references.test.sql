-- Foreign keys, before anything is touched: rows to write whose parent will not be there (orphans), and rows that stay and lose theirs (cascades).
begin;
\ir support.sql
select plan(49);

select testing.did($$
  create table public.authors (id integer primary key, name text, boss integer references public.authors on delete set null);
  create table public.books (id integer primary key, author integer references public.authors on delete cascade);
  create table public.pages (id integer primary key, book integer not null references public.books on delete cascade);
  create table public.notes (id integer primary key, book integer references public.books on delete set null, author integer references public.authors on delete set null);
  create table public.prizes (id integer primary key, author integer references public.authors);
  create table public.loose (id integer primary key, author integer);
  insert into public.loose values (1, 1), (2, 99);
  alter table public.loose add constraint loose_author_fkey foreign key (author) references public.authors on delete cascade not valid;
  insert into public.authors values (1, 'one', null), (2, 'two', 1), (3, 'three', 1);
  insert into public.books values (10, 1), (20, 2), (30, 3), (40, null);
  insert into public.pages values (100, 10), (200, 20), (300, 30), (301, 30);
  insert into public.notes values (1000, 10, 1), (2000, 20, 2), (3000, 30, 3);
  insert into public.prizes values (1, 1);
$$);
select testing.backup_of('authors', 'books', 'pages', 'notes', 'prizes', 'loose') as backup \gset
create table testing.source as select :'backup'::uuid as backup;
select testing.use_secret_key();

create function testing.previewed(statement text, tables text[] default null, mode text default 'replace')
returns jsonb
language plpgsql
as $$
declare
  answer jsonb;
begin
  begin
    execute statement;
    answer := testing.preview((backup.request_restore((select backup from testing.source), mode, tables => tables) ->> 'id')::uuid);
    raise exception using errcode = 'TT001';
  exception when sqlstate 'TT001' then
    null;
  end;
  return answer;
end;
$$;
-- Each orphan or cascade in short, in the order found.
create function testing.orphans(preview jsonb)
returns text[]
language sql
as $$ select coalesce(array_agg(format('%s %s %s', entry ->> 'constraint', entry ->> 'references', entry ->> 'rows') order by position), '{}') from jsonb_array_elements(preview -> 'orphans') with ordinality as shown (entry, position) $$;
create function testing.cascades(preview jsonb)
returns text[]
language sql
as $$ select coalesce(array_agg(format('%s %s %s', entry ->> 'constraint', entry ->> 'action', entry ->> 'rows') order by entry ->> 'constraint'), '{}') from jsonb_array_elements(preview -> 'cascades') as entry $$;

-- orphans: the parent was deleted since, and is not chosen
select is(testing.orphans(testing.previewed('delete from public.books where id = 10', '{books}')), '{}', 'a row whose parent is there is no orphan');
select is(testing.orphans(testing.previewed('delete from public.prizes; delete from public.authors where id = 1', '{books}')), '{"books_author_fkey public.authors 1"}', 'one whose parent is gone is');
create table testing.lost as select testing.previewed('delete from public.prizes; delete from public.authors where id = 1', '{books}') as preview;
select is((select preview #> '{orphans,0}' from testing.lost), '{"rows": 1, "table": "public.books", "sample": [{"id": "10", "author": "1"}], "constraint": "books_author_fkey", "references": "public.authors"}', 'it is named');
select is((select preview -> 'needs' from testing.lost), '["skip_orphans"]', 'and is to be accepted');
select is((select testing.counts(preview, 'public.books') from testing.lost), '{1,0,0,0}', 'it is counted with the rows to insert');
select is((select testing.table_of(preview, 'public.books') #> '{sample,0,is_orphan}' from testing.lost), 'true', 'and marked');
select is((select preview -> 'blocking' from testing.lost), '[]', 'it blocks nothing');
select is(testing.orphans(testing.previewed('delete from public.prizes; delete from public.authors where id = 1', '{authors,books}')), '{}', 'with its parent it comes back');
select is(
  testing.orphans(testing.previewed('delete from public.prizes; delete from public.authors where id = 1', '{books,pages}')), '{"books_author_fkey public.authors 1","pages_book_fkey public.books 1"}',
  'what depends on an orphan is one, too'
);
select is(testing.orphans(testing.previewed('delete from public.prizes; delete from public.authors where id = 1', '{pages}')), '{"pages_book_fkey public.books 1"}', 'whichever of them was chosen');
select is(testing.orphans(testing.previewed('delete from public.notes where id = 2000; delete from public.authors where id = 2', '{notes}')), '{"notes_author_fkey public.authors 1"}', 'with several parents one is enough: it is named once');
select is(testing.orphans(testing.previewed('delete from public.books where id = 40', '{books}')), '{}', 'NULL refers to nothing');
select is(testing.orphans(testing.previewed('delete from public.loose', '{loose}')), '{}', 'a foreign key that nobody has proved may be broken, as it was');
select is(testing.orphans(testing.previewed('update public.authors set boss = null', '{authors}')), '{}', 'a table that refers to itself');
select is(testing.orphans(testing.previewed('delete from public.prizes; truncate public.authors cascade', '{authors}')), '{}', 'rows of one table that come together');
select is(testing.orphans(testing.previewed('update public.books set author = 3 where id = 10; delete from public.prizes; delete from public.authors where id = 1', '{books}')), '{"books_author_fkey public.authors 1"}', 'a row that would point again at what is gone');
select is(testing.orphans(testing.previewed('update public.books set author = 3 where id = 10; delete from public.prizes; delete from public.authors where id = 1', '{books}', 'merge')), '{"books_author_fkey public.authors 1"}', 'in a merge, too');
select is(testing.orphans(testing.previewed('update public.books set author = 3 where id = 10; delete from public.prizes; delete from public.authors where id = 1', '{books}', 'undelete')), '{}', 'an undelete leaves it alone');
select is(testing.orphans(testing.previewed('delete from public.prizes; delete from public.authors where id = 1; insert into public.authors values (1, ''another'')', '{books,pages}')), '{}', 'a parent that is there again is a parent');
create table testing.twenty as select testing.previewed('truncate public.authors cascade', '{books}') as preview;
select is((select preview #> '{orphans,0,rows}' from testing.twenty), '3', 'how many');

-- cascades: a row goes, and rows that stay lose it
select testing.did($$
  insert into public.authors values (4, 'four', null);
  insert into public.books values (50, 4);
  insert into public.pages values (500, 50), (501, 50);
  insert into public.notes values (5000, 50, 4), (5001, null, 4);
$$);
create table testing.cascaded as select testing.previewed('select', '{authors}') as preview;
select is((select testing.cascades(preview) from testing.cascaded),
  '{"books_author_fkey delete 1","notes_author_fkey set null 2","notes_book_fkey set null 1","pages_book_fkey delete 2"}', 'everything that a deletion would take along, recursively');
select is((select array[preview -> 'needs', preview -> 'blocking'] from testing.cascaded), array['["accept_cascade"]', '[]']::jsonb[], 'is to be accepted');
select is((select entry from testing.cascaded, jsonb_array_elements(preview -> 'cascades') as entry where entry ->> 'table' = 'public.pages'),
  '{"rows": 2, "table": "public.pages", "action": "delete", "sample": [{"id": "500", "book": "50"}, {"id": "501", "book": "50"}], "constraint": "pages_book_fkey", "references": "public.books"}', 'they are named');
select is((select testing.counts(preview, 'public.books') from testing.cascaded), '{0,0,1,0}', 'tables that were not chosen are in the preview, with what they lose');
select is((select testing.counts(preview, 'public.notes') from testing.cascaded), '{0,2,0,0}', 'or what is set to NULL; each row counts once');
select is((select testing.table_of(preview, 'public.books') ->> 'role' from testing.cascaded), 'cascaded', 'and why they are there');
select is((select testing.table_of(preview, 'public.prizes') from testing.cascaded), null, 'others are not');
select is(testing.cascades(testing.previewed('select', '{authors,books}')), '{"notes_author_fkey set null 2","notes_book_fkey set null 1","pages_book_fkey delete 2"}', 'a table that was chosen loses its new rows by itself');
select is(testing.cascades(testing.previewed('select')), '{}', 'with all tables chosen there is nothing to cascade');
select is(testing.cascades(testing.previewed('select', '{authors}', 'merge')), '{}', 'a merge deletes nothing');
select is(testing.cascades(testing.previewed('select', '{authors}', 'undelete')), '{}', 'nor does an undelete');
select is(testing.cascades(testing.previewed('update public.loose set author = 4', '{authors}')), '{"books_author_fkey delete 1","notes_author_fkey set null 2","notes_book_fkey set null 1","pages_book_fkey delete 2"}', 'a foreign key that nobody has proved does not cascade');
select is(testing.cascades(testing.previewed('insert into public.authors values (5, ''five'', 4); update public.authors set boss = 4 where id = 3', '{authors}')) @> '{"books_author_fkey delete 1"}', true, 'a table that refers to itself becomes what it was');

-- in the way
create table testing.blocked as select testing.previewed('insert into public.prizes values (2, 4)', '{authors}') as preview;
select is((select testing.cascades(preview) @> '{"prizes_author_fkey none 1"}' from testing.blocked), true, 'a foreign key that says nothing of deletion stands in the way');
select is((select preview #> '{blocking,0,code}' from testing.blocked), '"foreign_key"', 'that blocks');
select is((select preview #>> '{blocking,0,table}' from testing.blocked), 'public.prizes', 'and names the table');
select is(testing.cascades(testing.previewed('insert into public.prizes values (2, 4)', '{authors,prizes}')) @> '{"prizes_author_fkey none 1"}', false, 'chosen as well, it does not');
select is((testing.previewed('delete from public.authors where id = 4; update public.prizes set author = 2', '{authors}') -> 'blocking'), '[]', 'a row that refers to one that stays is in nobody''s way');
select is(testing.cascades(testing.previewed('alter table public.prizes alter author set default 3; alter table public.prizes drop constraint prizes_author_fkey, add constraint prizes_author_fkey foreign key (author) references public.authors on delete set default; insert into public.prizes values (2, 4)', '{authors}')) @> '{"prizes_author_fkey none 1"}', true, 'SET DEFAULT is not done: it blocks');
select is(testing.cascades(testing.previewed('alter table public.prizes drop constraint prizes_author_fkey, add constraint prizes_author_fkey foreign key (author) references public.authors on delete restrict; insert into public.prizes values (2, 4)', '{authors}')) @> '{"prizes_author_fkey none 1"}', true, 'as does RESTRICT');

-- keys that are not the primary one: a row that is replaced may lose the value that others refer to
select testing.did($$
  delete from public.authors where id = 4;
  create table public.countries (id integer primary key, code text not null unique);
  create table public.cities (id integer primary key, country text references public.countries (code) on update cascade);
  insert into public.countries values (1, 'de'), (2, 'fr');
  insert into public.cities values (1, 'de');
$$);
select testing.backup_of('countries', 'cities') as places \gset
update testing.source set backup = :'places';
select is(testing.previewed('update public.countries set code = ''at'' where id = 1', '{countries}') #> '{blocking,0,code}', '"foreign_key"', 'a value that others refer to by now, and that would be replaced, blocks');
select is(testing.cascades(testing.previewed('update public.countries set code = ''at'' where id = 1', '{countries}')), '{"cities_country_fkey none 1"}', 'whatever the foreign key says of updates');
select is(testing.previewed('update public.countries set code = ''at'' where id = 1') -> 'blocking', '[]', 'together they become what they were');
select is(testing.previewed('update public.countries set code = ''x'' where id = 2; update public.countries set code = ''fr'' where id = 1; update public.countries set code = ''de'' where id = 2', '{countries}') -> 'blocking', '[]', 'values that exchange their places are there before and after');

-- composite keys, MATCH FULL
select testing.did($$
  create table public.cells (x integer, y integer, primary key (x, y));
  create table public.marks (id integer primary key, x integer, y integer, constraint marks_simple foreign key (x, y) references public.cells);
  create table public.full_marks (id integer primary key, x integer, y integer, constraint marks_full foreign key (x, y) references public.cells match full);
  insert into public.cells values (1, 1), (1, 2);
  insert into public.marks values (1, 1, 1), (2, 1, null), (3, 9, null), (4, null, null);
  insert into public.full_marks values (1, 1, 1), (2, null, null);
$$);
select testing.backup_of('cells', 'marks', 'full_marks') as grid \gset
update testing.source set backup = :'grid';
select is(testing.orphans(testing.previewed('delete from public.marks; delete from public.full_marks; delete from public.cells where y = 1', '{marks,full_marks}')), '{"marks_full public.cells 1","marks_simple public.cells 1"}', 'composite keys: half a key refers to nothing');
select is(testing.orphans(testing.previewed('delete from public.marks; delete from public.full_marks', '{marks,full_marks}')), '{}', 'a whole one to its parent');

-- circular
select testing.did($$
  create table public.hens (id integer primary key, egg integer);
  create table public.eggs (id integer primary key, hen integer references public.hens on delete cascade);
  insert into public.hens values (1, 1), (2, 2);
  insert into public.eggs values (1, 2), (2, 1);
  alter table public.hens add constraint hens_egg_fkey foreign key (egg) references public.eggs on delete cascade;
$$);
select testing.backup_of('hens', 'eggs') as circle \gset
update testing.source set backup = :'circle';
select is(testing.orphans(testing.previewed('truncate public.hens, public.eggs', null)), '{}', 'in a circle all rows come back together');
select is(testing.orphans(testing.previewed('truncate public.hens, public.eggs', '{hens}')), '{"hens_egg_fkey public.eggs 2"}', 'or none');
select is(testing.cascades(testing.previewed('insert into public.hens values (3, null); insert into public.eggs values (3, 3); update public.hens set egg = 3 where id = 3; insert into public.eggs values (4, 3)', '{hens}')), '{"eggs_hen_fkey delete 2"}', 'a cascade in a circle ends');

select * from finish();
rollback;
