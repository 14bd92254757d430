-- list_audit(): people and things by the names that people use.
begin;
\ir ../support.sql
select plan(12);

select testing.person('{admin}', 'Ada', 'Lovelace') as ada \gset
select testing.backup() as backup \gset
insert into backup.restores (backup_id, mode) values (:'backup', 'merge') returning restore_id as restore \gset
select testing.sign_in(:'ada'::uuid) \g /dev/null

create function testing.label(action text, target text, details jsonb default '{}')
returns text
language plpgsql
as $$
begin
  perform backup.audit(action, 'succeeded', target, details);
  return backup.list_audit(page_limit => 1) #>> '{entries,0,target_label}';
end;
$$;
select is(testing.label('create', :'backup'), 'alumni-backup.sql.gz', 'a backup by its file name');
select is(testing.label('restore', :'restore'), 'merge of alumni-backup.sql.gz', 'a restore by what it does and of which backup');
select is(testing.label('set_rule', 'profiles_email_format'), 'E-mail addresses are well formed', 'a rule by its title');
select is(testing.label('delete_rule', 'gone', '{"title": "It was so"}'), 'It was so', 'one that is gone by what it was called');
select is(testing.label('delete', gen_random_uuid()::text, '{"filename": "gone.sql.gz"}'), 'gone.sql.gz', 'so a backup');
select is(testing.label('delete', gen_random_uuid()::text), null, 'or by nothing');
select is(testing.label('schedule', 'daily'), null, 'what has a name of its own needs no other');
select is(testing.label('validate', null), null, 'nor what has no target');

select backup.list_audit(page_limit => 1) #> '{entries,0}' as entry \gset
select is(:'entry'::jsonb -> 'profiles', '{"first_name": "Ada", "last_name": "Lovelace"}', 'who did it, by name');
select is(:'entry'::jsonb ->> 'actor_name', :'ada' || '@alumni.test', 'besides what they were known by then');
select is(
  (select array_agg(key order by key) from jsonb_object_keys(:'entry'::jsonb) as key),
  '{action,actor_id,actor_kind,actor_name,client_ip,details,id,occurred_at,outcome,profiles,request_id,target,target_label,user_agent}', 'nothing else');
select testing.use_secret_key() \g /dev/null
select testing.label('create', :'backup') \g /dev/null
select is((backup.list_audit(page_limit => 1) #>> '{entries,0,actor_name}') || coalesce(backup.list_audit(page_limit => 1) #>> '{entries,0,profiles}', ''), 'tests', 'a secret key is nobody''s profile');

select * from finish();
rollback;
