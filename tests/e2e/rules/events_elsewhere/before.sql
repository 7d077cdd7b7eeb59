create table contacts (id integer primary key, email text, status text, last_contact_on text);
insert into contacts values
  (1, 'kept@example.org', 'prospect', '2025-03-01'),
  (2, 'last-day@example.org', 'prospect', '2023-06-01'),
  (3, 'due-today@example.org', 'prospect', '2023-05-31'),
  (4, 'due@example.org', 'prospect', '2020-01-15'),
  (5, 'undated@example.org', 'prospect', null),
  (6, 'unreadable@example.org', 'prospect', '2020-13-01'),
  (7, 'future@example.org', 'prospect', '2150-01-01'),
  (8, 'undetermined@example.org', null, '2020-01-15'),
  (9, 'unassigned@example.org', 'partner', '2020-01-15'),
  (10, 'blocked@example.org', 'customer', '2015-01-01'),
  (11, 'due-with-its-invoice@example.org', 'customer', '2012-01-01');
create table invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
insert into invoices values
  ('F2014-1', 11, 1200, '2014-05-01'),
  ('F2018-1', 10, 3400, '2018-12-31'),
  ('F2020-1', 10, 5600, '2020-02-29'),
  ('F2025-1', 10, 7800, '2025-01-01'),
  ('F2026-1', 1, 9000, '2026-04-01');
create table items (id integer primary key, number text references invoices (number), made_on text);
