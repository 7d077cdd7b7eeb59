create table contacts (id integer primary key, email text, status text, last_contact_on text);
with recursive n (i) as (select 1 union all select i + 1 from n where i < 60)
insert into contacts select i, 'c' || i || '@example.org', 'prospect',
                            case when i % 3 = 0 then date('2025-01-01', i || ' days') else '2026-02-14' end from n;
create table invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
