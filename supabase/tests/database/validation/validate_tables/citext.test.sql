-- citext, an extension's text that compares without case, wherever the extension lives.
begin;
\ir ../support.sql
select plan(6);

create extension if not exists citext with schema extensions;
create table public.members (id integer primary key, mail citext unique, nick citext);
create table public.letters (id integer primary key, mail citext constraint letters_mail_fkey references public.members (mail), also citext);
insert into public.members values (1, 'A@b.co', 'Ann'), (2, 'broken', 'ANN'), (3, 'c@d.co', ' ');
insert into public.letters values (1, 'a@B.CO', 'BROKEN'), (2, null, null);
set local session_replication_role = replica;
insert into public.letters values (3, 'gone@b.co', 'gone');
set local session_replication_role = origin;
select testing.add_rule('members_mail', 'public.members', '{mail}', 'email');
select testing.add_rule('members_nick', 'public.members', '{nick}', 'required');
select testing.add_rule('members_unique', 'public.members', '{nick}', 'unique');
select testing.add_rule('members_folded', 'public.members', '{nick}', 'unique', '{"ignore_case": true}');
select testing.add_rule('letters_also', 'public.letters', '{also}', 'references', '{"table": "members", "columns": ["mail"]}');
create table testing.report as select backup.validate_tables('{members,letters}') as content;

select is(testing.outcome(content, 'members_mail'), 'failed 1: 2', 'email') from testing.report;
select is(testing.outcome(content, 'members_nick'), 'failed 1: 3', 'required') from testing.report;
select is(testing.outcome(content, 'members_unique'), 'failed 2: 1, 2', 'unique') from testing.report;
select is(testing.outcome(content, 'members_folded'), 'failed 2: 1, 2', 'unique, ignoring case') from testing.report;
select is(testing.outcome(content, 'letters_also'), 'failed 1: 3', 'references') from testing.report;
select is(testing.outcome(content, 'foreign_key:letters_mail_fkey'), 'failed 1: 3', 'a foreign key') from testing.report;

select * from finish();
rollback;
