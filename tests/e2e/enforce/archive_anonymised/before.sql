create table customers (id integer primary key, name text, email text, zip text, orders integer, last_order_on text, anonymised_on text);
insert into customers values
  (1, 'Active', 'active@example.org', '75001', 3, '2026-03-01', null),
  (2, 'In the archive', 'sentinel2@example.org', '69002', 5, '2022-03-01', null),
  (3, 'Ended in the archive', 'sentinel3@example.org', '31000', 7, '2021-03-01', null);
