-- Partners of three kinds, and a list that somebody bought; accounting documents over fiscal years; employees.
create table partners (
  id integer primary key,
  kind text not null,
  surname text,
  first_name text,
  position text,
  company text,
  email text,
  phone text,
  address text,
  orders_note text,
  last_contact_on text,
  relation_ended_on text,
  objected_on text
);
create table documents (
  number text primary key,
  partner_id integer not null references partners (id),
  billed_to text not null,
  amount_cents integer not null,
  iban text,
  issued_on text not null
);
create table employees (
  id integer primary key,
  surname text not null,
  first_name text not null,
  email text,
  position text,
  hired_on text not null,
  leaves_on text
);

create temp table numbers as
with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000) select i from n;
create temp table surnames as select column1 as name, row_number() over () - 1 as number from (values
  ('Berger'), ('Faure'), ('Lefèvre'), ('Noël'), ('Vidal'), ('Roche'), ('Garçon'), ('Morel'), ('Blanc'), ('Perret'), ('Giraud'));
create temp table first_names as select column1 as name, row_number() over () - 1 as number from (values
  ('Anaïs'), ('Bruno'), ('Chloé'), ('Denis'), ('Élise'), ('Farid'), ('Gaëlle'));

-- 1 to 300 customers, 301 to 420 suppliers, 421 to 480 subcontractors, 481 to 500 a list that no purpose covers.
insert into partners
select i, case when i <= 300 then 'customer' when i <= 420 then 'supplier' when i <= 480 then 'subcontractor' else 'list' end,
       surnames.name, first_names.name, case i % 3 when 0 then 'Purchasing' when 1 then 'Quality' else 'Sales' end, 'Company ' || (i % 190),
       'partner' || i || '@example.org', printf('+33 4 78 01 %02d %02d', i % 97, i % 89), (i % 40 + 1) || ' rue de la Chimie, 69130 Écully',
       iif(i % 5, 'Contract ' || i, null), date('2026-05-20', '-' || (i * 41 % 900) || ' days'),
       iif(i <= 480 and i % 11 = 4, date('2026-05-30', '-' || (i * 9) || ' days'), null), null
from numbers
join surnames on surnames.number = i % 11
join first_names on first_names.number = i % 7
where i <= 500;
update partners set last_contact_on = date(relation_ended_on, '-20 days') where relation_ended_on is not null;
-- Some customers haven't said anything for more than three years, though their contract goes on.
update partners set last_contact_on = date('2023-05-10', '-' || id || ' days') where kind = 'customer' and id % 25 = 1;
update partners set objected_on = date('2026-05-20', '-' || (id / 3) || ' days') where kind = 'customer' and id % 60 = 8;

-- Invoices and supplier bills of twelve years; fiscal years close in December, but one closed in June 2023.
insert into documents
select printf('D%d-%03d', year, i), 1 + (year * 17 + i * 7) % 470, 'Company ' || ((1 + (year * 17 + i * 7) % 470) % 190), 15000 + i * 731 % 200000,
       iif(i % 2, printf('FR76%023d', i * 7919), null),
       date(printf('%d-01-03', year), printf('+%d days', i * iif(year = 2026, 140, 355) / documents))
from (select column1 as year, column2 as documents from (values (2013, 6), (2014, 8), (2015, 10), (2016, 12), (2017, 12), (2018, 14), (2019, 14),
      (2020, 16), (2021, 18), (2022, 20), (2023, 40), (2024, 110), (2025, 400), (2026, 240)))
join numbers on i <= documents;
-- Those whose relation has ended were paid long ago.
update documents set partner_id = partner_id + 1 where partner_id in (select id from partners where relation_ended_on is not null);

insert into employees
select i, surnames.name, first_names.name, 'employee' || i || '@example.org', case i % 3 when 0 then 'Chemist' when 1 then 'Operator' else 'Buyer' end,
       date('2012-01-02', '+' || (i * 97) || ' days'), null
from numbers
join surnames on surnames.number = i % 11
join first_names on first_names.number = i % 7
where i <= 60;
-- One leaves in autumn; the others left, two of them more than five years ago.
update employees set leaves_on = '2026-09-30' where id = 7;
update employees set leaves_on = '2026-03-31' where id in (12, 25);
update employees set leaves_on = '2022-06-30' where id = 31;
update employees set leaves_on = '2021-04-30' where id in (3, 18);
