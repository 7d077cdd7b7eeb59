create table customers (id integer primary key, name text, photo blob, score, last_contact text, upper_name as (upper(name)));
create table addresses (customer_id integer not null references customers (id), street text);
create table orders (number text primary key, customer_id integer references customers (id), note text, bought text) without rowid;
insert into customers (id, name, photo, score, last_contact) values
  (1, 'active', x'00', 1, '2099-01-01'),
  (2, 'O''Neil' || char(10) || 'of two lines', x'00ff41', '007', '2019-05-06'),
  (3, 'Zoë', null, 1.5, '2018-01-01'),
  (4, 'young', null, null, '2099-01-01');
insert into addresses values (2, 'first street'), (1, 'other street'), (2, 'second street');
insert into orders values ('B-1', 2, 'a chair', '2020-01-01'), ('B-2', 1, 'a table', '2099-01-01');
