-- Predicates: the SQL that finds the records which break a rule.
--
-- Every predicate is plain SQL on built-in functions (so that Postgres may evaluate it in parallel workers), true for a record that
-- breaks the rule, and asks the cheap question first. The table's alias is always t.

create or replace function backup.base_type(type_oid oid)
returns oid
language plpgsql stable strict
set search_path = ''
as $$
begin
  while exists (select from pg_catalog.pg_type as type where type.oid = type_oid and type.typtype = 'd') loop
    type_oid := (select type.typbasetype from pg_catalog.pg_type as type where type.oid = type_oid);
  end loop;
  return type_oid;
end;
$$;

comment on function backup.base_type(oid) is 'The type that a domain (or a domain over a domain) is made of; any other type itself.';

create or replace function backup.type_family(type_oid oid)
returns text
language plpgsql stable strict
set search_path = ''
as $$
declare
  base oid := backup.base_type(type_oid);
begin
  return case
    when base in ('json'::regtype, 'jsonb'::regtype)                           then 'json'
    when base in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)           then 'integer'
    when base in ('numeric'::regtype, 'float4'::regtype, 'float8'::regtype)    then 'number'
    when base = 'date'::regtype                                                then 'date'
    when base in ('timestamp'::regtype, 'timestamptz'::regtype)                then 'timestamp'
    when exists (select from pg_catalog.pg_type as type where type.oid = base and type.typcategory = 'S') then 'text'
    else 'other'
  end;
end;
$$;

comment on function backup.type_family(oid) is
  'What the rules make of a type, domains looked through: text (citext, varchar, … too), json, integer, number, date, timestamp, '
  'other.';

create or replace function backup.email_predicate(value text)
returns text
language sql immutable strict parallel safe
set search_path = ''
as $$
  -- name@host.tld, letters of any script; no white space (however exotic) and none of <>()[]\,;:" anywhere; dots part non-empty pieces; labels
  -- of the host neither begin nor end with a hyphen. The pattern has no back references and no lookaround, so that Postgres runs it as a finite
  -- automaton, in linear time; what LIKE can tell is kept out of it, because every state costs.
  select format($sql$%1$s !~ '^[^@%2$s]+@[^@.%2$s]+(\.[^@.%2$s]+)+$'
    or %1$s like '.%%' or %1$s like '%%.@%%' or %1$s like '%%..%%'
    or %1$s like '%%-%%' and %1$s ~ '@(.*\.)?-|-\.[^@]*$|-$'
    or length(%1$s) > 254$sql$,
    value, '[:space:][:cntrl:]<>()[\\,;:"\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff');
$$;

comment on function backup.email_predicate(text) is
  'SQL: the value (an SQL expression of type text) is not an e-mail address. Sane rather than complete: an address is what a '
  'mail system will take, not all that RFC 5322 allows.';

create or replace function backup.blank_predicate(value text)
returns text
language sql immutable strict parallel safe
set search_path = ''
as $$
  -- Only a value that begins with white space is looked at whole: of a long text, stored out of line, the rest is not even fetched.
  select format($sql$case
    when left(%1$s, 1) between '!' and '~' then false
    when strpos(%2$L, left(%1$s, 1)) = 0 then false
    else btrim(%1$s, %2$L) = '' end$sql$,
    format('(%s)::text collate "C"', value),
    E' \t\n\x0b\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff');
$$;

comment on function backup.blank_predicate(text) is
  'SQL: the value (an SQL expression of a text type) is empty or only white space, Unicode''s and zero-width included.';

create or replace function backup.value_predicate(kind text, column_name text, family text, parameters jsonb)
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  value   text := format('t.%I', column_name);
  -- "default": a column's own collation may be one that regular expressions cannot use.
  content text := format('(t.%I)::text collate "default"', column_name);
  digits  integer := substring(parameters ->> 'pattern' from '^\^\[0-9\]\{([2-9])\}[$]$')::integer;
  broken  text;
begin
  broken := case kind
    when 'required' then
      case family
        when 'text' then format('%s is null or %s', value, backup.blank_predicate(value))
        when 'json' then format('%1$s is null or (%1$s)::text = ''null''', value)
        else format('%s is null', value)
      end
    when 'email' then
      backup.email_predicate(content)
    when 'positive' then
      case when coalesce((parameters ->> 'allow_zero')::boolean, false) then format('%s < ''0''', value) else format('%s <= ''0''', value) end
      -- NaN is above everything, Infinity included.
      || case family when 'number' then format(' or %s >= ''Infinity''', value) else '' end
    when 'in_future' then
      case family when 'date' then format('%s < current_date', value) else format('%s <= now()', value) end
    when 'matches' then
      case
        -- So many digits: of an integer that is a range, which is ten times as fast.
        when family = 'integer' and digits is not null then
          format('%1$s < 1%2$s or %1$s > 9%3$s', value, repeat('0', digits - 1), repeat('9', digits - 1))
        else
          format('%s %s %L', content, case when (parameters ->> 'ignore_case')::boolean then '!~*' else '!~' end, parameters ->> 'pattern')
      end
    when 'max_length' then
      format('octet_length(%1$s) > %2$s and length(%1$s) > %2$s', content, parameters ->> 'length')
    when 'one_of' then
      case when (parameters ->> 'ignore_case')::boolean
        then format('lower(%s) <> all (%L::text[])', content, array(select lower(jsonb_array_elements_text(parameters -> 'values'))))
        else format('%s <> all (%L::text[])', content, array(select jsonb_array_elements_text(parameters -> 'values')))
      end
  end;

  if (parameters ->> 'allow_blank')::boolean and family = 'text' then
    broken := format('(%s) and not %s', broken, backup.blank_predicate(value));
  end if;
  return broken;
end;
$$;

comment on function backup.value_predicate(text, text, text, jsonb) is
  'SQL that is true where one column breaks a rule of this kind; NULL for kinds that do not look at one value at a time. family: '
  'see backup.type_family.';

create or replace function backup.date_order_predicate(columns text[], families text[], parameters jsonb)
returns text
language sql immutable
set search_path = ''
as $$
  -- A date against a moment is compared by day: an event of one day ends on the day on which it starts, not at its midnight.
  select format('%s %s %s',
    format(case when families[1] <> families[2] then '(t.%I)::date' else 't.%I' end, columns[1]),
    case when coalesce((parameters ->> 'allow_equal')::boolean, true) then '>' else '>=' end,
    format(case when families[1] <> families[2] then '(t.%I)::date' else 't.%I' end, columns[2]));
$$;

comment on function backup.date_order_predicate(text[], text[], jsonb) is
  'SQL that is true where the first column is later than the second.';

create or replace function backup.column_types(relation oid, columns text[])
returns oid[]
language sql stable
set search_path = ''
as $$
  select array_agg(attribute.atttypid order by wanted.position)
  from unnest(columns) with ordinality as wanted (name, position)
  left join pg_catalog.pg_attribute as attribute
    on attribute.attrelid = relation and attribute.attname = wanted.name and attribute.attnum > 0 and not attribute.attisdropped;
$$;

comment on function backup.column_types(oid, text[]) is 'The type of each column, NULL for one that the table does not have.';

create or replace function backup.column_families(relation oid, columns text[])
returns text[]
language sql stable
set search_path = ''
as $$
  select array_agg(backup.type_family(own.type_oid) order by own.position)
  from unnest(backup.column_types(relation, columns)) with ordinality as own (type_oid, position);
$$;

comment on function backup.column_families(oid, text[]) is 'The type family of each column, NULL for one that the table does not have.';

create or replace function backup.row_predicates(relation oid, kind text, columns text[], parameters jsonb)
returns text[]
language plpgsql stable
set search_path = ''
as $$
declare
  families text[] := backup.column_families(relation, columns);
begin
  case kind
    when 'date_order' then
      return array_fill(backup.date_order_predicate(columns, families, parameters), array[2]);
    when 'expression' then
      return array_fill(format(E'not (%s\n)', parameters ->> 'condition'), array[greatest(cardinality(columns), 1)]);
    else
      return (
        select array_agg(backup.value_predicate(kind, member.name, families[member.position], parameters) order by member.position)
        from unnest(columns) with ordinality as member (name, position)
      );
  end case;
end;
$$;

comment on function backup.row_predicates(oid, text, text[], jsonb) is
  'One SQL predicate per column of a rule, true where that column breaks it; a rule about several columns together repeats '
  'itself for each.';
