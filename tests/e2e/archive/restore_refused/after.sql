BEGIN TRANSACTION;
CREATE TABLE addresses (customer_id integer not null references customers (id), street text);
CREATE TABLE customers (id integer primary key, name text, last_contact text, extra text);
INSERT INTO "customers" VALUES(1,'active','2099-01-01',NULL);
CREATE TABLE orders (number text primary key, customer_id integer references customers (id), note text, bought text);
COMMIT;
