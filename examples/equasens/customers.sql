-- Customers with their accounts, what they bought, what they answered to surveys, and their invoices.
create table customers (
  id integer primary key,
  surname text,
  first_name text,
  email text unique,
  phone text,
  billing_address text,
  account_closed_on text,
  last_order_on text,
  last_contact_on text,
  newsletter_given_on text,
  newsletter_withdrawn_on text,
  objected_on text
);
create table purchases (
  id integer primary key,
  customer_name text,
  email text,
  born_on text check (born_on is null or length(born_on) in (4, 10)),
  postcode text,
  remarks text,
  product text not null,
  amount_cents integer not null,
  bought_on text not null,
  objected_on text,
  anonymised_on text
);
create table survey_answers (
  id integer primary key,
  customer_name text,
  email text,
  comment text,
  score integer not null check (score between 1 and 5),
  answered_on text not null,
  objected_on text,
  anonymised_on text
);
create table invoices (
  number text primary key,
  billed_to text not null,
  billing_address text not null,
  amount_cents integer not null,
  issued_on text not null
);

create temp table numbers as
with recursive n (i) as (select 1 union all select i + 1 from n where i < 1500) select i from n;
create temp table surnames as select column1 as name, row_number() over () - 1 as number from (values
  ('Lambert'), ('Noël'), ('Garnier'), ('Lefèvre'), ('Perrin'), ('Müller'), ('Aubry'), ('Marchal'), ('Claudel'), ('Thouvenin'),
  ('Collin'));
create temp table first_names as select column1 as name, row_number() over () - 1 as number from (values
  ('Anaïs'), ('Bruno'), ('Chloé'), ('Denis'), ('Élise'), ('Farid'), ('Gaëlle'));

-- 500 customers; some accounts are closed, and some of those persons still want the newsletter.
insert into customers
select i, surnames.name, first_names.name, 'customer' || i || '@example.org', printf('+33 3 83 01 %02d %02d', i % 97, i % 89),
       (i % 40 + 1) || ' rue des Vosges, ' || printf('%05d', 54000 + i % 999), iif(i % 12 = 5, date('2026-05-30', '-' || (i * 4) || ' days'), null),
       iif(i % 9, date('2026-05-25', '-' || (i * 31 % 310) || ' days'), null), date('2026-05-25', '-' || (i * 17 % 700) || ' days'),
       iif(i % 5 = 0, date('2024-01-10', '+' || i || ' days'), null), null, null
from numbers
join surnames on surnames.number = i % 11
join first_names on first_names.number = i % 7
where i <= 500;
-- A closed account took no order since; those from 400 on were closed more than five years ago.
update customers set last_order_on = date(account_closed_on, '-40 days'), last_contact_on = date(account_closed_on, '-35 days')
where account_closed_on is not null;
update customers set account_closed_on = '2021-02-15', last_order_on = '2020-11-20', last_contact_on = '2021-02-15', newsletter_given_on = null
where id > 400 and account_closed_on is not null;
-- Withdrawn; withdrawn and given again later; an objection to studies of the customers touches neither.
update customers set newsletter_withdrawn_on = '2026-04-18' where id in (30, 35, 40);
update customers set newsletter_withdrawn_on = '2026-03-02', newsletter_given_on = '2026-05-06' where id = 45;
update customers set objected_on = date('2026-05-20', '-' || id || ' days') where id % 60 = 7;

-- 1 500 purchases of three years and a half; the oldest 100 were anonymised before.
insert into purchases
select i, surnames.name, 'customer' || (1 + i % 500) || '@example.org', date('1950-03-04', '+' || (i * 173 % 19000) || ' days'),
       printf('%05d', 54000 + i % 999), iif(i % 6 = 0, 'Called about order ' || i, null),
       case i % 3 when 0 then 'Licence' when 1 then 'Terminal' else 'Training' end, 4900 + i * 37 % 70000,
       date('2022-12-05', '+' || (i * 85 / 100) || ' days'), iif(i % 200 = 150, '2026-05-08', null), null
from numbers join surnames on surnames.number = i % 11;
update purchases set customer_name = null, email = null, born_on = substr(born_on, 1, 4), postcode = substr(postcode, 1, 2), remarks = null,
  anonymised_on = '2026-01-15' where id <= 100;
-- Somebody filled in an anonymised record again.
update purchases set email = 'customer78@example.org' where id = 77;

insert into survey_answers
select i, surnames.name, 'customer' || (i * 7 % 500) || '@example.org', iif(i % 4 = 0, 'Remark ' || i, null), 1 + i % 5,
       date('2026-05-20', '-' || (400 - i) || ' days'), iif(i in (300, 301), '2026-05-12', null), null
from numbers join surnames on surnames.number = i % 11
where i <= 400;

insert into invoices
select printf('F%d-%03d', year, i), 'Customer ' || (1 + (year * 17 + i * 7) % 500), i || ' rue des Vosges', 1500 + i * 731 % 20000,
       date(printf('%d-01-03', year), printf('+%d days', i * iif(year = 2026, 140, 355) / invoices))
from (select column1 as year, column2 as invoices from (values (2014, 4), (2015, 5), (2016, 5), (2017, 5), (2018, 6), (2019, 8), (2020, 9),
      (2021, 12), (2022, 14), (2023, 16), (2024, 20), (2025, 300), (2026, 240)))
join numbers on i <= invoices;
