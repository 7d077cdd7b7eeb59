create table contacts (id integer primary key, email text, status text, last_contact_on text);
insert into contacts values
  (1, 'kept@example.org', 'prospect', '2025-03-01'),
  (2, 'last-day@example.org', 'prospect', '2023-06-01'),
  (3, 'due@example.org', 'prospect', '2020-01-15');
create table invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
insert into invoices values
  ('F2018-1', 1, 3400, '2018-12-31'),
  ('F2025-1', 1, 7800, '2025-01-01');
