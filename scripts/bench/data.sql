-- Data to measure with: ROWS profiles with their roles, events and jobs, in place of what the alumni tables hold.
--
-- The same on every machine and on every day: choices are bits of a hash of the row's number, ids are md5 of it, and there is
-- neither random() nor now(). Without a single finding, warnings included, so that no run is blocked and none has more to report
-- than another. The people who can sign in stay, and count among the profiles.
\getenv rows ROWS
set local statement_timeout = 0;
set local client_min_messages = warning;
-- Correct by construction; the rows are to be there quickly. VACUUM ANALYZE follows, which no transaction can hold.
set local session_replication_role = replica;

create temporary table kept_profiles on commit drop as
select profiles.* from public.profiles where profiles.id in (select users.id from auth.users);

create temporary table kept_user_roles on commit drop as
select user_roles.* from public.user_roles join kept_profiles on kept_profiles.id = user_roles.profile_id;

truncate public.profiles, public.user_roles, public.events, public.jobs;

insert into public.profiles select * from kept_profiles;
insert into public.user_roles select * from kept_user_roles;

-- profiles ---------------------------------------------------------------------------------------------------------------------

-- As wide as those of real people: about 290 bytes of COPY text, most of the optional fields left empty.
insert into public.profiles (
    id, first_name, last_name, email, phone, graduation_year, degree, major, company, job_title,
    bio, location, linkedin_url, skills, preferences, is_verified, created_at, updated_at
)
with words as (
    select
        '{Ada,Ben,Chiara,Daniel,Elif,Felix,Grace,Hamid,Ines,Jonas,Katarzyna,Luca,María,Noah,Olga,Pierre,Quỳnh,Rosa,Søren,Tamar,Uwe,
          Violeta,Wei,Ximena,Yasmin,Zoë,Amara,Bruno,Camille,Dmitri,Esther,Farid}'::text[] as first_names,
        '{Abel,Bakker,Çelik,Dubois,Eriksen,Ferrari,García,Hoffmann,Ivanova,Jansen,Kowalski,Lindqvist,Müller,Nakamura,O''Brien,Petrov,
          Quispe,Rossi,Schmidt,Tanaka,Ueda,Vogel,Weber,Xu,Yılmaz,Zimmermann,Almeida,Bergström,Costa,Dąbrowski,Eberhart,Fontaine}'::text[] as last_names,
        '{example.org,alumni.example,mail.example.com,post.example.net}'::text[] as hosts,
        '{BSc,MSc,BA,MA,PhD,MBA,LLM,MD}'::text[] as degrees,
        '{"Computer Science","Mechanical Engineering",Medicine,Law,"Business Administration",Physics,History,Architecture}'::text[] as majors,
        '{"Northwind Ltd","Contoso AG","Fabrikam GmbH","Globex, Inc.",Initech,"Umbrella & Sons","Hooli Research","Stark Industries",
          "Wayne Foundation","Acme Corp.","Soylent SA","Tyrell Labs","Cyberdyne","City Hospital","Ministry of Education",self-employed}'::text[] as companies,
        '{Engineer,"Senior Engineer","Product Manager",Physician,Attorney,Teacher,"Research Associate",Consultant,"Data Analyst",
          Architect,"Head of Sales",Editor,Founder,"Team Lead",Accountant,Nurse}'::text[] as job_titles,
        '{Berlin,Paris,Istanbul,"São Paulo",Tokyo,Nairobi,"New York",Kraków}'::text[] as places,
        '{mentoring,interviews,"career advice",lectures,internships,relocation,fundraising,proofreading}'::text[] as skills,
        '{"Left home at eighteen and never quite went back.","Likes long walks, short meetings and strong coffee.",
          "Happy to answer questions about the first years at work.","Moved from research into industry, then into teaching.",
          "Sings in a choir on Thursdays.","Writes about cities and how they change.","Looking for people who want to start something new.",
          "Father of two, runner, reader of old novels."}'::text[] as sentences
)
select
    md5('profile ' || person.number)::uuid,
    person.first_name,
    person.last_name,
    lower(translate(person.first_name || '.' || person.last_name, 'ÇçąêéëíıöøüỳűúńłñřșşśżžźÉ ''', 'ccaeeeiioouyuunlnrsssszzze'))
        || '.' || person.number || '@' || words.hosts[1 + (hash & 3)],
    case when hash >> 2 & 1 = 0 then '+49 30 ' || 1000000 + (hash >> 3 & 8388607) end,
    1960 + (hash >> 26 & 63),
    words.degrees[1 + (hash >> 32 & 7)],
    words.majors[1 + (hash >> 35 & 7)],
    words.companies[1 + (hash >> 38 & 15)],
    words.job_titles[1 + (hash >> 42 & 15)],
    case when hash >> 46 & 1 = 0 then words.sentences[1 + (hash >> 47 & 7)] || ' ' || words.sentences[1 + (hash >> 50 & 7)] end,
    words.places[1 + (hash >> 53 & 7)],
    case when hash >> 56 & 3 = 0 then 'https://www.linkedin.com/in/' || lower(person.last_name) || '-' || left(md5(person.number::text), 9) end,
    case when hash >> 58 & 1 = 0 then array[words.skills[1 + (hash >> 59 & 7)]] else '{}' end,
    case when hash >> 62 & 1 = 0 then '{"newsletter": true}'::jsonb else '{}' end,
    hash & 7 > 0,
    person.created_at,
    person.created_at + interval '12 days' * (hash & 1)
from words
cross join (
    select
        number,
        hash,
        words.first_names[1 + (other & 31)] as first_name,
        words.last_names[1 + (other >> 5 & 31)] as last_name,
        timestamptz '2019-01-01 00:00:00+00' + interval '1 microsecond' * (other >> 10 & 140737488355327) as created_at
    from words
    cross join generate_series(1, :rows - (select count(*) from kept_profiles)) as series (number)
    cross join lateral (values (hashint8extended(number, 1), hashint8extended(number, 2))) as hashes (hash, other)
) as person;

insert into public.user_roles (profile_id, role_id, assigned_at)
select profiles.id, roles.id, profiles.created_at
from public.profiles
join public.roles on roles.name = 'alumni'
where profiles.id not in (select kept_profiles.id from kept_profiles);

-- events and jobs --------------------------------------------------------------------------------------------------------------

insert into public.events (
    id, title, description, start_date, end_date, location, capacity, is_virtual, virtual_url, created_by, created_at, updated_at
)
select
    md5('event ' || number)::uuid,
    'Meeting no. ' || number,
    'An evening for everybody who studied here, with a short talk at the beginning and much time to meet afterwards. '
        || 'Guests are welcome; please say how many of you will come, and tell us what you would like to talk about. No. ' || number,
    event.created_at + interval '30 days',
    event.created_at + interval '30 days 3 hours',
    'Hall ' || hash % 40,
    case when hash & 3 > 0 then 20 + hash % 300 end,
    hash & 3 = 0,
    case when hash & 3 = 0 then 'https://meet.example.org/' || left(md5(number::text), 12) end,
    md5('profile ' || number)::uuid,
    event.created_at,
    event.created_at
from generate_series(1, :rows / 50) as series (number)
cross join lateral (select abs(hashint8extended(number, 3) >> 2) as hash) as hashed
cross join lateral (select timestamptz '2019-01-01 00:00:00+00' + interval '1 second' * (hash % 200000000) as created_at) as event;

insert into public.jobs (
    id, title, company_name, description, location, job_type, salary_range, application_url, contact_email,
    posted_by, expires_at, is_active, created_at, updated_at
)
select
    md5('job ' || number)::uuid,
    (array['Engineer', 'Analyst', 'Teacher', 'Editor'])[1 + (hash & 3)] || ' (no. ' || number || ')',
    (array['Northwind Ltd', 'Contoso AG', 'Fabrikam GmbH', 'Globex, Inc.'])[1 + (hash >> 2 & 3)],
    E'We are a small team with large plans.\nYou bring curiosity, patience and some years of practice; we bring work that matters, '
        || E'hours that fit a life, and colleagues who listen.\nWrite to us in a few lines what you would like to do here. No. ' || number,
    (array['Berlin', 'Paris', 'Istanbul', 'remote'])[1 + (hash >> 4 & 3)],
    (array['full_time', 'part_time', 'contract', 'internship'])[1 + (hash >> 6 & 3)],
    case when hash >> 8 & 1 = 0 then 40 + hash % 20 || ',000–' || 70 + hash % 20 || ',000 EUR' end,
    'https://jobs.example.org/' || number,
    'jobs.' || number || '@example.org',
    md5('profile ' || number)::uuid,
    case when hash >> 9 & 1 = 0 then timestamptz '2045-01-01 00:00:00+00' + interval '1 day' * (hash % 1000) end,
    true,
    job.created_at,
    job.created_at
from generate_series(1, :rows / 25) as series (number)
cross join lateral (select abs(hashint8extended(number, 4) >> 2) as hash) as hashed
cross join lateral (select timestamptz '2019-01-01 00:00:00+00' + interval '1 second' * (hash % 200000000) as created_at) as job;
