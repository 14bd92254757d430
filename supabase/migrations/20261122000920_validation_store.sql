-- Validation store: the runs, what they found, and for how long that is kept.

insert into backup.settings (key, value, description) values
  ('validation_retention_days', '90', 'Days for which validation runs that belong to no backup are kept. A run of a backup is kept as long as the backup.')
on conflict (key) do nothing;

create or replace function backup.report_tables(report jsonb)
returns text[]
language sql immutable strict
set search_path = ''
as $$
  select coalesce(array_agg(checked.value ->> 'table' order by checked.value ->> 'table' collate "C"), '{}')
  from jsonb_array_elements(report -> 'tables') as checked;
$$;

comment on function backup.report_tables(jsonb) is 'The tables of a report, as schema.table, in an order that does not depend on the database.';

create table if not exists backup.validation_runs (
  id            uuid        not null default gen_random_uuid(),
  backup_id     uuid,
  requested_by  uuid,
  started_at    timestamptz not null,
  duration_ms   bigint      not null,
  status        text        not null,
  error_count   bigint      not null,
  warning_count bigint      not null,
  row_count     bigint      not null,
  report        jsonb       not null,
  tables        text[]      not null generated always as (backup.report_tables(report)) stored,
  created_at    timestamptz not null default now(),
  constraint validation_runs_pkey          primary key (id),
  constraint validation_runs_backup_fkey   foreign key (backup_id) references public.backups (id) on delete cascade,
  constraint validation_runs_status_check  check (status in ('passed', 'warnings', 'failed')),
  constraint validation_runs_status_matches_counts_check check (
    status = case when error_count > 0 then 'failed' when warning_count > 0 then 'warnings' else 'passed' end),
  constraint validation_runs_counts_check  check (error_count >= 0 and warning_count >= 0 and row_count >= 0 and duration_ms >= 0)
);

create table if not exists backup.validation_findings (
  run_id      uuid    not null,
  ordinal     integer not null,
  table_name  text    not null,
  rule_id     text    not null,
  severity    text    not null,
  record_id   text,
  label       text,
  column_name text,
  value       text,
  message     text    not null,
  suggestion  text,
  constraint validation_findings_pkey           primary key (run_id, ordinal),
  constraint validation_findings_run_fkey       foreign key (run_id) references backup.validation_runs (id) on delete cascade,
  constraint validation_findings_severity_check check (severity in ('error', 'warning'))
);

create index if not exists validation_runs_backup_idx     on backup.validation_runs (backup_id);
create index if not exists validation_runs_created_at_idx on backup.validation_runs (created_at) where backup_id is null;
create index if not exists validation_runs_started_at_idx on backup.validation_runs (started_at desc, id desc);
create index if not exists validation_findings_record_idx on backup.validation_findings (table_name, record_id);

alter table backup.validation_runs     enable row level security;
alter table backup.validation_findings enable row level security;

comment on table  backup.validation_runs is
  'Every run of the rules whose report was kept: those of backups and those that a person asked for.';
comment on column backup.validation_runs.id            is 'The run.';
comment on column backup.validation_runs.backup_id     is 'The backup whose snapshot was checked; NULL for a run without one.';
comment on column backup.validation_runs.requested_by  is 'Who asked for it (auth.users.id); NULL for a worker or a secret key.';
comment on column backup.validation_runs.started_at    is 'When it began.';
comment on column backup.validation_runs.duration_ms   is 'How long it took, in milliseconds.';
comment on column backup.validation_runs.status        is 'passed, warnings or failed.';
comment on column backup.validation_runs.error_count   is 'Violations of rules of severity error.';
comment on column backup.validation_runs.warning_count is 'Violations of rules of severity warning.';
comment on column backup.validation_runs.row_count     is 'Rows that were checked.';
comment on column backup.validation_runs.report        is 'The report without its samples, which are the findings.';
comment on column backup.validation_runs.tables        is 'The tables of the report.';
comment on column backup.validation_runs.created_at    is 'When it was stored.';

comment on table  backup.validation_findings is
  'The records that a run found wrong: the samples of its report, at most 100 per rule.';
comment on column backup.validation_findings.run_id      is 'The run.';
comment on column backup.validation_findings.ordinal     is 'Order within the report, from 1.';
comment on column backup.validation_findings.table_name  is 'The table, as schema.table.';
comment on column backup.validation_findings.rule_id     is 'The rule that the record breaks; no foreign key, since a rule may be deleted.';
comment on column backup.validation_findings.severity    is 'error or warning.';
comment on column backup.validation_findings.record_id   is 'Key of the record; NULL when the finding is about the table.';
comment on column backup.validation_findings.label       is 'What a person calls the record.';
comment on column backup.validation_findings.column_name is 'The column or columns at fault.';
comment on column backup.validation_findings.value       is 'The value, shortened to 200 characters.';
comment on column backup.validation_findings.message     is 'What is wrong.';
comment on column backup.validation_findings.suggestion  is 'What to do about it.';

create or replace function backup.report_without_samples(report jsonb)
returns jsonb
language sql immutable strict
set search_path = ''
as $$
  select report || jsonb_build_object('tables', (
    select coalesce(jsonb_agg(checked || jsonb_build_object('rules', (
        select coalesce(jsonb_agg(rule - 'sample' order by rule_ordinal), '[]')
        from jsonb_array_elements(checked -> 'rules') with ordinality as listed (rule, rule_ordinal))) order by table_ordinal), '[]')
    from jsonb_array_elements(report -> 'tables') with ordinality as listed (checked, table_ordinal)));
$$;

comment on function backup.report_without_samples(jsonb) is 'A validation report without the samples of its rules.';

create or replace function backup.purge_validation_runs()
returns bigint
language sql volatile
set search_path = ''
as $$
  with purged as (
    delete from backup.validation_runs as run
    where run.backup_id is null
      and run.created_at < now() - make_interval(days => (backup.setting('validation_retention_days'))::integer)
    returning run.id
  )
  select count(*) from purged;
$$;

comment on function backup.purge_validation_runs() is
  'Deletes runs (with findings) that belong to no backup and are older than the setting validation_retention_days; returns how many.';

create or replace function backup.store_validation(report jsonb, backup_id uuid default null)
returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  run uuid;
begin
  insert into backup.validation_runs (backup_id, requested_by, started_at, duration_ms, status, error_count, warning_count, row_count, report)
  values (
    store_validation.backup_id, backup.actor_id(), (report ->> 'started_at')::timestamptz, (report ->> 'duration_ms')::numeric, report ->> 'status',
    (report ->> 'errors')::bigint, (report ->> 'warnings')::bigint,
    (select coalesce(sum((checked ->> 'rows')::bigint), 0) from jsonb_array_elements(report -> 'tables') as checked),
    backup.report_without_samples(report))
  returning id into run;

  insert into backup.validation_findings (run_id, ordinal, table_name, rule_id, severity, record_id, label, column_name, value, message, suggestion)
  select run, row_number() over (order by table_ordinal, rule_ordinal, finding_ordinal), checked ->> 'table', rule ->> 'id', rule ->> 'severity',
    finding ->> 'record_id', finding ->> 'label', finding ->> 'column', finding ->> 'value', finding ->> 'message', rule ->> 'suggestion'
  from jsonb_array_elements(report -> 'tables') with ordinality as tables (checked, table_ordinal)
  cross join lateral jsonb_array_elements(checked -> 'rules') with ordinality as rules (rule, rule_ordinal)
  cross join lateral jsonb_array_elements(rule -> 'sample') with ordinality as findings (finding, finding_ordinal);

  perform backup.purge_validation_runs();
  return run;
end;
$$;

comment on function backup.store_validation(jsonb, uuid) is
  'Keeps the report of backup.validate_tables, for a backup or on its own, and forgets runs that are too old. Returns the id of '
  'the run.';

create or replace function backup.previous_run(run_id uuid)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('run_id', earlier.id, 'backup_id', earlier.backup_id, 'started_at', backup.iso(earlier.started_at), 'rules', (
    select coalesce(jsonb_agg(jsonb_build_object(
        'table', checked.value -> 'table', 'id', rule.value -> 'id', 'status', rule.value -> 'status', 'violations', rule.value -> 'violations')
      order by checked.position, rule.position), '[]')
    from jsonb_array_elements(earlier.report -> 'tables') with ordinality as checked (value, position)
    cross join lateral jsonb_array_elements(checked.value -> 'rules') with ordinality as rule (value, position)
    where rule.value ->> 'status' <> 'not_applicable'))
  from backup.validation_runs as run
  cross join lateral (
    select candidate.* from backup.validation_runs as candidate
    where candidate.tables = run.tables and (candidate.started_at, candidate.id) < (run.started_at, run.id)
    order by candidate.started_at desc, candidate.id desc
    limit 1
  ) as earlier
  where run.id = previous_run.run_id;
$$;

comment on function backup.previous_run(uuid) is
  'What the run before this one found in the same tables: {run_id, backup_id, started_at, rules: [{table, id, status, violations}]}; NULL when there '
  'was none. A rule that was not applicable is not among them.';

create or replace function backup.run_validation(tables text[] default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  report jsonb;
  run    uuid;
begin
  perform backup.assert_admin();
  report := backup.validate_tables(tables);
  run := backup.store_validation(report);
  perform backup.audit('validate', 'succeeded', run::text,
    jsonb_build_object('tables', to_jsonb(tables), 'status', report -> 'status', 'errors', report -> 'errors', 'warnings', report -> 'warnings'));
  return report || jsonb_build_object('run_id', run, 'backup_id', null, 'previous', backup.previous_run(run));
end;
$$;

comment on function backup.run_validation(text[]) is
  'Validates now, without a backup: checks the caller (BK403), runs the rules (BK420), stores and audits the run. The report of '
  'backup.validate_tables, plus run_id, backup_id and previous (see backup.previous_run).';

create or replace function backup.stored_report(run backup.validation_runs)
returns jsonb
language sql stable
set search_path = ''
as $$
  with shown as materialized (
    select finding.table_name, finding.rule_id, jsonb_agg(jsonb_build_object(
      'record_id', finding.record_id, 'label', finding.label, 'column', finding.column_name, 'value', finding.value,
      'message', finding.message) order by finding.ordinal) as sample
    from backup.validation_findings as finding
    where finding.run_id = run.id
    group by finding.table_name, finding.rule_id
  ),
  completed as (
    select checked.position, checked.value || jsonb_build_object('rules', (
      select coalesce(jsonb_agg(rule.value || jsonb_build_object('sample', coalesce(shown.sample, '[]')) order by rule.position), '[]')
      from jsonb_array_elements(checked.value -> 'rules') with ordinality as rule (value, position)
      left join shown on shown.table_name = checked.value ->> 'table' and shown.rule_id = rule.value ->> 'id')) as report
    from jsonb_array_elements(run.report -> 'tables') with ordinality as checked (value, position)
  )
  select run.report || jsonb_build_object(
    'tables', (select coalesce(jsonb_agg(completed.report order by completed.position), '[]') from completed),
    'run_id', run.id, 'backup_id', run.backup_id, 'previous', backup.previous_run(run.id));
$$;

comment on function backup.stored_report(backup.validation_runs) is 'The report of a stored run, as backup.run_validation() gave it, samples and all.';

create or replace function backup.last_validation()
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  whole  text[];
  newest backup.validation_runs;
begin
  perform backup.assert_admin();
  whole := array(select chosen.schema_name || '.' || chosen.table_name from backup.select_tables() as chosen);
  select run.* into newest from backup.validation_runs as run
  -- A look at some tables says little: one at all of them goes first, though it be older.
  order by run.tables @> whole desc, run.started_at desc, run.id desc
  limit 1;
  return jsonb_build_object('report', case when newest.id is not null then backup.stored_report(newest) end);
end;
$$;

comment on function backup.last_validation() is
  'What is known without running anything: {report}, that of the newest run (of a backup or on its own) over all tables of a backup, else of the '
  'newest at all; NULL when there is none. Raises BK403, BK420 when the setting extra_tables is wrong.';
