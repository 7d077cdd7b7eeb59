BEGIN TRANSACTION;
CREATE TABLE contacts (id integer primary key, email text, status text, last_contact_on text);
INSERT INTO "contacts" VALUES(1,'kept@example.org','prospect','2025-03-01');
INSERT INTO "contacts" VALUES(2,'last-day@example.org','prospect','2023-06-01');
INSERT INTO "contacts" VALUES(5,'undated@example.org','prospect',NULL);
INSERT INTO "contacts" VALUES(6,'unreadable@example.org','prospect','2020-13-01');
INSERT INTO "contacts" VALUES(7,'future@example.org','prospect','2150-01-01');
INSERT INTO "contacts" VALUES(8,'undetermined@example.org',NULL,'2020-01-15');
INSERT INTO "contacts" VALUES(9,'unassigned@example.org','partner','2020-01-15');
INSERT INTO "contacts" VALUES(10,'blocked@example.org','customer','2015-01-01');
CREATE TABLE invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
INSERT INTO "invoices" VALUES('F2025-1',10,7800,'2025-01-01');
INSERT INTO "invoices" VALUES('F2026-1',1,9000,'2026-04-01');
COMMIT;
