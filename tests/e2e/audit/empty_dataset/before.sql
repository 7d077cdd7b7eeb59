create table contacts (id integer primary key, email text, status text, last_contact_on text);
create table invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
