BEGIN TRANSACTION;
CREATE TABLE customers (id integer primary key, name text, last_contact text);
INSERT INTO "customers" VALUES(1,'somebody who is active','2025-03-01');
CREATE TABLE orders (number integer primary key, note text, bought text);
INSERT INTO "orders" VALUES(2,'a table','2025-01-01');
COMMIT;
