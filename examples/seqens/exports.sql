-- What the site and other tools export.
create table numbers as with recursive n (i) as (select 1 union all select i + 1 from n where i < 600) select i from n;

-- Questions from the form; who filled in the questionnaire is called by a sales representative.
create table enquiries as
select i as number, 'Asker ' || i as name, 'asker' || i || '@example.org' as email, '+33 6 39 98 ' || printf('%02d %02d', i % 97, i % 89) as phone,
       'Question ' || i as question, iif(i % 3 = 0, 'yes', 'no') as questionnaire, date('2026-05-29', '-' || (i * 12 / 10) || ' days') as asked_on,
       date('2026-05-29', '-' || i || ' days') as last_contact_on, '' as objected_on
from numbers where i <= 330;
update enquiries set asked_on = date(asked_on, '-900 days'), last_contact_on = date(last_contact_on, '-880 days')
where questionnaire = 'yes' and number > 200 and number <> 303;
update enquiries set objected_on = '2026-05-18', asked_on = date(asked_on, '-400 days') where number in (30, 60, 303);

-- Answers given for studies: two are closed, one goes on; consent withdrawn, and given again.
create table study as
select i as number, case when i <= 60 then 'solvents-2023' when i <= 130 then 'solvents-2025' else 'peptides-2026' end as study,
       'partner' || (1 + i * 3 % 300) || '@example.org' as email, 'Respondent ' || i as name, date('1955-06-01', '+' || (i * 131 % 16000) || ' days') as born_on,
       printf('%05d', 69000 + i * 7 % 999) as postcode, 1 + i % 10 as grade, 'Remark ' || i as remark,
       case when i <= 60 then '2023-12-15' when i <= 130 then '2025-12-20' else '' end as closed_on, date('2023-09-01', '+' || (i * 2) || ' days') as given_on,
       '' as withdrawn_on, '' as anonymised_on
from numbers where i <= 420;
-- The first study was anonymised in its time but for five answers.
update study set email = '', name = '', remark = '', born_on = substr(born_on, 1, 4), postcode = substr(postcode, 1, 2), anonymised_on = '2024-06-17'
where number <= 55;
update study set withdrawn_on = '2026-05-22' where number in (200, 201, 202);
update study set given_on = '2026-05-28' where number = 202;

-- Requests to exercise a right: half of them are open, the others were answered in the last weeks.
create table rights as
select i as number, 'partner' || (i * 9) || '@example.org' as person,
       case i % 4 when 0 then 'access' when 1 then 'erasure' when 2 then 'objection' else 'portability' end as wanted,
       date('2026-05-30', '-' || (i * 3) || ' days') as asked_on, iif(i <= 8, '', date('2026-05-30', '-' || (i * 3 - 22) || ' days')) as settled_on
from numbers where i <= 16;

create table tracers as
select i as number, iif(i % 2, 'visitor', 'language') as name, printf('%016x', i * 40503) as value,
       strftime('%Y-%m-%dT%H:%M:%SZ', '2026-05-31 12:00:00', '-' || (i * 19) || ' hours') as set_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', '2026-05-31 12:00:00', '-' || i || ' hours') as last_seen, iif(i in (70, 71), '2026-05-19', '') as withdrawn_on,
       iif(i = 71, '2026-05-20', '') as given_on
from numbers where i <= 560;
