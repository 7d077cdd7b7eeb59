create table customers (id integer primary key, name text, last_contact text, extra text);
create table addresses (customer_id integer not null references customers (id), street text);
create table orders (number text primary key, customer_id integer references customers (id), note text, bought text);
insert into customers values (1, 'active', '2099-01-01', null), (2, 'old', '2019-05-06', null), (3, '007', '2018-01-01', null);
insert into addresses values (2, 'a street');
insert into orders values ('B-1', 2, 'a chair', '2020-01-01');
