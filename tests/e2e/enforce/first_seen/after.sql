BEGIN TRANSACTION;
CREATE TABLE contacts (id integer primary key, email text, opt_out integer, last_contact_on text);
INSERT INTO "contacts" VALUES(1,'prospect@example.org',0,'2026-01-01');
INSERT INTO "contacts" VALUES(2,'objects@example.org',0,'2026-01-01');
INSERT INTO "contacts" VALUES(3,'nobody-knows@example.org',NULL,'2026-01-01');
COMMIT;
