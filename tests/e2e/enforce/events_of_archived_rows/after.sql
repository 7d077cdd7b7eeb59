BEGIN TRANSACTION;
CREATE TABLE contacts (id integer primary key, email text, seen text);
INSERT INTO "contacts" VALUES(1,'wrote-in-2023@example.org','2026-01-01');
CREATE TABLE messages (id integer primary key, contact_id integer, body text, sent text);
COMMIT;
