create table contacts (id integer primary key, name text not null, email text unique, phone text default '',
                       born_on date, greeting text as ('Dear ' || name || coalesce(' at ' || email, '')),
                       last_contact_on text, bought_on text,
                       check (id <> 4 or born_on is not null));
insert into contacts (id, name, email, phone, born_on, last_contact_on, bought_on) values
  (1, 'Active', 'active@example.org', '', '1980-02-03', '2025-03-01', '2025-03-01'),
  (2, 'Only warranty', 'warranty@example.org', '', '1981-02-03', '2020-03-01', '2020-03-01'),
  (3, 'Due', 'due@example.org', '', null, '2020-03-01', null),
  (4, 'Blocked by an invoice', 'blocked@example.org', '', '1983-02-03', '2012-03-01', '2012-03-01'),
  (5, 'Undated', 'undated@example.org', '', '1984-02-03', null, '2020-03-01'),
  (6, 'Empty already', null, '', '1985-02-03', '2020-03-01', '2020-03-01');
create table addresses (contact_id integer not null references contacts (id), kind text, street text, city text,
                        primary key (contact_id, kind)) without rowid;
insert into addresses values
  (1, 'home', '1 rue Active', 'Lyon'),
  (2, 'home', '2 rue Warranty', 'Paris'),
  (2, 'work', '3 rue Warranty', null),
  (3, 'home', '4 rue Due', 'Lille'),
  (4, 'home', '5 rue Blocked', 'Metz');
create table invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
insert into invoices values
  ('F2025-1', 4, 7800, '2025-01-01'),
  ('F2026-1', 1, 9000, '2026-04-01');
