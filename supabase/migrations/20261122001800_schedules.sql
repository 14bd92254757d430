-- Schedules: a daily and a weekly backup. When the next one is due is worked out here and stands in the table; the sweep, once a minute, makes
-- those that are. So a change of the clocks moves nothing, and what was due while the database was down is made as soon as it is up again.

create table if not exists backup.schedules (
  frequency           text        not null,
  name                text        not null,
  is_enabled          boolean     not null default false,
  time_of_day         time        not null default '03:00',
  weekday             smallint,
  time_zone           text        not null default 'UTC',
  tables              text[],
  keep                integer     not null,
  override_validation boolean     not null default false,
  override_reason     text,
  next_run_at         timestamptz,
  last_run_at         timestamptz,
  last_backup_id      uuid,
  last_status         text,
  last_error          jsonb,
  constraint schedules_pkey                  primary key (frequency),
  constraint schedules_name_key              unique (name),
  constraint schedules_last_backup_fkey      foreign key (last_backup_id) references public.backups (id) on delete set null,
  constraint schedules_frequency_check       check (frequency in ('daily', 'weekly')),
  constraint schedules_name_check            check (btrim(name) <> '' and length(name) <= 80),
  constraint schedules_weekday_check         check (case frequency when 'weekly' then weekday between 1 and 7 else weekday is null end),
  constraint schedules_tables_check          check (tables <> '{}'),
  constraint schedules_keep_check            check (keep >= 1),
  constraint schedules_override_has_reason_check check (not override_validation or coalesce(btrim(override_reason), '') <> ''),
  constraint schedules_enabled_is_due_check  check (is_enabled = (next_run_at is not null))
);

create index if not exists schedules_last_backup_idx on backup.schedules (last_backup_id);

alter table backup.schedules enable row level security;

comment on table  backup.schedules                     is
  'What is backed up by itself. Both rows are always there; manual only means that neither is enabled.';
comment on column backup.schedules.frequency           is 'daily, weekly; also the kind of its backups.';
comment on column backup.schedules.name                is 'What people call it; the note of its backups.';
comment on column backup.schedules.is_enabled          is 'Whether it runs.';
comment on column backup.schedules.time_of_day         is
  'When, by the clocks of the time zone. An hour that the clocks leave out in spring is made up for by the one behind it; one that comes twice in '
  'autumn counts once.';
comment on column backup.schedules.weekday             is 'On which day a weekly one runs: 1 is Monday, 7 is Sunday.';
comment on column backup.schedules.time_zone           is 'Name in pg_timezone_names, such as Europe/Berlin.';
comment on column backup.schedules.tables              is 'What is backed up; NULL means every table.';
comment on column backup.schedules.keep                is 'For how many days (weeks) one backup of each is kept; see backup.retention_plan().';
comment on column backup.schedules.override_validation is 'Whether backups are made in spite of validation errors.';
comment on column backup.schedules.override_reason     is 'Why.';
comment on column backup.schedules.next_run_at         is 'When it is due; until it has run that stays in the past.';
comment on column backup.schedules.last_run_at         is 'When it was last asked for a backup.';
comment on column backup.schedules.last_backup_id      is
  'The backup that it made then; NULL when it could not, or the backup has been deleted since.';
comment on column backup.schedules.last_status         is 'How that went: queued, then completed, blocked or failed.';
comment on column backup.schedules.last_error          is 'Why it went wrong: {code, message, …}.';

insert into backup.schedules (frequency, name, weekday, keep)
values ('daily', 'Daily backup', null, 7), ('weekly', 'Weekly backup', 7, 5)
on conflict do nothing;

create or replace function backup.next_run(schedule backup.schedules, after timestamptz)
returns timestamptz
language sql stable
set search_path = ''
as $$
  select min(candidate.moment)
  from generate_series(0, 8) as days
  cross join lateral (select (after at time zone schedule.time_zone)::date + days as day) as local
  cross join lateral (select (local.day + schedule.time_of_day) at time zone schedule.time_zone as moment) as candidate
  where candidate.moment > after
    and (schedule.weekday is null or extract(isodow from local.day) = schedule.weekday);
$$;

comment on function backup.next_run(backup.schedules, timestamptz) is
  'When a schedule is due for the first time after that moment. On every day once, whatever the clocks do.';


-- changing them ----------------------------------------------------------------------------------------------------------------

create or replace function backup.assert_schedule_value(frequency text, argument text, is_good boolean, hint text)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if not coalesce(is_good, false) then
    raise exception using
      errcode = 'BK422',
      message = format('The %s schedule cannot have this %s.', frequency, argument),
      detail  = jsonb_build_object('argument', frequency || '.' || argument)::text,
      hint    = hint;
  end if;
end;
$$;

comment on function backup.assert_schedule_value(text, text, boolean, text) is
  'Raises BK422 {argument: "<frequency>.<argument>"} unless the value is good.';

create or replace function backup.assert_schedule(frequency text, wanted jsonb)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform backup.assert_schedule_value(frequency, flag.name, jsonb_typeof(wanted -> flag.name) = 'boolean', 'Say true or false.')
  from unnest('{is_enabled,override_validation}'::text[]) as flag (name);
  perform backup.assert_schedule_value(frequency, 'name', btrim(wanted ->> 'name') <> '' and length(wanted ->> 'name') <= 80
      and not exists (select from backup.schedules as other where other.frequency <> assert_schedule.frequency and other.name = btrim(wanted ->> 'name')),
    'Give it a name of at most 80 characters that the other schedule does not have.');
  perform backup.assert_schedule_value(frequency, 'time', wanted ->> 'time' ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$',
    'Give hours and minutes from 00:00 to 23:59.');
  perform backup.assert_schedule_value(frequency, 'weekday',
    case frequency when 'weekly' then wanted ->> 'weekday' ~ '^[1-7]$' else wanted ->> 'weekday' is null end,
    'A weekly schedule has a day from 1 (Monday) to 7 (Sunday), a daily one has none.');
  perform backup.assert_schedule_value(frequency, 'time_zone',
    exists (select from pg_catalog.pg_timezone_names as zone where zone.name = wanted ->> 'time_zone'),
    'Name a time zone such as Europe/Berlin or UTC.');
  perform backup.assert_schedule_value(frequency, 'keep', wanted ->> 'keep' ~ '^[1-9][0-9]{0,3}$',
    'Keep at least 1 and at most 9999.');
  perform backup.assert_schedule_value(frequency, 'override_reason',
    not (wanted -> 'override_validation')::boolean or btrim(coalesce(wanted ->> 'override_reason', '')) <> '',
    'Say why its backups are wanted although the data is not valid; it is kept with each of them.');
end;
$$;

comment on function backup.assert_schedule(text, jsonb) is 'Raises BK422 {argument} naming the first value that a schedule cannot have.';

create or replace function backup.schedule_json(source backup.schedules)
returns jsonb
language sql stable
set search_path = ''
as $$
  select to_jsonb(source) - array['frequency', 'time_of_day'] || jsonb_build_object(
    'time',        to_char(source.time_of_day, 'HH24:MI'),
    'next_run_at', backup.iso(source.next_run_at),
    'last_run_at', backup.iso(source.last_run_at));
$$;

comment on function backup.schedule_json(backup.schedules) is 'A schedule as the API shows it.';

create or replace function backup.change_schedule(frequency text, changes jsonb)
returns backup.schedules
language plpgsql volatile
set search_path = ''
as $$
declare
  present backup.schedules;
  wanted  jsonb;
  changed backup.schedules;
begin
  select * into present from backup.schedules as schedule where schedule.frequency = change_schedule.frequency for update;
  perform backup.assert_schedule_value(frequency, 'frequency', found, 'There is a daily and a weekly schedule.');
  wanted := backup.schedule_json(present) || changes;
  perform backup.assert_schedule(frequency, wanted);

  update backup.schedules as schedule
  set name = btrim(wanted ->> 'name'),
      is_enabled = (wanted -> 'is_enabled')::boolean,
      time_of_day = (wanted ->> 'time')::time,
      weekday = (wanted ->> 'weekday')::smallint,
      time_zone = wanted ->> 'time_zone',
      -- Tables that are not there are refused here, by name, and not in the night.
      tables = case when jsonb_typeof(wanted -> 'tables') = 'array' then (
        select array_agg(chosen.schema_name || '.' || chosen.table_name order by chosen.ordinal)
        from backup.select_tables(array(select jsonb_array_elements_text(wanted -> 'tables'))) as chosen) end,
      keep = (wanted ->> 'keep')::integer,
      override_validation = (wanted -> 'override_validation')::boolean,
      override_reason = nullif(btrim(wanted ->> 'override_reason'), ''),
      next_run_at = case when (wanted -> 'is_enabled')::boolean then coalesce(schedule.next_run_at, clock_timestamp()) end
  where schedule.frequency = present.frequency
  returning * into changed;

  -- What is due already stays due, unless it is asked for at another time now.
  if changed.is_enabled and (
    not present.is_enabled or (changed.time_of_day, changed.time_zone, changed.weekday) is distinct
      from (present.time_of_day, present.time_zone, present.weekday)
  ) then
    update backup.schedules as schedule set next_run_at = backup.next_run(changed, clock_timestamp())
    where schedule.frequency = changed.frequency
    returning * into changed;
  end if;

  perform backup.audit('schedule', 'succeeded', frequency, changes);
  return changed;
end;
$$;

comment on function backup.change_schedule(text, jsonb) is
  'Changes of a schedule what is named: {name, is_enabled, time, weekday, time_zone, tables, keep, override_validation, override_reason}. Raises '
  'BK420 {tables}, BK422 {argument}.';

create or replace function backup.schedules_json()
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_object_agg(schedule.frequency, backup.schedule_json(schedule)) from backup.schedules as schedule;
$$;

comment on function backup.schedules_json() is 'Both schedules as the API shows them: {daily, weekly}.';

create or replace function backup.get_schedules()
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  return backup.schedules_json();
end;
$$;

comment on function backup.get_schedules() is
  'Both schedules: {daily, weekly}, each {name, is_enabled, time, weekday, time_zone, tables, keep, override_validation, override_reason, '
  'next_run_at, last_run_at, last_backup_id, last_status, last_error}. Raises BK403.';

create or replace function backup.set_schedules(schedules jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  entry record;
begin
  perform backup.assert_admin();
  perform backup.assert_project();
  -- Before either is changed: the two may swap their names.
  perform backup.assert_schedule_value('weekly', 'name', btrim(schedules #>> '{daily,name}') is distinct from btrim(schedules #>> '{weekly,name}')
    or schedules #>> '{daily,name}' is null, 'The daily schedule is to have this name. Give it another one.');
  update backup.schedules as schedule set name = schedule.frequency || ' ' || gen_random_uuid()
  where schedules -> schedule.frequency ? 'name';

  for entry in select wanted.key as frequency, wanted.value as changes from jsonb_each(schedules) as wanted order by wanted.key loop
    perform backup.change_schedule(entry.frequency, entry.changes);
  end loop;
  return backup.schedules_json();
end;
$$;

comment on function backup.set_schedules(jsonb) is
  'Changes {daily?, weekly?}, each as backup.change_schedule() takes it, both or neither; answers as backup.get_schedules(). Raises BK403, BK420 '
  '{tables}, BK422 {argument}, BK461.';

create or replace function backup.set_schedule(
  frequency           text,
  is_enabled          boolean default null,
  time_of_day         text    default null,
  weekday             integer default null,
  time_zone           text    default null,
  tables              text[]  default null,
  keep                integer default null,
  override_validation boolean default null,
  override_reason     text    default null,
  name                text    default null
)
returns jsonb
language sql volatile
set search_path = ''
as $$
  select backup.schedule_json(backup.change_schedule(frequency, jsonb_strip_nulls(jsonb_build_object(
      'is_enabled', is_enabled, 'time', time_of_day, 'weekday', weekday, 'time_zone', time_zone, 'keep', keep,
      'override_validation', override_validation, 'override_reason', override_reason, 'name', name))
    || case when tables is null then '{}' when tables = '{}' then '{"tables": null}' else jsonb_build_object('tables', tables) end));
$$;

comment on function backup.set_schedule(text, boolean, text, integer, text, text[], integer, boolean, text, text) is
  'For an operator, by SQL: select backup.set_schedule(''daily'', is_enabled => true, time_of_day => ''03:30'', time_zone => ''Europe/Berlin''). '
  'What is left out stays as it is; tables => ''{}'' means all. Raises BK420 {tables}, BK422 {argument}.';


-- running them -----------------------------------------------------------------------------------------------------------------

create or replace function backup.run_schedule(due backup.schedules)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  made    public.backups;
  failure jsonb;
begin
  begin
    made := backup.create_backup(due.tables, due.name, due.override_validation, due.override_reason, due.frequency);
  exception when sqlstate 'BK409' then
    -- Somebody else was quicker: it stays due.
    return;
  when others then
    failure := jsonb_build_object('code', case sqlstate when 'BK420' then 'invalid_tables' else 'internal' end, 'message', sqlerrm);
  end;

  update backup.schedules as schedule
  set last_run_at = clock_timestamp(), last_backup_id = made.id, last_status = case when failure is null then 'queued' else 'failed' end,
      last_error = failure, next_run_at = backup.next_run(due, clock_timestamp())
  where schedule.frequency = due.frequency;

  if failure is not null then
    perform backup.audit('create', 'failed', due.frequency, failure);
    perform backup.notify('schedule_failed', 'error', format('The %s backup could not be started: %s', due.frequency, failure ->> 'message'),
      jsonb_build_object('frequency', due.frequency, 'code', failure -> 'code'));
  elsif due.next_run_at < clock_timestamp() - interval '15 minutes' then
    perform backup.notify('schedule_missed', 'warning',
      format('The %s backup was due at %s and is made only now.', due.frequency, backup.iso(due.next_run_at)),
      jsonb_build_object('frequency', due.frequency, 'due_at', backup.iso(due.next_run_at), 'backup_id', made.id));
  end if;
end;
$$;

comment on function backup.run_schedule(backup.schedules) is
  'Makes the backup of a schedule that is due, one however often it was missed, and works out when it is due again. Never raises for what the '
  'backup does not like.';

create or replace function backup.follow_clock()
returns void
language sql volatile
set search_path = ''
as $$
  -- Only what cannot be otherwise: it ran at a time that is still to come.
  update backup.schedules as schedule
  set next_run_at = backup.next_run(schedule, clock_timestamp())
  where schedule.is_enabled and schedule.last_run_at > clock_timestamp() + interval '1 hour'
    and schedule.next_run_at > backup.next_run(schedule, clock_timestamp());
$$;

comment on function backup.follow_clock() is 'After the server''s clock was put back: what was due by the wrong time is due by the right one.';

create or replace function backup.run_schedules()
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  due backup.schedules;
begin
  perform backup.follow_clock();
  for due in
    select schedule.* from backup.schedules as schedule
    where schedule.is_enabled and schedule.next_run_at <= clock_timestamp()
    order by schedule.frequency desc
    for no key update skip locked
  loop
    -- One at a time: it stays due, and is made when the one that runs has ended.
    exit when (backup.running_backup()).id is not null;
    perform backup.run_schedule(due);
  end loop;
end;
$$;

comment on function backup.run_schedules() is 'Makes the backups that are due; when both are, the weekly one first. The sweep calls it every minute.';
