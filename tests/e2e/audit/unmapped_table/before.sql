create table contacts (id integer primary key, email text, status text, last_contact_on text);
insert into contacts values (1, 'kept@example.org', 'prospect', '2025-03-01');
create table invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
create table newsletter (id integer primary key, recipient text, ip_address text, body text);
insert into newsletter values (1, 'ada@example.org', '192.0.2.7', 'Hello'), (2, 'grace@example.org', null, 'Hello');
