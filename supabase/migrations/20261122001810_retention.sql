-- Retention: which backups are kept, and why. Grandfather, father, son: the last few; one of each of the last days, weeks and months that have any;
-- then limits of age and size, which go first. What is removed is what no rule keeps.

create or replace function backup.retention_rules(changes jsonb default null)
returns jsonb
language sql stable
set search_path = ''
as $$
  select backup.setting('retention')
    || (select jsonb_object_agg('keep_' || schedule.frequency, schedule.keep) from backup.schedules as schedule)
    || coalesce(changes, '{}');
$$;

comment on function backup.retention_rules(jsonb) is
  'The rules that hold, with those that are given instead: {keep_last, keep_daily, keep_weekly, keep_monthly, max_age_days, max_total_bytes}. How '
  'many daily and weekly ones are kept stands with the schedules.';

create or replace function backup.assert_retention(rules jsonb)
returns void
language plpgsql immutable
set search_path = ''
as $$
declare
  refused text;
begin
  select rule.key into refused
  from jsonb_each_text(rules) as rule
  where not coalesce(case
      when rule.key in ('keep_last', 'keep_daily', 'keep_weekly') then rule.value ~ '^[1-9][0-9]{0,3}$'
      when rule.key = 'keep_monthly'    then rule.value ~ '^(0|[1-9][0-9]{0,3})$'
      when rule.key = 'max_age_days'    then rule.value is null or rule.value ~ '^[1-9][0-9]{0,5}$'
      when rule.key = 'max_total_bytes' then rule.value is null or rule.value ~ '^[1-9][0-9]{0,17}$'
    end, false)
  order by rule.key limit 1;

  if refused is not null then
    raise exception using
      errcode = 'BK422',
      message = format('%s is no such rule of retention, or cannot have this value.', refused),
      detail  = jsonb_build_object('argument', refused)::text,
      hint    = 'keep_last, keep_daily and keep_weekly are at least 1, keep_monthly may be 0; max_age_days and max_total_bytes are positive, or null for no limit.';
  end if;
end;
$$;

comment on function backup.assert_retention(jsonb) is 'Raises BK422 {argument} for a rule that there is not, or a value that it cannot have.';

create or replace function backup.retention_plan(rules jsonb default backup.retention_rules())
returns table (backup_id uuid, created_at timestamptz, reasons text[], removal text)
language sql stable
set search_path = ''
as $$
  with zone as (
    select schedule.time_zone as name from backup.schedules as schedule where schedule.frequency = 'daily'
  ),
  in_use as materialized (
    select unnest(array[target.backup_id, target.safety_backup_id]) as id from backup.restores as target
    where target.status in ('queued', 'staging', 'previewed', 'applying')
    union
    select job.backup_id from backup.jobs as job where job.status in ('queued', 'running')
  ),
  archived as (
    select source.id, source.kind, source.created_at, source.verified_at, source.requested_tables, source.is_pinned, source.file_size,
      date_trunc('day',   source.created_at at time zone zone.name) as day,
      date_trunc('week',  source.created_at at time zone zone.name) as week,
      date_trunc('month', source.created_at at time zone zone.name) as month,
      -- Good for all that is known. What was imported is so once it has been proved.
      coalesce(source.verification ->> 'status', '') <> 'failed' and (source.kind <> 'imported' or source.verified_at is not null) as is_good
    from public.backups as source cross join zone
    where source.status = 'completed' and source.manifest_sha256 is not null
  ),
  -- A backup of some tables says nothing about the others: each choice of tables has its own newest of the day.
  newest as (
    select good.id,
      row_number() over recent as place,
      row_number() over of_scope = 1
        and (good.requested_tables is null or not bool_or(good.requested_tables is null) over ()) as is_last_good,
      row_number() over of_day   = 1 as is_of_day,
      row_number() over of_week  = 1 as is_of_week,
      row_number() over of_month = 1 as is_of_month,
      dense_rank() over (order by good.day   desc) as day,
      dense_rank() over (order by good.week  desc) as week,
      dense_rank() over (order by good.month desc) as month
    from archived as good
    where good.is_good and good.kind <> 'safety'
    window recent   as (order by good.created_at desc, good.id),
           of_scope as (partition by good.requested_tables is null order by good.created_at desc, good.id),
           of_day   as (partition by good.requested_tables, good.day   order by good.created_at desc, good.id),
           of_week  as (partition by good.requested_tables, good.week  order by good.created_at desc, good.id),
           of_month as (partition by good.requested_tables, good.month order by good.created_at desc, good.id)
  ),
  proved as (
    select good.id from archived as good
    where good.is_good and good.verified_at is not null and good.requested_tables is null and good.kind <> 'safety'
    order by good.created_at desc limit 1
  ),
  judged as (
    select archived.*,
      array_remove(array[
        case when archived.is_pinned then 'pinned' end,
        case when archived.id in (select in_use.id from in_use) then 'in use' end,
        case when newest.is_last_good then 'last good backup' end,
        case when archived.id = (select proved.id from proved) then 'last proved backup' end,
        case when archived.kind = 'safety' and archived.created_at > now() - undo.period then 'undo period' end
      ], null) as shields,
      array_remove(array[
        case when newest.place <= (rules ->> 'keep_last')::integer                          then 'last'    end,
        case when newest.is_of_day   and newest.day   <= (rules ->> 'keep_daily')::integer   then 'daily'   end,
        case when newest.is_of_week  and newest.week  <= (rules ->> 'keep_weekly')::integer  then 'weekly'  end,
        case when newest.is_of_month and newest.month <= (rules ->> 'keep_monthly')::integer then 'monthly' end,
        -- Somebody wanted it; only age and size end it.
        case when archived.kind in ('manual', 'imported') then archived.kind end,
        -- Not thrown away unseen.
        case when not archived.is_good and archived.kind in ('daily', 'weekly') then 'failed its drill' end
      ], null) as tiers
    from archived
    left join newest on newest.id = archived.id
    cross join (select make_interval(days => (backup.setting('undo_days'))::integer) as period) as undo
  ),
  aged as (
    select judged.*, case
        when judged.shields <> '{}' then null
        when judged.created_at < now() - make_interval(days => (rules ->> 'max_age_days')::integer)
          then format('older than %s days', rules ->> 'max_age_days')
        when judged.tiers = '{}' then 'kept by no rule' end as removal
    from judged
  ),
  weighed as (
    -- What must stay is counted first, then the newest.
    select aged.*, sum(case when aged.removal is null then aged.file_size else 0 end) over (
        order by aged.shields = '{}', aged.created_at desc, aged.id) as total
    from aged
  )
  select weighed.id, weighed.created_at, weighed.shields || weighed.tiers,
    case when weighed.removal is null and weighed.shields = '{}' and weighed.total > (rules ->> 'max_total_bytes')::bigint
      then format('beyond %s bytes in all', rules ->> 'max_total_bytes') else weighed.removal end
  from weighed;
$$;

comment on function backup.retention_plan(jsonb) is
  'Every archive, why it is kept (reasons), and why it would be removed (removal; NULL when it stays). Never removed: pinned, in use, the last good '
  'backup of every table and the last proved one, and safety backups within the undo period. Backups by hand and imported ones end by age and size '
  'alone.';

create or replace function backup.apply_retention()
returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  over    record;
  target  public.backups;
  removed integer := 0;
begin
  for over in
    select planned.backup_id, planned.removal, planned.created_at from backup.retention_plan() as planned where planned.removal is not null
    union all
    select old.id, format('%s, and older than %s days', old.status, backup.setting('failed_days')), old.created_at
    from public.backups as old
    where old.status in ('failed', 'blocked') and not old.is_pinned
      and old.created_at < now() - make_interval(days => (backup.setting('failed_days'))::integer)
    order by 3
  loop
    -- Whoever begins to restore it at this moment holds it.
    select * into target from public.backups as candidate
    where candidate.id = over.backup_id and candidate.status <> 'deleting' and not candidate.is_pinned for update skip locked;
    continue when not found or backup.restore_that_uses(target) is not null;
    perform backup.begin_deletion(target, over.removal);
    removed := removed + 1;
  end loop;

  -- A removal that the storage refused for hours was given up: it is begun anew.
  perform backup.enqueue_job('purge', unfinished.id, '{"remove_row": true}', 50)
  from public.backups as unfinished
  where unfinished.status = 'deleting'
    and not exists (select from backup.jobs as job where job.backup_id = unfinished.id and job.kind = 'purge' and job.status in ('queued', 'running'));

  if removed > 0 then
    perform backup.wake_worker();
  end if;
  return removed;
end;
$$;

comment on function backup.apply_retention() is
  'Begins to delete what retention does not keep, and old entries of backups that never came off; answers with how many. Objects go before rows; '
  'see backup.begin_deletion().';

create or replace function backup.try_retention()
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.apply_retention();
exception when others then
  -- The backup that has just been completed stays so; the sweep will look again.
  raise warning 'Retention could not be applied: % (%)', sqlerrm, sqlstate;
end;
$$;

comment on function backup.try_retention() is 'backup.apply_retention() for a caller that must not fail with it.';


-- as the API asks for it -------------------------------------------------------------------------------------------------------

create or replace function backup.get_retention()
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  return backup.retention_rules();
end;
$$;

comment on function backup.get_retention() is 'The rules that hold; see backup.retention_rules(). Raises BK403.';

create or replace function backup.set_retention(rules jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform backup.assert_admin();
  perform backup.assert_project();
  perform backup.assert_retention(rules);

  update backup.schedules as schedule
  set keep = (rules ->> ('keep_' || schedule.frequency))::integer
  where rules ? ('keep_' || schedule.frequency);
  update backup.settings as setting
  set value = setting.value || (rules - array['keep_daily', 'keep_weekly'])
  where setting.key = 'retention';

  perform backup.audit('schedule', 'succeeded', 'retention', rules);
  return backup.retention_rules();
end;
$$;

comment on function backup.set_retention(jsonb) is
  'Changes the rules that are named and answers with all of them. They are applied after the next backup, or within the hour. Raises BK403, BK422 '
  '{argument}, BK461.';

create or replace function backup.preview_retention(rules jsonb default null)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  tried  constant jsonb := backup.retention_rules(rules);
  answer jsonb;
begin
  perform backup.assert_admin();
  perform backup.assert_retention(tried);

  with planned as (
    select plan.*, source.kind, source.file_size, plan.removal is null as is_kept,
      jsonb_build_object('id', source.id, 'created_at', backup.iso(source.created_at), 'kind', source.kind, 'file_size', source.file_size) as shown
    from backup.retention_plan(tried) as plan
    join public.backups as source on source.id = plan.backup_id
  )
  select jsonb_build_object(
    'rules',  tried,
    'keep', coalesce(jsonb_agg(planned.shown || jsonb_build_object('reasons', planned.reasons) order by planned.created_at desc)
      filter (where planned.is_kept), '[]'),
    'remove', coalesce(jsonb_agg(planned.shown || jsonb_build_object('reason', planned.removal) order by planned.created_at desc)
      filter (where not planned.is_kept), '[]'),
    'totals', jsonb_build_object(
      'kept',    count(*) filter (where planned.is_kept),     'kept_bytes',    coalesce(sum(planned.file_size) filter (where planned.is_kept), 0),
      'removed', count(*) filter (where not planned.is_kept), 'removed_bytes', coalesce(sum(planned.file_size) filter (where not planned.is_kept), 0)))
  into answer
  from planned;
  return answer;
end;
$$;

comment on function backup.preview_retention(jsonb) is
  'What would be kept, with reasons, and what removed now, under the rules that hold or those given instead: {rules, keep: [{id, created_at, kind, '
  'file_size, reasons}], remove: [{…, reason}], totals: {kept, kept_bytes, removed, removed_bytes}}. Changes nothing. Raises BK403, BK422 '
  '{argument}.';
