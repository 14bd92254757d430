-- What the tests of retention share. Included at the top with \ir support.sql, in place of ../support.sql.
\ir ../support.sql

-- A completed backup that a test calls by its name.
create function testing.archive(
  label      text,
  created_at timestamptz,
  kind       text    default 'daily',
  size       bigint  default 100,
  tables     text[]  default null,
  drill      text    default null
)
returns uuid
language plpgsql
as $$
declare
  made constant uuid := testing.backup('completed', kind, created_at);
begin
  update public.backups as target
  set notes = label, file_size = size, requested_tables = archive.tables,
      verified_at = case drill when 'passed' then archive.created_at end, verification = case when drill is not null then jsonb_build_object('status', drill) end
  where target.id = made;
  return made;
end;
$$;

-- Rules that keep nothing, but for those that are given.
create function testing.rules(changes jsonb default '{}')
returns jsonb
language sql
as $$ select '{"keep_last": 0, "keep_daily": 0, "keep_weekly": 0, "keep_monthly": 0, "max_age_days": null, "max_total_bytes": null}' || changes $$;

create function testing.planned(rules jsonb default '{}')
returns table (label text, reasons text[], removal text)
language sql
as $$
  select source.notes, plan.reasons, plan.removal
  from backup.retention_plan(testing.rules(rules)) as plan join public.backups as source on source.id = plan.backup_id
  order by source.created_at desc, source.notes;
$$;

create function testing.kept(rules jsonb default '{}')
returns text[]
language sql
as $$ select coalesce(array_agg(label) filter (where removal is null), '{}') from testing.planned(rules) $$;

create function testing.reasons(label text, rules jsonb default '{}')
returns text[]
language sql
as $$ select planned.reasons from testing.planned(rules) as planned where planned.label = reasons.label $$;
