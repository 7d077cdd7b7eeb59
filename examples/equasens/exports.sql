-- What other tools export.
create table numbers as with recursive n (i) as (select 1 union all select i + 1 from n where i < 800) select i from n;

-- Subscribers who are no customers: consent given, withdrawn, and sometimes given again.
create table newsletter as
select i as number, 'reader' || i || '@example.org' as email, 'Reader ' || i as name, date('2023-02-01', '+' || (i * 2) || ' days') as given_on,
       iif(i % 15 = 4, date('2026-05-30', '-' || (i % 40) || ' days'), '') as withdrawn_on,
       date('2023-05-05', '+' || (i * 2 + i % 90) || ' days') as last_click_or_answer_on
from numbers where i <= 500;
update newsletter set given_on = '2026-05-31' where number in (19, 34);

-- Questions, requests for a brief or a training.
create table enquiries as
select i as number, 'Asker ' || i as name, 'asker' || i || '@example.org' as email,
       case i % 3 when 0 then 'brief' when 1 then 'contact' else 'training' end as kind, 'Question ' || i as question,
       strftime('%d/%m/%Y', '2026-05-28', '-' || (i * 38 / 10) || ' days') as asked_on, iif(i % 70 = 9, '11/05/2026', '') as withdrawn_on
from numbers where i <= 320;

-- Candidates, with notes over several lines.
create table applications as
select i as number, 'Candidate ' || i as name, 'candidate' || i || '@example.org' as email, 'cv-' || i || '.pdf' as cv,
       'Interview ' || i || char(10) || 'said "later", asks for ' || (30 + i % 20) || ' k' as notes,
       date('2026-05-28', '-' || (i * 4 + 30) || ' days') as applied_on, date('2026-05-28', '-' || (i * 4) || ' days') as last_contact_on,
       iif(i = 60, '2026-05-29', '') as withdrawn_on
from numbers where i <= 210;

-- Requests to exercise a right: half of them are open, the others were answered in the last weeks.
create table rights as
select i as number, 'customer' || (i * 11) || '@example.org' as person,
       case i % 4 when 0 then 'access' when 1 then 'erasure' when 2 then 'rectification' else 'portability' end as wanted,
       date('2026-05-30', '-' || (i * 3) || ' days') as asked_on, iif(i <= 8, '', date('2026-05-30', '-' || (i * 3 - 25) || ' days')) as settled_on
from numbers where i <= 16;

create table tracers as
select i as number, case i % 4 when 0 then 'session' when 1 then '_pk_id' when 2 then '_fbp' else 'language' end as name,
       case i % 4 when 1 then 'analytical' when 2 then 'advertising' else 'functional' end as kind, printf('198.51.100.%d', i % 250) as ip,
       printf('%016x', i * 40503) as identifier, strftime('%s', '2026-05-31 12:00:00') - i * 46000 as set_at,
       strftime('%s', '2026-05-31 12:00:00') - i * 3600 as last_seen, iif(i in (41, 42, 45), '2026-05-25', '') as withdrawn_on, '' as given_on
from numbers where i <= 800;
update tracers set given_on = '2026-05-27' where number = 45;
