create table contacts (id integer primary key, email text);
insert into contacts values
  (1, 'kept@example.org'), (2, 'due@example.org'), (3, 'never-wrote@example.org'), (4, 'unreadable@example.org');
create table interactions (id integer primary key, contact_id integer, direction text, at, body text);
insert into interactions values
  (1, 1, 'in', 1577880000, 'hello'),   -- 2020-01-01
  (2, 1, 'in', 1735732800, 'again'),   -- 2025-01-01, purged itself, yet remembered
  (3, 2, 'in', 1577880000, 'hello'),
  (4, 2, 'out', 1767268800, 'offer'),  -- 2026-01-01
  (5, 3, 'out', 1767268800, 'offer'),
  (6, 4, 'in', 1767268800, 'hello'),
  (7, 4, 'in', 'a while ago', 'hello');
