create table contacts (id integer primary key, name text, email text, phone text, last_contact text, bought text);
insert into contacts values
  (1, 'Active', 'active@example.org', null, '2026-03-01', '2026-03-01'),
  (2, 'Active too', 'active2@example.org', null, '2026-03-01', '2026-03-01'),
  (3, 'To archive', 'sentinel3@example.org', '+33 1', '2019-03-01', '2019-03-01'),
  (4, 'To archive and hold', 'sentinel4@example.org', null, '2019-03-01', '2019-03-01'),
  (5, 'No address', null, null, '2019-03-01', '2019-03-01');
