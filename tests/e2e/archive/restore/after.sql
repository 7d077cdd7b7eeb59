BEGIN TRANSACTION;
CREATE TABLE addresses (customer_id integer not null references customers (id), street text);
INSERT INTO "addresses" VALUES(2,'first street');
INSERT INTO "addresses" VALUES(1,'other street');
INSERT INTO "addresses" VALUES(2,'second street');
CREATE TABLE customers (id integer primary key, name text, photo blob, score, last_contact text, upper_name as (upper(name)));
INSERT INTO "customers" VALUES(1,'active',X'00',1,'2099-01-01');
INSERT INTO "customers" VALUES(2,'O''Neil
of two lines',X'00FF41','007','2019-05-06');
INSERT INTO "customers" VALUES(4,'young',NULL,NULL,'2099-01-01');
CREATE TABLE orders (number text primary key, customer_id integer references customers (id), note text, bought text) without rowid;
INSERT INTO "orders" VALUES('B-2',1,'a table','2099-01-01');
COMMIT;
