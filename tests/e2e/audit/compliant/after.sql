BEGIN TRANSACTION;
CREATE TABLE contacts (id integer primary key, email text, status text, last_contact_on text);
INSERT INTO "contacts" VALUES(1,'kept@example.org','prospect','2025-03-01');
INSERT INTO "contacts" VALUES(2,'last-day@example.org','prospect','2023-06-01');
CREATE TABLE invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
INSERT INTO "invoices" VALUES('F2025-1',1,7800,'2025-01-01');
COMMIT;
