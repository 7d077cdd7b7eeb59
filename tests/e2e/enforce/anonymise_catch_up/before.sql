create table customers (id integer primary key, name text not null, email text not null unique, zip text,
                        born_on date, orders integer, last_order_on text, anonymised_on text);
insert into customers values
  (1, 'Active', 'active@example.org', '75011', '1980-02-03', 3, '2025-03-01', null),
  (2, 'Old', 'old@example.org', '69007', '1981-02-03', 4, '2020-03-01', null),
  (3, 'Older', 'older@example.org', null, 'unknown', 5, '2015-03-01', null),
  (4, '-', 'oubli-00112233445566778899aabbccddeeff', '13', '1982', 6, '2014-03-01', '2024-01-01'),
  (5, 'Filled again', 'oubli-ffeeddccbbaa99887766554433221100', '31', '1983', 7, '2013-03-01', '2024-01-01'),
  (6, 'Undated', 'undated@example.org', '75011', '1980-02-03', 8, null, null);
create table addresses (id integer primary key, customer_id integer references customers (id), kind text, street text);
insert into addresses values
  (1, 1, 'home', '1 rue Active'),
  (2, 2, 'home', '2 rue Old'),
  (3, 2, 'work', '3 rue Old'),
  (4, 4, 'home', null);
create table events (id integer primary key, what text);
