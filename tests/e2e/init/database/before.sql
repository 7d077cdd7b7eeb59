create table customers (id integer primary key, first_name text, last_name text, email text unique, phone text,
                        vip integer);
insert into customers values
  (1, 'Ada', 'Noble', 'ada@example.org', '+33 1 23 45 67 89', 0),
  (2, 'Bob', 'Fields', 'bob@example.org', '+33 1 23 45 67 90', 1),
  (3, 'Eve', 'Marsh', 'eve@example.org', null, 0);
create table invoices (number text primary key, customer_id integer not null references customers (id),
                       total integer, invoice_date text not null);
insert into invoices values
  ('F2014-1', 1, 1200, '2014-05-01'), ('F2018-1', 2, 3400, '2018-12-31'), ('F2025-1', 2, 7800, '2025-01-01');
create table invoice_lines (id integer primary key, invoice_number text not null references invoices (number),
                            label text, price integer);
insert into invoice_lines values (1, 'F2014-1', 'Green', 1200), (2, 'F2018-1', 'Black', 3400), (3, 'F2025-1', 'Oolong', 7800);
create table prospects (id integer primary key, email text, last_contact text, created text);
insert into prospects values
  (1, 'kim@example.org', '31/01/2024', '01/02/2020'), (2, 'lee@example.org', '15/02/2024', '03/04/2020');
create table users (id integer primary key, login text, password_hash text, last_seen integer);
insert into users values (1, 'kim', 'x1', 1700000000), (2, 'lee', 'x2', 1710000000);
create table sessions (token text primary key, user_id integer, ip text);
insert into sessions values ('t1', 1, '192.0.2.1'), ('t2', 2, '192.0.2.2'), ('t3', 2, '192.0.2.3');
create table genres (id integer primary key, label text);
insert into genres values (1, 'Green tea'), (2, 'Black tea');
create table leftovers (a, b);
create view emails as select email from customers;
create virtual table search using fts5(text);
