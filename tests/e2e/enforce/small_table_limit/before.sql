create table contacts (id integer primary key, email text, status text, last_contact_on text);
insert into contacts
with recursive n (i) as (select 1 union all select i + 1 from n where i < 30)
select i, 'contact' || i || '@example.org', 'prospect', iif(i <= 14, date('2020-01-01', '+' || i || ' days'), '2025-03-01')
from n;
create table invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
