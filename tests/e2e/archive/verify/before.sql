create table customers (id integer primary key, name text, last_contact text);
insert into customers values (1, 'a', '2099-01-01'), (2, 'b', '2019-05-06'), (3, 'c', '2018-01-01'), (4, 'd', '2017-01-01');
