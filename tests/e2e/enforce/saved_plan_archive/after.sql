BEGIN TRANSACTION;
CREATE TABLE contacts (id integer primary key, name text, email text, phone text, last_contact text, bought text);
INSERT INTO "contacts" VALUES(1,'Active','active@example.org',NULL,'2026-03-01','2026-03-01');
INSERT INTO "contacts" VALUES(2,'Active too','active2@example.org',NULL,'2026-03-01','2026-03-01');
COMMIT;
