create table contacts (id integer primary key, email text, opt_out integer, last_contact_on text);
insert into contacts values
  (1, 'prospect@example.org', 0, '2026-01-01'), (2, 'objects@example.org', 1, '2026-01-01'),
  (3, 'nobody-knows@example.org', null, '2026-01-01');
