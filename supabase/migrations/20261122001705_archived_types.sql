-- Archived types: how an archive names the types of its columns, and what these are here. A manifest lies in the bucket, where somebody may have changed
-- it: nothing that it says ever becomes SQL as it stands.

create or replace function backup.archived_type(type text)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  known text;
begin
  -- By its catalogue name: that takes values of any length, and nothing that a manifest says is ever run. Of a domain the type below: what a
  -- domain demands today is no matter of the archive.
  with recursive described as (
    select to_regtype(type)::oid as type_oid, '' as brackets
    union all
    select coalesce(element.oid, nullif(found_type.typbasetype, 0)), described.brackets || case when element.oid is not null then '[]' else '' end
    from described
    join pg_catalog.pg_type as found_type on found_type.oid = described.type_oid
    -- (int2vector and the like have elements, but are no arrays)
    left join pg_catalog.pg_type as element on element.typarray = found_type.oid
  )
  select format('%I.%I%s', namespace.nspname, found_type.typname, described.brackets) into known
  from described
  join pg_catalog.pg_type as found_type on found_type.oid = described.type_oid
  join pg_catalog.pg_namespace as namespace on namespace.oid = found_type.typnamespace
  where found_type.typbasetype = 0 and found_type.typtype <> 'p' and not exists (select from pg_catalog.pg_type as element where element.typarray = found_type.oid);
  return coalesce(known, 'pg_catalog.text');
exception when others then
  return 'pg_catalog.text';
end;
$$;

comment on function backup.archived_type(text) is
  'SQL for the type that an archive names, without its limits of length or domain; text when there is no such type (any more).';

create or replace function backup.archived_collation(type text, collation_name text)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select format(' collate %I.%I', namespace.nspname, known.collname)
    from pg_catalog.pg_collation as known
    join pg_catalog.pg_namespace as namespace on namespace.oid = known.collnamespace
    -- of a type that is gone there is none
    where known.oid = to_regcollation(collation_name) and to_regtype(type) is not null);
exception when others then
  return null;
end;
$$;

comment on function backup.archived_collation(text, text) is
  'SQL for the collation that an archive names for a column of the type; NULL when there is none, or no such one (any more).';

create or replace function backup.archived_columns(definition jsonb)
returns table (name text, declaration text, "position" bigint)
language sql stable
set search_path = ''
as $$
  select own.value ->> 'name',
    format('%I %s%s', own.value ->> 'name', backup.archived_type(own.value ->> 'type'),
      backup.archived_collation(own.value ->> 'type', own.value ->> 'collation')),
    own.position
  from jsonb_array_elements(definition -> 'columns') with ordinality as own (value, position)
  where not (own.value ->> 'is_generated')::boolean;
$$;

comment on function backup.archived_columns(jsonb) is
  'The columns whose values an archive holds, in its order, each with the declaration of a scratch column.';
