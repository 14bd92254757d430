-- Has a table changed since a snapshot? Answered without reading a value, from the transaction ids that Postgres keeps with every row.
--
-- A row version that is visible now and was committed when the snapshot was taken was visible in it, too: had anything deleted it since, it would
-- not be visible now. So when every row of now is that old, the rows of now are some of the rows of then; and when there are as many, they are
-- the same rows. Every doubt counts as a change.

create or replace function backup.is_newer(written xid, snapshot jsonb)
returns boolean
language sql stable
set search_path = ''
as $$
  -- Both ages count from the same transaction, so that no wrap-around comes between. What was in progress at the snapshot is not older than xmin.
  select age(written) <= age((snapshot ->> 'xmin')::xid8::xid);
$$;

comment on function backup.is_newer(xid, jsonb) is
  'Whether a row version with this xmin may have been committed after the snapshot (see backup.current_snapshot()). Right as long as '
  'backup.is_comparable() holds.';

create or replace function backup.is_comparable(snapshot jsonb)
returns boolean
language sql stable
set search_path = ''
as $$
  select coalesce(
    -- the same cluster, on the same line of history
    snapshot ->> 'system_identifier' = (select control.system_identifier::text from pg_control_system() as control)
    and (snapshot ->> 'timeline')::integer = (select control.timeline_id from pg_control_checkpoint() as control)
    and snapshot ->> 'database' = current_database()
    and not pg_is_in_recovery()
    -- 32 bits are compared: fewer than 2^31 transactions since then, with room to spare
    and pg_snapshot_xmax(pg_current_snapshot())::text::numeric - (snapshot ->> 'xmin')::numeric between 0 and 2000000000
    -- a value of an enum that was renamed, or a composite type that was altered, changes rows without touching them
    and not exists (select from pg_catalog.pg_enum as label where backup.is_newer(label.xmin, snapshot))
    and not exists (select from pg_catalog.pg_attribute as attribute
                    join pg_catalog.pg_class as class on class.oid = attribute.attrelid and class.relkind = 'c'
                    where backup.is_newer(attribute.xmin, snapshot)),
    false);
$$;

comment on function backup.is_comparable(jsonb) is
  'Whether transaction ids of now can be compared with those of the snapshot at all: same cluster, timeline and database, no wrap-around in '
  'between, no type altered.';

create or replace function backup.is_redefined(relation oid, snapshot jsonb)
returns boolean
language sql stable
set search_path = ''
as $$
  -- Another table that took this one's name, a column that was dropped and added again, a partition that was attached or detached: each leaves a new
  -- row in the catalogue.
  with recursive tree as (
    select relation as oid
    union all
    select link.inhrelid from tree join pg_catalog.pg_inherits as link on link.inhparent = tree.oid
  )
  select exists (select from tree join pg_catalog.pg_class     as class     on class.oid = tree.oid          where backup.is_newer(class.xmin, snapshot))
      or exists (select from tree join pg_catalog.pg_attribute as attribute on attribute.attrelid = tree.oid where backup.is_newer(attribute.xmin, snapshot))
      or exists (select from tree join pg_catalog.pg_inherits  as link      on link.inhparent = tree.oid     where backup.is_newer(link.xmin, snapshot));
$$;

comment on function backup.is_redefined(oid, jsonb) is
  'Whether the definition of a table or of one of its partitions may have changed after the snapshot.';

create or replace function backup.is_unchanged_since(relation oid, row_count bigint, snapshot jsonb)
returns boolean
language plpgsql stable
set search_path = ''
set jit = off
as $$
declare
  youngest_age  integer;
  counted_rows  bigint;
begin
  if not backup.is_comparable(snapshot) or backup.is_redefined(relation, snapshot) then
    return false;
  end if;
  execute format('select count(*), min(age(t.xmin)) from %s as t', backup.scan_source(relation)) into counted_rows, youngest_age;
  return coalesce(counted_rows = row_count, false)
     and coalesce(youngest_age > age((snapshot ->> 'xmin')::xid8::xid), true);
end;
$$;

comment on function backup.is_unchanged_since(oid, bigint, jsonb) is
  'Whether a table provably holds the very rows that it held at the snapshot (see backup.current_snapshot()), when it had row_count of them. One '
  'scan that reads no value. False means: changed, or not to be known.';
