BEGIN TRANSACTION;
CREATE TABLE addresses (contact_id integer not null references contacts (id), kind text, street text, city text,
                        primary key (contact_id, kind)) without rowid;
INSERT INTO "addresses" VALUES(1,'home','1 rue Active','Lyon');
INSERT INTO "addresses" VALUES(2,'home',NULL,NULL);
INSERT INTO "addresses" VALUES(2,'work',NULL,NULL);
INSERT INTO "addresses" VALUES(4,'home',NULL,NULL);
CREATE TABLE changes (contact_id integer, at text);
INSERT INTO "changes" VALUES(2,'2020-03-01');
INSERT INTO "changes" VALUES(4,'2012-03-01');
CREATE TABLE contacts (id integer primary key, name text not null, email text unique, phone text default '',
                       born_on date, greeting text as ('Dear ' || name || coalesce(' at ' || email, '')),
                       last_contact_on text, bought_on text,
                       check (email is null or email like '%@%'));
INSERT INTO "contacts" VALUES(1,'Active','active@example.org','','1980-02-03','2025-03-01','2025-03-01');
INSERT INTO "contacts" VALUES(2,'Only warranty',NULL,'','1981-02-03','2020-03-01','2020-03-01');
INSERT INTO "contacts" VALUES(4,'Blocked by an invoice',NULL,'',NULL,'2012-03-01','2012-03-01');
INSERT INTO "contacts" VALUES(5,'Undated','undated@example.org','','1984-02-03',NULL,'2020-03-01');
INSERT INTO "contacts" VALUES(6,'Empty already',NULL,'','1985-02-03','2020-03-01','2020-03-01');
CREATE TABLE invoices (number text primary key, contact_id integer references contacts (id), amount_cents integer,
                       invoiced_on text);
INSERT INTO "invoices" VALUES('F2025-1',4,7800,'2025-01-01');
INSERT INTO "invoices" VALUES('F2026-1',1,9000,'2026-04-01');
CREATE TRIGGER note_change after update of email on contacts begin
  insert into changes values (new.id, new.last_contact_on);
end;
COMMIT;
