create table contacts (id integer primary key, email text, status text, last_contact_on text);
insert into contacts values (1, 'contact1@example.org', 'prospect', '2020-01-01'),
                            (2, 'contact2@example.org', 'prospect', '2025-03-01');
create table invoices (number text primary key, contact_id integer references contacts (id) on delete cascade,
                       amount_cents integer, invoiced_on text);
insert into invoices values ('A1', 1, 100, '2026-01-01');
