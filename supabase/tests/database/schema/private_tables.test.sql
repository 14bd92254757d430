-- Each of the private tables and functions of schedules, drills, rescans and notifications, tried by those who may not.
begin;
\ir ../support.sql
select plan(78);

select testing.sign_in_as('super_admin');
create function testing.tried(role_name text, statement text)
returns text
language plpgsql
as $$
begin
  execute format('set local role %I', role_name);
  execute statement;
  reset role;
  return 'allowed';
exception when others then
  reset role;
  return sqlstate;
end;
$$;
select is(testing.tried(role_name, format('table backup.%I', table_name)), '42501', format('%s reads no %s', role_name, table_name))
from unnest('{installation,schedules,chores,jobs,job_attempts,notifications,notification_reads,deliveries,drilled_parts,found_objects,audit_log,settings}'::text[]) as table_name, unnest('{anon,authenticated,service_role}'::text[]) as role_name;
select is(testing.tried(role_name, statement), '42501', role_name || ': ' || statement)
from unnest('{select backup.confirm_project(),"select backup.set_schedules(''{}'')","select backup.set_schedule(''daily'')","select backup.set_retention(''{}'')",select backup.apply_retention(),select backup.sweep(),
  select backup.request_rescan(),select backup.request_drill(null),select backup.request_cancel(null),select backup.update_backup(null),select backup.metrics(),select backup.list_audit(),select backup.claim_job(''w''),
  select backup.list_notifications()}'::text[]) as statement, unnest('{anon,authenticated,service_role}'::text[]) as role_name;

select * from finish();
rollback;
