create table customers (id integer primary key, email text, last_contact text);
create table orders (id integer primary key, customer_id integer references customers (id), note text, bought text);
insert into customers values
  (1, 'active@example.org', '2026-03-01'),
  (2, 'active2@example.org', '2026-03-01'),
  (3, 'due-but-needed@example.org', '2021-01-01');
insert into orders values
  (1, 1, 'young', '2026-03-01'),
  (2, 3, 'to archive', '2022-01-01');
