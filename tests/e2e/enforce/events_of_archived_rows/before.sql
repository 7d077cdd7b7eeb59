create table contacts (id integer primary key, email text, seen text);
create table messages (id integer primary key, contact_id integer, body text, sent text);
insert into contacts values (1, 'wrote-in-2023@example.org', '2026-01-01'), (2, 'wrote-in-2020@example.org', '2026-01-01');
insert into messages values (1, 1, 'held', '2020-01-01'), (2, 1, 'the last one', '2023-01-01'), (3, 2, 'held', '2020-01-01');
