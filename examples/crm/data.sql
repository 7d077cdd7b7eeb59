-- Dates are spread by fixed steps, so that every phase and every oddity of the policy occurs.
create table contacts (
  id integer primary key,
  surname text not null,
  first_name text not null,
  email text not null,
  phone text,
  status text,
  last_contact_on text,
  last_order_on text,
  unsubscribed_on text
);
create table orders (
  id integer primary key,
  contact_id integer not null references contacts (id),
  ordered_on text not null,
  delivered_on text,
  delivery_address text
);
create table order_lines (
  order_id integer not null references orders (id),
  line integer not null,
  product text not null,
  gift_message text,
  primary key (order_id, line)
);
create table invoices (
  number text primary key,
  contact_id integer not null references contacts (id),
  billed_to text not null,
  amount_cents integer not null,
  invoiced_on text not null
);
create table products (name text primary key, price_cents integer not null);

create temp table surnames as select column1 as name, row_number() over () - 1 as number from (values
  ('Martin'), ('Bernard'), ('Petit'), ('Durand'), ('Leroy'), ('Moreau'), ('Lefèvre'), ('Fournier'), ('Girard'),
  ('Mercier'), ('Dupont'), ('Lambert'), ('Bonnet'), ('François'), ('Garnier'), ('Faure'), ('Rousseau'));
create temp table first_names as select column1 as name, row_number() over () - 1 as number from (values
  ('Anaïs'), ('Bruno'), ('Chloé'), ('Denis'), ('Élise'), ('Farid'), ('Gaëlle'), ('Hugo'), ('Inès'), ('Jules'),
  ('Karim'), ('Léa'), ('Malik'));

-- 1 to 150 are prospects, 151 to 240 customers.
insert into contacts
with recursive n (i) as (select 1 union all select i + 1 from n where i < 240)
select i, surnames.name, first_names.name, 'contact' || i || '@example.org', printf('+33 6 39 98 %02d %02d', i % 97, i % 89),
       iif(i <= 150, 'prospect', 'customer'),
       date('2026-05-20', printf('-%d days', (i * 41) % 1300)), null, null
from n
join surnames on surnames.number = i % 17
join first_names on first_names.number = i % 13;

-- What real tables hold: no date, a day that doesn't exist, a year mistyped, no status, a status nobody planned for, opt-outs.
update contacts set last_contact_on = null where id in (12, 57, 101);
update contacts set last_contact_on = '2022-02-31' where id = 33;
update contacts set last_contact_on = '2052-03-14' where id = 64;
update contacts set status = null where id = 88;
update contacts set status = 'partner' where id = 89;
update contacts set unsubscribed_on = date('2026-05-01', printf('-%d days', id * 11)) where id <= 150 and id % 10 = 5;

insert into products values ('Teapot', 3900), ('Cup', 900), ('Green tea, 100 g', 1250), ('Filter', 450);

-- 250 orders of customers; the last ones are still on their way.
insert into orders
with recursive n (i) as (select 1 union all select i + 1 from n where i < 250)
select i, 151 + (i * 7) % 34, date('2020-06-02', printf('+%d days', i * 87 / 10)),
       iif(i > 246, null, date('2020-06-02', printf('+%d days', i * 87 / 10 + 3 + i % 5))),
       (i % 40 + 1) || ' rue des Lilas, ' || printf('%05d', 1000 * (i % 95 + 1)) || ' Ville'
from n;
insert into order_lines
select orders.id, line, case (orders.id + line) % 4 when 0 then 'Teapot' when 1 then 'Cup' when 2 then 'Green tea, 100 g'
       else 'Filter' end, iif(line = 2 and orders.id % 9 = 0, 'Joyeux anniversaire !', null)
from orders join (select 1 as line union all select 2 union all select 3) on line <= 1 + orders.id % 3;
update contacts set last_order_on = (select max(ordered_on) from orders where contact_id = contacts.id);

-- So many invoices a year: a shop that grew.
insert into invoices
with recursive years (year, invoices) as (values (2014, 3), (2015, 4), (2016, 4), (2017, 4), (2018, 5), (2019, 6),
  (2020, 6), (2021, 8), (2022, 10), (2023, 50), (2024, 66), (2025, 90), (2026, 44)),
n (year, i, invoices) as (select year, 1, invoices from years union all select year, i + 1, invoices from n
  where i < invoices)
select printf('F%d-%03d', year, i), 151 + (year * 11 + i * 7) % 65, 'Client ' || (151 + (year * 11 + i * 7) % 65),
       1500 + (i * 731) % 20000, date(printf('%d-01-03', year), printf('+%d days', i * iif(year = 2026, 140, 355) / invoices))
from n;
