BEGIN TRANSACTION;
CREATE TABLE customers (id integer primary key, email text, last_contact text);
INSERT INTO "customers" VALUES(1,'active@example.org','2026-03-01');
INSERT INTO "customers" VALUES(2,'active2@example.org','2026-03-01');
CREATE TABLE orders (id integer primary key, customer_id integer references customers (id), note text, bought text);
INSERT INTO "orders" VALUES(1,1,'young','2026-03-01');
COMMIT;
