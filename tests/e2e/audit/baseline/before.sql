create table contacts (id integer primary key, email text, status text, last_contact_on text, refund_to text,
                       extra text);
insert into contacts values
  (1, 'ada@example.org', 'prospect', '2025-03-01', 'FR76 3000 6000 0112 3456 7890 189', 'x'),
  (2, 'grace@example.org', 'prospect', '2025-04-01', 'DE89370400440532013000', 'y'),
  (3, 'alan@example.org', 'prospect', '2025-05-01', null, null);
create table invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
