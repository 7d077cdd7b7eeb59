-- The agency's CRM: prospects and customers, what was said to and by them, contracts, invoices, requests.
create table contacts (
  id integer primary key,
  status text not null check (status in ('prospect', 'customer')),
  surname text not null,
  first_name text,
  position text,
  company text,
  email text,
  phone text,
  project text,
  services text,
  objected_on text
);
create table exchanges (
  id integer primary key,
  contact_id integer not null references contacts (id) on delete cascade,
  at text not null,
  direction text not null check (direction in ('in', 'out')),
  channel text not null,
  body text
);
create table contracts (
  id integer primary key,
  contact_id integer not null references contacts (id),
  service text,
  signed_on text not null,
  ends_on text not null
);
create table invoices (
  number text primary key,
  contact_id integer references contacts (id),
  billed_to text not null,
  issued_on text not null,
  amount_cents integer check (amount_cents > 0),
  collection_notes text,
  card_number text,
  card_debited_on text
);
create table rights_requests (
  id integer primary key,
  person text not null,
  wanted text not null,
  asked_on text not null,
  answered_on text
);

create temp table numbers as
with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000) select i from n;
create temp table surnames as select column1 as name, row_number() over () - 1 as number from (values
  ('Richardson'), ('Fleming'), ('Gumbs'), ('Hodge'), ('Laurent'), ('Lake'), ('Brooks'), ('Illidge'), ('Carty'), ('Arnell'),
  ('Wathey'));
create temp table first_names as select column1 as name, row_number() over () - 1 as number from (values
  ('Anaïs'), ('Bruno'), ('Chloé'), ('Denis'), ('Élise'), ('Farid'), ('Gaëlle'));

-- 1 to 400 are prospects, 401 to 600 customers who were prospects once.
insert into contacts
select i, iif(i <= 400, 'prospect', 'customer'), surnames.name, first_names.name,
       case i % 3 when 0 then 'Manager' when 1 then 'Owner' else 'Assistant' end, 'Company ' || (i % 170), 'contact' || i || '@example.org',
       printf('+1 721 55 %04d', i * 7 % 10000), iif(i % 4, 'Project ' || i, null), iif(i > 400, 'hosting', null), null
from numbers
join surnames on surnames.number = i % 11
join first_names on first_names.number = i % 7
where i <= 600;
update contacts set objected_on = date('2026-05-25', '-' || (id / 4) || ' days') where id % 50 = 13;
update contacts set objected_on = '2023-04-30' where id in (63, 113);

-- What contacts said, and newer letters by staff that don't count.
insert into exchanges
select i, 1 + (i * 7) % 600, strftime('%Y-%m-%dT%H:%M:%S+02:00', '2026-05-28 15:20:00', '-' || (((1 + (i * 7) % 600) * 53) % 1190 + i % 37) || ' days'),
       'in', case i % 3 when 0 then 'form' when 1 then 'telephone' else 'e-mail' end, 'Message ' || i
from numbers where i <= 1400;
insert into exchanges
select 1400 + i, i, strftime('%Y-%m-%dT09:00:00+02:00', '2026-05-20', '-' || (i % 90) || ' days'), 'out', 'campaign', 'Newsletter ' || i % 12
from numbers where i <= 600;

-- Two thirds of the customers have a contract that runs on; others ended, some of them more than five years ago.
insert into contracts
select i, 400 + i, 'hosting', date('2016-01-10', '+' || (i * 11) || ' days'),
       case when i % 3 then date('2026-09-01', '+' || (i * 3) || ' days') when i % 2 then date('2024-01-01', '+' || (i * 4) || ' days')
            else date('2019-06-01', '+' || (i * 5) || ' days') end
from numbers where i <= 200;

-- Invoices of eleven fiscal years, more and more; a fifth of the recent ones was paid by card.
insert into invoices
select printf('F%d-%04d', year, i), iif(year < 2021 and i % 2, null, 401 + (year * 17 + i * 7) % 200), 'Company ' || ((year * 17 + i * 7) % 170),
       issued_on, 4900 + (i * 731) % 90000, iif(i % 9 = 0, 'Reminder sent', null),
       iif(year >= 2024 and i % 5 = 0, printf('4970 0000 0000 %04d', i * 37 % 10000), null),
       iif(year >= 2024 and i % 5 = 0, date(issued_on, '+12 days'), null)
from (select year, i, date(printf('%d-01-04', year), printf('+%d days', i * iif(year = 2026, 140, 355) / invoices)) as issued_on
      from (select column1 as year, column2 as invoices from (values (2014, 6), (2015, 8), (2016, 9), (2017, 10), (2018, 12),
            (2019, 14), (2020, 16), (2021, 20), (2022, 26), (2023, 30), (2024, 300), (2025, 420), (2026, 180)))
      join numbers on i <= invoices);

-- Who has had no contract for years hasn't written for years either. Three in four of them paid everything long ago.
update exchanges set at = strftime('%Y-%m-%dT%H:%M:%S+02:00', substr(at, 1, 19), '-1100 days')
where direction = 'in' and contact_id in (select contact_id from contracts where ends_on < '2023-01-01');
update invoices set contact_id = contact_id + 1
where contact_id % 4 <> 0 and contact_id in (select contact_id from contracts where ends_on < '2023-01-01');

-- Half of the requests are open, the others were answered in the last weeks.
insert into rights_requests
select i, 'contact' || (i * 9) || '@example.org', case i % 4 when 0 then 'access' when 1 then 'erasure' when 2 then 'objection' else 'portability' end,
       date('2026-05-30', '-' || (i * 3) || ' days'), iif(i <= 8, null, date('2026-05-30', '-' || (i * 3 - 20) || ' days'))
from numbers where i <= 16;
