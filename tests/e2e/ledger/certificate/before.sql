create table customers (id integer primary key, name text, last_contact text);
create table orders (number integer primary key, note text, bought text);
insert into customers values (1, 'somebody who is active', '2025-03-01'), (2, 'somebody who is not', '2019-05-06'),
  (3, 'somebody else who is not', '2018-01-01');
insert into orders values (1, 'a chair', '2020-01-01'), (2, 'a table', '2025-01-01');
