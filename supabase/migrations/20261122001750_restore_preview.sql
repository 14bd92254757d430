-- Preview: everything that a restore would do, in numbers and examples, and everything that somebody has to accept before it may.

create or replace function backup.changed_columns(looked_at backup.restore_tables)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  piece  record;
  counts bigint[];
  answer jsonb := '[]'::jsonb;
begin
  if looked_at.update_count = 0 or looked_at.staged is null then
    return answer;
  end if;
  -- A few hundred at a time: a row of a join has at most 1664 columns.
  for piece in
    select array_agg(member.name order by member.position) as columns,
      string_agg(format('count(*) filter (where %s)', backup.column_differs(member.name)), ', ' order by member.position) as counts
    from unnest(looked_at.shared_columns) with ordinality as member (name, position)
    group by (member.position - 1) / 400
    order by (member.position - 1) / 400
  loop
    execute format('select array[%s] from %s as s join %s as c on c.staged = s.ctid and c.op = ''u'' join %s as l on l.ctid = c.live and l.tableoid = c.live_table',
      piece.counts, looked_at.staged, looked_at.changes, backup.scan_source(looked_at.relation)) into counts;
    answer := answer || (
      select coalesce(jsonb_agg(jsonb_build_object('column', counted.name, 'rows',
        counted.rows) order by counted.position) filter (where counted.rows > 0), '[]')
      from unnest(piece.columns, counts) with ordinality as counted (name, rows, position));
  end loop;
  return answer;
end;
$$;

comment on function backup.changed_columns(backup.restore_tables) is 'In how many of the updated rows each column changes: [{column, rows}].';

create or replace function backup.live_columns(relation oid)
returns text[]
language sql stable
set search_path = ''
as $$
  select array(select own.name from backup.relation_columns(relation) as own where not own.is_generated);
$$;

comment on function backup.live_columns(oid) is 'The columns of a table that somebody may write, in order.';

create or replace function backup.staged_join(looked_at backup.restore_tables)
returns text
language sql immutable
set search_path = ''
as $$
  select case when looked_at.staged is not null then format('left join %s as s on s.ctid = c.staged', looked_at.staged) else '' end;
$$;

comment on function backup.staged_join(backup.restore_tables) is
  'SQL that joins the staged row s to an entry c of the list of changes; empty where there are none.';

create or replace function backup.change_expression(looked_at backup.restore_tables, max_length integer)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  live_columns constant text[] := backup.live_columns(looked_at.relation);
  has_staged   constant boolean := looked_at.staged is not null;
  key          constant text[] := coalesce(looked_at.key, case when looked_at.shared_columns = '{}' then live_columns
    else looked_at.shared_columns end);
begin
  return format($sql$jsonb_build_object(
      'change', case c.op when 'i' then 'insert' when 'd' then 'delete' else 'update' end,
      'key',     case when l.ctid is not null then %1$s else %2$s end,
      'label',   coalesce(case when l.ctid is not null then %3$s end, %4$s),
      'before',  case when l.ctid is not null then %5$s end,
      'after',   case when c.op in ('i', 'u') then %6$s end,
      'columns', case when c.op = 'u' and l.ctid is not null then (%7$s) else '[]' end,
      'is_orphan', c.is_orphan)$sql$,
    backup.texts_object('l', key, max_length),
    case when has_staged then format('case when s.ctid is not null then %s end', backup.texts_object('s', key, max_length)) else 'null::jsonb' end,
    coalesce(backup.label_expression('l', live_columns), 'null'),
    coalesce(case when has_staged then backup.label_expression('s', looked_at.shared_columns) end, 'null::text'),
    backup.texts_object('l', live_columns, max_length),
    case when has_staged then backup.texts_object('s', looked_at.shared_columns, max_length) else 'null::jsonb' end,
    case when has_staged and looked_at.shared_columns <> '{}'
      then format('select coalesce(jsonb_agg(differing.name), ''[]'') from (values %s) as differing (name, is_so) where differing.is_so',
        (select string_agg(format('(%L, %s)', member.name, backup.column_differs(member.name)), ', ' order by member.position)
         from unnest(looked_at.shared_columns) with ordinality as member (name, position)))
      else '''[]''::jsonb' end);
end;
$$;

comment on function backup.change_expression(backup.restore_tables, integer) is
  'SQL for one change as JSON, of the list''s entry c, the live row l and the staged row s: {change: insert | update | delete, key, label, before, '
  'after, columns, is_orphan}. Values as text, cut at max_length characters; label: what a person calls the record.';

create or replace function backup.sample_changes(looked_at backup.restore_tables, max_bytes integer)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  -- Both sides of one row take a quarter of the room at most.
  max_length constant integer := greatest(16, least(500, max_bytes / 8 / greatest(1, cardinality(backup.live_columns(looked_at.relation)))));
  answer     jsonb;
begin
  execute format($sql$
    with shown as (
      -- some of each kind, deletions first
      select found_change.*, row_number() over (order by found_change.turn, found_change.op) as position
      from (values ('d'::"char"), ('u'), ('n'), ('i')) as kind (op)
      cross join lateral (select c.*, row_number() over () as turn from %1$s as c where c.op = kind.op limit 50) as found_change
      order by position limit 50
    ),
    imaged as materialized (
      select c.position, %2$s as change
      from shown as c
      left join %3$s as l on l.ctid = c.live and l.tableoid = c.live_table
      %4$s
      -- As JSON from here on: a sort could not carry any number of columns.
    ),
    measured as (
      select imaged.*, sum(octet_length(imaged.change::text)) over (order by imaged.position) as bytes from imaged
    )
    select coalesce(jsonb_agg(measured.change order by measured.position) filter (where measured.bytes <= $1 or measured.position = 1),
      '[]') from measured
  $sql$,
    looked_at.changes, backup.change_expression(looked_at, max_length), backup.scan_source(looked_at.relation),
    backup.staged_join(looked_at)) into answer using max_bytes;
  return answer;
end;
$$;

comment on function backup.sample_changes(backup.restore_tables, integer) is
  'At most 50 changes of a table, some of each kind; see backup.change_expression(): texts are cut at 500 characters, or shorter in wide tables. As '
  'many as fit into max_bytes of JSON.';

create or replace function backup.unchanged_count(looked_at backup.restore_tables)
returns bigint
language sql immutable
set search_path = ''
as $$
  -- Live rows that are neither deleted, nor replaced, nor different and kept.
  select greatest(0, coalesce(looked_at.live_rows, 0) - looked_at.update_count - looked_at.delete_count - looked_at.kept_count);
$$;

comment on function backup.unchanged_count(backup.restore_tables) is
  'How many live rows are what they were; with chosen rows, also those that were not looked at.';

create or replace function backup.preview_table(looked_at backup.restore_tables, sample_bytes integer)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'table',        backup.label(looked_at),
    'role',         looked_at.role,
    'is_unchanged', looked_at.is_unchanged,
    'is_fetched',   exists (select from backup.restore_parts as part where part.restore_id = looked_at.restore_id and part.table_ordinal = looked_at.ordinal),
    'is_blocked',   looked_at.is_blocked,
    'backup_rows',  looked_at.backup_rows,
    'live_rows',    looked_at.live_rows,
    'key',          to_jsonb(looked_at.key),
    'insert',       looked_at.insert_count,
    'update',       looked_at.update_count,
    'delete',       looked_at.delete_count,
    'kept',         looked_at.kept_count,
    'unchanged',    backup.unchanged_count(looked_at),
    'columns',      case when looked_at.changes is null then '[]' else backup.changed_columns(looked_at) end,
    'sample',       case when looked_at.changes is null then '[]' else backup.sample_changes(looked_at, sample_bytes) end,
    'drift',        looked_at.drift);
$$;

comment on function backup.preview_table(backup.restore_tables, integer) is 'One table of a preview, with sample_bytes of examples at most.';


-- administrator rights ---------------------------------------------------------------------------------------------------------

create or replace function backup.privilege_changes(restore_id uuid)
returns jsonb
language plpgsql stable
set search_path = ''
-- Few of the many are administrators; the planner expects every role to have its share.
set enable_seqscan = off
as $$
declare
  granted     backup.restore_tables;
  role        backup.restore_tables;
  person      backup.restore_tables;
  admin_roles text;
  answer      jsonb;
begin
  granted := backup.restore_table(restore_id, to_regclass('public.user_roles')::oid);
  role    := backup.restore_table(restore_id, to_regclass('public.roles')::oid);
  person  := backup.restore_table(restore_id, to_regclass('public.profiles')::oid);
  if num_nonnulls(granted.changes, role.changes, person.changes) = 0 then
    return '{"added": [], "removed": []}'::jsonb;
  end if;

  -- Few people are administrators: from their roles to them, and not from everybody.
  admin_roles := format('select p.id, p.name::text as name from %s as p where p.name::text in (''admin'', ''super_admin'')',
    backup.result_rows('public.roles'::regclass, '{id,name}', role));
  execute format($sql$
    with roles_before as materialized (select role.id, role.name::text as name from public.roles as role
      where role.name::text in ('admin', 'super_admin')),
    roles_after as materialized (%1$s),
    before as (
      select granted.profile_id::text as profile_id, role.name as role
      from roles_before as role
      -- OFFSET: a few roles, then a few people, each looked up; the planner expects thousands of them.
      cross join lateral (select own.profile_id from public.user_roles as own where own.role_id = role.id offset 0) as granted
      cross join lateral (select from public.profiles as person where person.id = granted.profile_id offset 0) as person),
    after as (
      select granted.profile_id::text as profile_id, granted.role
      from (
        select own.profile_id, role.name as role
        from roles_after as role
        cross join lateral (select p.profile_id from public.user_roles as p where p.role_id = role.id and not %2$s offset 0) as own
        %3$s) as granted
      cross join lateral (
        (select from public.profiles as p where p.id = granted.profile_id and not %4$s offset 0) %5$s) as person)
    select jsonb_build_object(
      'added',   (select coalesce(jsonb_agg(to_jsonb(gained) order by gained.profile_id, gained.role), '[]') from (table after except table before) as gained),
      'removed', (select coalesce(jsonb_agg(to_jsonb(lost)   order by lost.profile_id,   lost.role),   '[]') from (table before except table after) as lost))
  $sql$, admin_roles, backup.is_removed('p', granted.changes),
    case when granted.changes is not null and granted.staged is not null
      then format('union all select p.profile_id, role.name from %s join roles_after as role on role.id = p.role_id',
        backup.written_rows('p', granted)) else '' end,
    backup.is_removed('p', person.changes),
    case when person.changes is not null and person.staged is not null
      then format('union all (select from %s where p.id = granted.profile_id offset 0)', backup.written_rows('p', person)) else '' end) into answer;
  return answer;
exception when undefined_table or undefined_column or undefined_function then
  -- Another role model: the last look, at whoever asked, is taken when it is applied.
  return '{"added": [], "removed": []}'::jsonb;
end;
$$;

comment on function backup.privilege_changes(uuid) is
  'Who becomes an administrator by the restore and who stops being one, by any of user_roles, roles and profiles: {added: [{profile_id, role}], '
  'removed: [{profile_id, role}]}.';


-- sequences --------------------------------------------------------------------------------------------------------------------

create or replace function backup.sequence_target(target backup.restores, looked_at backup.restore_tables, sequence oid, column_name text)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  definition record;
  archived   jsonb;
  step       bigint;
  next_value numeric;
  wanted     numeric;
  furthest   numeric;
begin
  select own.* into definition from pg_catalog.pg_sequence as own where own.seqrelid = sequence_target.sequence;
  step := definition.seqincrement;
  execute format('select last_value::numeric + case when is_called then %s else 0 end from %s', step, sequence::pg_catalog.regclass) into next_value;
  wanted := next_value;

  -- beyond every value that is there; only a number can be beyond
  if exists (select from backup.relation_columns(looked_at.relation) as own
             where own.name = column_name and own.type_oid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype)) then
    -- A value at the very end leaves no room beyond it; then beyond the others.
    execute format('select %1$s(p.%2$I)::numeric from %3$s as p where p.%2$I::numeric + %4$s between %5$s and %6$s', case when step > 0
      then 'max' else 'min' end, column_name,
      backup.result_rows(looked_at.relation, array[column_name], looked_at), step, definition.seqmin, definition.seqmax) into furthest;
    furthest := case when step > 0 then floor(furthest) else ceil(furthest) end;
    if (furthest + step - wanted) * sign(step) > 0 then
      wanted := furthest + step;
    end if;
  end if;
  -- and where the backup was, should somebody have set it back
  if target.mode = 'replace' and target.requested_rows is null then
    select element.value into archived
    from public.backups as origin cross join jsonb_array_elements(origin.snapshot -> 'sequences') as element
    where origin.id = target.backup_id and element.value ->> 'sequence' = sequence::pg_catalog.regclass::text;
    furthest := (archived ->> 'last_value')::numeric + case when (archived ->> 'is_called')::boolean then step else 0 end;
    if (furthest - wanted) * sign(step) > 0 and furthest between definition.seqmin and definition.seqmax then
      wanted := furthest;
    end if;
  end if;

  if wanted = next_value then
    return null;
  end if;
  return jsonb_build_object('sequence', sequence::pg_catalog.regclass::text, 'table', backup.label(looked_at),
    'column', column_name, 'from', next_value, 'to', wanted);
end;
$$;

comment on function backup.sequence_target(backup.restores, backup.restore_tables, oid, text) is
  'Where a sequence must stand after the restore, so that the first insert works: {sequence, table, column, from, to}, the next value now and '
  'then; NULL when it stays. Never backwards.';

create or replace function backup.sequence_moves(target backup.restores)
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(furthest.move order by furthest.move ->> 'sequence'), '[]')
  from (
    -- Several columns may draw from one sequence.
    select distinct on (moved.move ->> 'sequence') moved.move
    from backup.restore_tables as listed
    cross join lateral backup.relation_sequences(listed.relation) as fed
    join pg_catalog.pg_class as class on class.oid = fed.sequence and (pg_has_role(class.relowner, 'usage')
      or has_table_privilege(class.oid, 'update'))
    cross join lateral (select backup.sequence_target(target, listed, fed.sequence, fed.column_name) as move) as moved
    where listed.restore_id = target.restore_id and not listed.is_blocked and listed.role <> 'cascaded'
      and (listed.role = 'chosen' or listed.is_written) and moved.move is not null
    order by moved.move ->> 'sequence', abs((moved.move ->> 'to')::numeric - (moved.move ->> 'from')::numeric) desc
  ) as furthest;
$$;

comment on function backup.sequence_moves(backup.restores) is 'The sequences that a restore moves: [{sequence, table, column, from, to}].';


-- the whole --------------------------------------------------------------------------------------------------------------------

create or replace function backup.preview_source(target backup.restores)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'system_identifier', origin.snapshot -> 'system_identifier',
    'database',          origin.snapshot -> 'database',
    'taken_at',          origin.snapshot -> 'taken_at',
    'is_foreign', target.mode <> 'undo' and (
      origin.snapshot ->> 'system_identifier' is distinct from (select control.system_identifier::text from pg_control_system() as control)
      or origin.snapshot ->> 'database' is distinct from current_database()))
  from (select target.backup_id) as asked
  left join public.backups as origin on origin.id = asked.backup_id;
$$;

comment on function backup.preview_source(backup.restores) is
  'Where the rows come from, and whether that is another database: {is_foreign, system_identifier, database, taken_at}.';

create or replace function backup.blocking_reasons(restore_id uuid, cascades jsonb, violations jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('code', reason.code, 'table', reason.label, 'message', reason.message)), '[]')
  from (
    select note.value ->> 'kind' as code, backup.label(listed) as label, note.value ->> 'message' as message
    from backup.restore_tables as listed cross join jsonb_array_elements(listed.drift) as note
    where listed.restore_id = blocking_reasons.restore_id and (note.value ->> 'is_blocking')::boolean
    union all
    select 'foreign_key', lost.value ->> 'table',
      format('%s rows of %s would lose their parent in %s (%s), and what the foreign key says of that cannot be followed here. Restore %s as well.',
      lost.value ->> 'rows', lost.value ->> 'table', lost.value ->> 'references', lost.value ->> 'constraint', lost.value ->> 'table')
    from jsonb_array_elements(cascades) as lost where lost.value ->> 'action' = 'none'
    union all
    select broken.value ->> 'kind', broken.value ->> 'table', format('%s: %s rows violate %s. %s',
      broken.value ->> 'table', broken.value ->> 'rows', broken.value ->> 'constraint', broken.value ->> 'message')
    from jsonb_array_elements(violations) as broken where (broken.value ->> 'is_blocking')::boolean
  ) as reason;
$$;

comment on function backup.blocking_reasons(uuid, jsonb, jsonb) is
  'What stands in the way of a restore, whatever is accepted: [{code, table, message}].';

create or replace function backup.preview_restore(target backup.restores, orphans jsonb, cascades jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  violations constant jsonb := backup.find_violations(target, orphans);
  privileges constant jsonb := backup.privilege_changes(target.restore_id);
  source     constant jsonb := backup.preview_source(target);
  -- Four megabytes of examples in all: a function has to pass them on, and somebody to read them.
  sample_bytes constant integer := greatest(8192, least(262144, 4194304 / greatest(1, cardinality(backup.touched_tables(target.restore_id)))));
begin
  return jsonb_build_object(
    'totals', (
      select jsonb_build_object(
        'insert', coalesce(sum(listed.insert_count), 0), 'update', coalesce(sum(listed.update_count), 0), 'delete', coalesce(sum(listed.delete_count), 0),
        'kept', coalesce(sum(listed.kept_count), 0), 'unchanged', coalesce(sum(backup.unchanged_count(listed)), 0))
      from backup.restore_tables as listed where listed.restore_id = target.restore_id),
    'tables', (
      select coalesce(jsonb_agg(backup.preview_table(listed, sample_bytes) order by listed.ordinal), '[]')
      from backup.restore_tables as listed
      where listed.restore_id = target.restore_id and (listed.role = 'chosen'
        or listed.is_touched)),
    'orphans',    orphans,
    'cascades',   cascades,
    'violations', violations,
    'privileges', privileges,
    'sequences',  backup.sequence_moves(target),
    'source',     source,
    'new_tables', (
      select coalesce(jsonb_agg(live.schema_name || '.' || live.table_name order by live.ordinal), '[]')
      from backup.select_tables() as live
      where target.mode <> 'undo' and not exists (
        select from backup.backup_tables as covered
        where covered.backup_id = target.backup_id and (covered.schema_name, covered.table_name) = (live.schema_name, live.table_name))),
    'blocking',   backup.blocking_reasons(target.restore_id, cascades, violations),
    'needs', to_jsonb(array_remove(array[
      case when (source -> 'is_foreign')::boolean                                            then 'accept_foreign_source' end,
      case when privileges <> '{"added": [], "removed": []}'                                  then 'accept_privilege_changes' end,
      case when jsonb_path_exists(cascades, '$[*] ? (@.action != "none")')                    then 'accept_cascade' end,
      case when orphans <> '[]'                                                               then 'skip_orphans' end], null)));
end;
$$;

comment on function backup.preview_restore(backup.restores, jsonb, jsonb) is
  'The preview: {totals, tables, orphans, cascades, violations, privileges, sequences, source, new_tables, blocking, needs}. Reads the lists of '
  'changes.';

create or replace function backup.unaccepted(target backup.restores)
returns jsonb
language sql stable
set search_path = ''
as $$
  select to_jsonb(refusal) || jsonb_build_object('details', refusal.details || jsonb_build_object('restore_id', target.restore_id))
  from (values
    (target.preview -> 'blocking' <> '[]',
      'BK443', 'restore_blocked',
      format('This restore is not possible as it is: %s', target.preview #>> '{blocking,0,message}'),
      'The preview names every table and row that stands in the way. Choose other tables, or correct the schema, and preview again.',
      jsonb_build_object('blocking', target.preview -> 'blocking')),
    (target.preview -> 'needs' ? 'accept_foreign_source' and not target.accept_foreign_source,
      'BK446', 'foreign_source_not_accepted',
      'This archive comes from another database.',
      'If that is what you want, say accept_foreign_source.',
      jsonb_build_object('source', target.preview -> 'source')),
    (target.preview -> 'needs' ? 'accept_privilege_changes' and not target.accept_privilege_changes,
      'BK444', 'privilege_changes_not_accepted',
      format('This restore changes who is an administrator: %s would be, %s would not be any more.',
        jsonb_array_length(target.preview #> '{privileges,added}'), jsonb_array_length(target.preview #> '{privileges,removed}')),
      'Look at privileges in the preview. If that is what you want, say accept_privilege_changes.',
      target.preview -> 'privileges'),
    (target.preview -> 'needs' ? 'accept_cascade' and not target.accept_cascade,
      'BK445', 'cascade_not_accepted',
      'Rows of tables that were not chosen would lose their parent.',
      'Restore these tables as well; or say accept_cascade, and they are deleted or unlinked as their foreign keys say.',
      jsonb_build_object('cascades', target.preview -> 'cascades')),
    (target.preview -> 'needs' ? 'skip_orphans' and not target.skip_orphans,
      'BK447', 'orphans_not_accepted',
      'Some rows would have no parent.',
      'Restore the table of their parents as well; or say skip_orphans to leave out exactly these rows and what depends on them.',
      jsonb_build_object('orphans', target.preview -> 'orphans'))
  ) as refusal (applies, sqlstate, code, message, hint, details)
  where refusal.applies
  limit 1;
$$;

comment on function backup.unaccepted(backup.restores) is
  'What the preview found and nobody accepted, as {sqlstate, code, message, hint, details}: BK443 {blocking}, BK446 {source}, BK444 {added, '
  'removed}, BK445 {cascades}, BK447 {orphans}; NULL when nothing stands in the way.';

create or replace function backup.assert_acceptable(target backup.restores)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  refusal constant jsonb := backup.unaccepted(target);
begin
  if refusal is not null then
    raise exception using errcode = refusal ->> 'sqlstate', message = refusal ->> 'message', detail = (refusal -> 'details')::text,
      hint = refusal ->> 'hint';
  end if;
end;
$$;

comment on function backup.assert_acceptable(backup.restores) is
  'Raises BK443, BK444, BK445, BK446 or BK447 when backup.unaccepted() has something to say.';

create or replace function backup.compare_tables(target backup.restores)
returns jsonb
language plpgsql volatile
set search_path = ''
set jit = off
set work_mem = '64MB'
set datestyle = 'ISO, YMD'
set intervalstyle = 'postgres'
set timezone = 'UTC'
set extra_float_digits = 3
set bytea_output = 'hex'
set row_security = off
as $$
declare
  looked_at backup.restore_tables;
  orphans   jsonb;
begin
  delete from backup.restore_tables as listed where listed.restore_id = target.restore_id and listed.role = 'cascaded';
  if target.requested_rows is not null then
    perform backup.pick_rows(target);
  end if;
  for looked_at in
    select * from backup.restore_tables as listed
    where listed.restore_id = target.restore_id and not listed.is_unchanged and not listed.is_blocked order by listed.ordinal
  loop
    perform backup.find_changes(target, looked_at);
  end loop;
  perform backup.count_changes(target.restore_id);
  perform backup.keep_removed_keys(listed.restore_id, listed.ordinal)
  from backup.restore_tables as listed where listed.restore_id = target.restore_id and listed.changes is not null;
  orphans := backup.mark_orphans(target);
  return jsonb_build_object('orphans', orphans, 'cascades', backup.follow_cascades(target, orphans));
end;
$$;

comment on function backup.compare_tables(backup.restores) is
  'Makes the lists of changes of all tables, with orphans marked and cascades followed: {orphans, cascades}. Raises BK448 {rows}, BK454 {rows} in '
  'an undo.';

create or replace function backup.is_key_in_doubt(looked_at backup.restore_tables)
returns boolean
language sql immutable
set search_path = ''
as $$
  select looked_at.key is not null
    and jsonb_path_exists(looked_at.drift, '$[*] ? (@.kind == "key_changed" || @.kind == "type_changed" || @.kind == "collation_changed")');
$$;

comment on function backup.is_key_in_doubt(backup.restore_tables) is
  'Whether rows of the backup may share a key as it is now: it has other columns, or they are compared otherwise.';

create or replace function backup.settle_types(target backup.restores)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  looked_at   backup.restore_tables;
  notes       jsonb;
  doubles     boolean;
  staged_rows bigint;
begin
  for looked_at in
    select * from backup.restore_tables as listed
    where listed.restore_id = target.restore_id and not listed.is_unchanged and not listed.is_blocked order by listed.ordinal
  loop
    execute format('select count(*) from %s', looked_at.staged) into staged_rows;
    if staged_rows <> looked_at.backup_rows then
      raise exception using
        errcode = 'BK451',
        message = format('%s rows of %s are staged, and the backup has %s.', staged_rows, backup.label(looked_at), looked_at.backup_rows),
        detail  = jsonb_build_object('table', backup.label(looked_at), 'expected', looked_at.backup_rows, 'found', staged_rows)::text,
        hint    = 'Nothing was changed. Restore again; if it stays, the archive is damaged: use another backup.';
    end if;
    notes := backup.convert_staged(looked_at);
    -- Another key than then: what it identified once it may not any more.
    if notes = '[]' and backup.is_key_in_doubt(looked_at) then
      execute format('select exists (select from %s as s group by %s having count(*) > 1)', looked_at.staged,
        backup.column_list('s', looked_at.key)) into doubles;
      if doubles then
        notes := jsonb_build_array(backup.drift_note('key_not_unique', null,
          format('Rows of the backup share the key (%s).', array_to_string(looked_at.key, ', ')), true));
      end if;
    end if;
    update backup.restore_tables as listed
    set drift = listed.drift || notes, is_blocked = notes <> '[]'
    where listed.restore_id = looked_at.restore_id and listed.ordinal = looked_at.ordinal;
    -- Only what rows are matched by: statistics of every column would cost more than they are worth.
    execute format('analyze %s%s', looked_at.staged, ' (' || backup.column_list(null, array(
      select member.name from unnest(looked_at.shared_columns) as member (name)
      where member.name = any (looked_at.key || backup.linked_columns(looked_at.relation)))) || ')');
  end loop;
end;
$$;

comment on function backup.settle_types(backup.restores) is
  'Once everything is staged: types, statistics, and what of the rows does not fit. Raises BK451 {table, expected, found} when not every row is '
  'there.';

create or replace function backup.compare_restore(job_id uuid, worker_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  held   constant backup.jobs := backup.check_job(job_id, worker_id);
  target backup.restores := backup.find_restore(held.restore_id);
  found_problems jsonb;
  refusal        jsonb;
begin
  perform backup.limit_lock_waits();
  perform backup.assert_staged(target);
  perform backup.settle_types(target);
  found_problems := backup.compare_tables(target);

  update backup.restores as candidate
  set preview = backup.preview_restore(target, found_problems -> 'orphans', found_problems -> 'cascades'),
      status = 'previewed', phase = null, previewed_at = clock_timestamp(),
      expires_at = clock_timestamp() + make_interval(hours => (backup.setting('staging_hours'))::integer)
  where candidate.restore_id = target.restore_id and candidate.status = 'staging'
  returning * into target;
  -- Discarded meanwhile: then the job is gone, too.
  perform backup.hold_job(job_id, worker_id);

  perform backup.finish_job(held);
  if target.skip_preview then
    refusal := backup.unaccepted(target);
    if refusal is null then
      perform backup.begin_applying(target.restore_id);
    else
      perform backup.end_restore(target.restore_id, 'failed', refusal - array['applies', 'sqlstate']);
    end if;
  end if;
end;
$$;

comment on function backup.compare_restore(uuid, text) is
  'Everything is staged: compares, writes the preview and ends the job. With skip_preview the restore goes on by itself, or fails with what '
  'nobody accepted. Takes as long as it takes. Raises BK412, BK442, BK448 {rows}, BK451, BK454 {rows}.';
