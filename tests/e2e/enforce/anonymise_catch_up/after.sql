BEGIN TRANSACTION;
CREATE TABLE addresses (id integer primary key, customer_id integer references customers (id), kind text, street text);
INSERT INTO "addresses" VALUES(1,1,'home','1 rue Active');
INSERT INTO "addresses" VALUES(2,2,'home',NULL);
INSERT INTO "addresses" VALUES(3,2,'work',NULL);
INSERT INTO "addresses" VALUES(4,4,'home',NULL);
CREATE TABLE customers (id integer primary key, name text not null, email text not null unique, zip text,
                        born_on date, orders integer, last_order_on text, anonymised_on text);
INSERT INTO "customers" VALUES(1,'Active','active@example.org','75011','1980-02-03',3,'2025-03-01',NULL);
INSERT INTO "customers" VALUES(2,'-','token 2','69',1981,4,'2020-03-01','2026-06-01');
INSERT INTO "customers" VALUES(3,'-','token 3',NULL,NULL,5,'2015-03-01','2026-06-01');
INSERT INTO "customers" VALUES(4,'-','token 4','13',1982,6,'2014-03-01','2024-01-01');
INSERT INTO "customers" VALUES(5,'-','token 5','31',1983,7,'2013-03-01','2026-06-01');
INSERT INTO "customers" VALUES(6,'Undated','undated@example.org','75011','1980-02-03',8,NULL,NULL);
CREATE TABLE events (id integer primary key, what text);
COMMIT;
