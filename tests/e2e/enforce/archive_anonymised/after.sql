BEGIN TRANSACTION;
CREATE TABLE customers (id integer primary key, name text, email text, zip text, orders integer, last_order_on text, anonymised_on text);
INSERT INTO "customers" VALUES(1,'Active','active@example.org','75001',3,'2026-03-01',NULL);
COMMIT;
