-- Introspection: which tables there are, and what each looks like. Everything is read from the system catalogues at the moment it
-- is asked, because the tables belong to somebody else and change.

create or replace function backup.table_label(relation oid)
returns text
language sql stable strict
set search_path = ''
as $$
  select namespace.nspname || '.' || class.relname
  from pg_catalog.pg_class as class
  join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
  where class.oid = relation;
$$;

comment on function backup.table_label(oid) is 'A table''s name as the API shows it: schema.table, not quoted.';

create or replace function backup.resolve_table(name text)
returns oid
language sql stable strict
set search_path = ''
as $$
  -- `people` means public.people; in `a.b` the first dot parts schema and table. Where schema a has no b, it may be a table of public
  -- whose own name is `a.b`.
  select class.oid
  from pg_catalog.pg_class as class
  join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
  where class.relkind not in ('i', 'I', 't', 'c', 'S')
    and (   (namespace.nspname = split_part(name, '.', 1)
             and class.relname = substr(name, strpos(name, '.') + 1) and strpos(name, '.') > 0)
         or (namespace.nspname = 'public' and class.relname = name))
  order by namespace.nspname = 'public' and class.relname = name
  limit 1;
$$;

comment on function backup.resolve_table(text) is 'The relation that a name of a request means (bare name: public), or NULL. It may be one that cannot be backed up.';

create or replace function backup.table_objection(relation oid)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when class.oid is null then 'does not exist'
    when namespace.nspname in ('backup', 'backup_staging') or class.oid = 'public.backups'::pg_catalog.regclass
                                       then 'belongs to the backup system itself'
    when class.relkind in ('v', 'm')   then 'is a view'
    when class.relkind = 'f'           then 'is a foreign table: its rows live elsewhere'
    when class.relkind not in ('r', 'p') then 'is not a table'
    when class.relpersistence = 't'    then 'is a temporary table'
    when class.relispartition          then format('is a partition: name %s instead', backup.table_label(pg_partition_root(class.oid)))
    when exists (select from pg_catalog.pg_depend as dependency
                 where dependency.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and dependency.objid = class.oid and dependency.deptype = 'e')
                                       then 'belongs to an extension'
    when namespace.nspname <> 'public'
         and not coalesce(backup.setting('extra_tables') ? backup.table_label(class.oid), false)
                                       then 'is outside schema public and not named in the setting extra_tables'
  end
  from (select relation as oid) as asked
  left join pg_catalog.pg_class     as class     on class.oid = asked.oid
  left join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace;
$$;

comment on function backup.table_objection(oid) is 'Why a relation cannot be in a backup, as the end of a sentence; NULL when it can.';

create or replace function backup.select_tables(tables text[] default null)
returns table (relation oid, schema_name text, table_name text, ordinal integer)
language plpgsql stable
set search_path = ''
as $$
declare
  extra_tables constant text[] := array(select jsonb_array_elements_text(backup.setting('extra_tables')));
  objections   jsonb;
begin
  -- guard: every name must be good, of a choice or of the setting: a table that is left out without a word is missed too late
  select jsonb_agg(jsonb_build_object('table', asked.name, 'reason', asked.reason) order by asked.position)
  into objections
  from (
    select choice.name, choice.position,
      coalesce(
        backup.table_objection(backup.resolve_table(choice.name)),
        case when row_number() over (partition by backup.resolve_table(choice.name) order by choice.position) > 1 then 'is named twice' end
      ) as reason
    from unnest(coalesce(tables, extra_tables)) with ordinality as choice (name, position)
  ) as asked
  where asked.reason is not null;

  if objections is not null or cardinality(tables) = 0 then
    raise exception using
      errcode = 'BK420',
      message = coalesce(
        'These tables cannot be backed up: ' || (
          select string_agg(format('%s %s', objection ->> 'table', objection ->> 'reason'), '; ')
          from jsonb_array_elements(objections) as objection) || '.',
        'No table was chosen.'),
      detail  = jsonb_build_object('tables', coalesce(objections, '[]'))::text,
      hint    = case when tables is null then 'Correct the setting extra_tables.'
                     else 'Name tables as schema.table, or leave the choice out to take every table.' end;
  end if;

  return query
  select class.oid, namespace.nspname::text, class.relname::text,
    row_number() over (order by namespace.nspname = 'public' desc, namespace.nspname, class.relname)::integer
  from pg_catalog.pg_class as class
  join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
  where class.oid in (select backup.resolve_table(choice.name) from unnest(tables) as choice (name))
     or tables is null
        and class.relkind in ('r', 'p')
        and (namespace.nspname = 'public' or class.oid in (select backup.resolve_table(extra.name) from unnest(extra_tables) as extra (name)))
        and not coalesce(backup.setting('excluded_tables') ? (namespace.nspname || '.' || class.relname), false)
        and backup.table_objection(class.oid) is null
  order by 4;
end;
$$;

comment on function backup.select_tables(text[]) is
  'The tables of a backup: the named ones, or by default every ordinary and partitioned table of public plus the setting extra_tables, '
  'less excluded_tables, ours and extensions''. Raises BK420 naming each table that cannot be in a backup, with the reason.';

create or replace function backup.relation_columns(relation oid)
returns table (name text, type text, type_oid oid, collation_name text, not_null boolean, is_generated boolean, identity "char",
               default_expression text, "position" integer)
language sql stable
set search_path = ''
as $$
  select attribute.attname::text,
    format_type(attribute.atttypid, attribute.atttypmod),
    attribute.atttypid,
    case when sorting.oid is not null then format('%I.%I', sorting_namespace.nspname, sorting.collname) end,
    attribute.attnotnull,
    attribute.attgenerated <> '',
    attribute.attidentity,
    pg_get_expr(fallback.adbin, fallback.adrelid),
    attribute.attnum::integer
  from pg_catalog.pg_attribute as attribute
  left join pg_catalog.pg_attrdef as fallback on fallback.adrelid = attribute.attrelid and fallback.adnum = attribute.attnum
  left join (pg_catalog.pg_collation as sorting
    join pg_catalog.pg_namespace as sorting_namespace on sorting_namespace.oid = sorting.collnamespace)
    on sorting.oid = attribute.attcollation
    and sorting.oid <> (select type.typcollation from pg_catalog.pg_type as type where type.oid = attribute.atttypid)
  where attribute.attrelid = relation and attribute.attnum > 0 and not attribute.attisdropped
  order by attribute.attnum;
$$;

comment on function backup.relation_columns(oid) is 'The live columns of a table, in order. collation_name: quoted, NULL for that of its type; identity: a (always), d (by default) or empty.';

create or replace function backup.column_names(relation oid, numbers smallint[])
returns text[]
language sql stable
set search_path = ''
as $$
  select array(
    select attribute.attname::text
    from unnest(numbers) with ordinality as member (attnum, position)
    join pg_catalog.pg_attribute as attribute on attribute.attrelid = relation and attribute.attnum = member.attnum
    order by member.position);
$$;

comment on function backup.column_names(oid, smallint[]) is 'The names of columns that the catalogue knows by number, in the order of the numbers.';

create or replace function backup.relation_key(relation oid)
returns text[]
language sql stable
set search_path = ''
as $$
  select (
    select array_agg(attribute.attname::text order by member.position)
    from unnest(index.indkey) with ordinality as member (attnum, position)
    join pg_catalog.pg_attribute as attribute on attribute.attrelid = relation and attribute.attnum = member.attnum
    where member.position <= index.indnkeyatts
  )
  from pg_catalog.pg_index as index
  join pg_catalog.pg_class as class on class.oid = index.indexrelid
  where index.indrelid = relation
    and (index.indisprimary or index.indisunique)
    and index.indisvalid and index.indimmediate
    and index.indpred is null and index.indexprs is null
    and not exists (
      select from unnest(index.indkey) with ordinality as member (attnum, position)
      join pg_catalog.pg_attribute as attribute on attribute.attrelid = relation and attribute.attnum = member.attnum
      where member.position <= index.indnkeyatts and not attribute.attnotnull
    )
  order by index.indisprimary desc, index.indnkeyatts, class.relname
  limit 1;
$$;

comment on function backup.relation_key(oid) is
  'The columns that identify a row: the primary key, else the smallest unique index whose columns are all NOT NULL; NULL where there is none.';

create or replace function backup.relation_foreign_keys(relation oid)
returns table (name text, columns text[], parent oid, parent_columns text[], is_validated boolean, match_type "char")
language sql stable
set search_path = ''
as $$
  select key.conname::text,
    backup.column_names(key.conrelid, key.conkey),
    key.confrelid,
    backup.column_names(key.confrelid, key.confkey),
    key.convalidated,
    key.confmatchtype
  from pg_catalog.pg_constraint as key
  join pg_catalog.pg_class as parent on parent.oid = key.confrelid
  where key.conrelid = relation and key.contype = 'f'
    -- A key that points at a partitioned table has one more entry per partition; the one to the root says it all.
    and not exists (select from pg_catalog.pg_constraint as whole
                    where whole.oid = key.conparentid and whole.conrelid = key.conrelid)
  order by key.conname;
$$;

comment on function backup.relation_foreign_keys(oid) is 'The foreign keys that a table declares. match_type: s (simple) or f (full).';

create or replace function backup.comparable(alias text, child oid, child_column text, parent oid, parent_column text)
returns text
language sql stable
set search_path = ''
as $$
  -- A foreign key may join columns of two collations: Postgres compares by that of the key referred to, and so must whoever proves it.
  select format('%I.%I', alias, child_column) || coalesce(
    (select format(' collate %I.%I', namespace.nspname, known.collname)
     from pg_catalog.pg_attribute as own
     join pg_catalog.pg_attribute as above on above.attrelid = parent and above.attname = parent_column and above.attcollation <> own.attcollation
     join pg_catalog.pg_collation as known on known.oid = above.attcollation
     join pg_catalog.pg_namespace as namespace on namespace.oid = known.collnamespace
     where own.attrelid = child and own.attname = child_column), '');
$$;

comment on function backup.comparable(text, oid, text, oid, text) is
  'SQL for a referring column as it is compared with the column that it refers to.';

create or replace function backup.relation_sequences(relation oid)
returns table (sequence oid, column_name text)
language sql stable
set search_path = ''
as $$
  -- owned by a column (serial, identity) …
  select class.oid, attribute.attname::text
  from pg_catalog.pg_depend as dependency
  join pg_catalog.pg_class as class on class.oid = dependency.objid and class.relkind = 'S'
  join pg_catalog.pg_attribute as attribute on attribute.attrelid = relation and attribute.attnum = dependency.refobjsubid
  where dependency.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    and dependency.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    and dependency.refobjid = relation and dependency.deptype in ('a', 'i')
  union
  -- … or used by a column's default
  select class.oid, attribute.attname::text
  from pg_catalog.pg_attrdef as fallback
  join pg_catalog.pg_depend as dependency
    on dependency.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and dependency.objid = fallback.oid
   and dependency.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  join pg_catalog.pg_class as class on class.oid = dependency.refobjid and class.relkind = 'S'
  join pg_catalog.pg_attribute as attribute on attribute.attrelid = relation and attribute.attnum = fallback.adnum
  where fallback.adrelid = relation
  order by 2, 1;
$$;

comment on function backup.relation_sequences(oid) is 'The sequences that feed a table''s columns, owned or used by a default.';

create or replace function backup.relation_constraints(relation oid)
returns text[]
language sql stable
set search_path = ''
as $$
  select array(
    select pg_get_constraintdef(own.oid) from pg_catalog.pg_constraint as own
    where own.conrelid = relation and own.contype in ('c', 'x') and own.convalidated
    union
    select pg_get_indexdef(index.indexrelid) from pg_catalog.pg_index as index
    where index.indrelid = relation and index.indisunique and index.indisvalid and index.indimmediate
    order by 1);
$$;

comment on function backup.relation_constraints(oid) is
  'What all rows of a table are known to satisfy: definitions of its validated CHECK and exclusion constraints and of its unique indexes.';

create or replace function backup.relation_definition(relation oid)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'columns', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', c.name, 'type', c.type, 'collation', c.collation_name, 'not_null', c.not_null, 'is_generated', c.is_generated,
        'identity', case c.identity when 'a' then 'always' when 'd' then 'by default' end) order by c."position"), '[]')
      from backup.relation_columns(relation) as c),
    'key', to_jsonb(backup.relation_key(relation)),
    'foreign_keys', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', f.name, 'columns', f.columns, 'references', backup.table_label(f.parent), 'referenced_columns', f.parent_columns,
        'is_validated', f.is_validated) order by f.name), '[]')
      from backup.relation_foreign_keys(relation) as f),
    'constraints', to_jsonb(backup.relation_constraints(relation))
  );
$$;

comment on function backup.relation_definition(oid) is
  'What an archive records of a table: {columns: [{name, type, collation, not_null, is_generated, identity}], key: [column] or null, foreign_keys: [{name, columns, references, referenced_columns, is_validated}], constraints: [definition]}.';

create or replace function backup.fingerprint(definition jsonb)
returns text
language sql immutable strict
set search_path = ''
as $$
  select backup.sha256_hex(jsonb_build_object('columns', definition -> 'columns', 'key', definition -> 'key')::text);
$$;

comment on function backup.fingerprint(jsonb) is 'sha256 of a table definition''s columns and key: two tables of equal fingerprint hold each other''s rows.';
