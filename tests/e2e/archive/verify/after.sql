BEGIN TRANSACTION;
CREATE TABLE customers (id integer primary key, name text, last_contact text);
INSERT INTO "customers" VALUES(1,'a','2099-01-01');
COMMIT;
