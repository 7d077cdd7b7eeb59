BEGIN TRANSACTION;
CREATE TABLE contacts (id integer primary key, email text, status text, last_contact_on text);
INSERT INTO "contacts" VALUES(290,'contact-290@example.org','prospect','2026-05-01');
INSERT INTO "contacts" VALUES(291,'contact-291@example.org','prospect','2026-01-01');
INSERT INTO "contacts" VALUES(292,'contact-292@example.org','prospect','2026-01-01');
INSERT INTO "contacts" VALUES(293,'contact-293@example.org','prospect','2026-01-01');
INSERT INTO "contacts" VALUES(294,'contact-294@example.org','prospect','2026-01-01');
INSERT INTO "contacts" VALUES(295,'contact-295@example.org','prospect','2026-01-01');
INSERT INTO "contacts" VALUES(296,'contact-296@example.org','prospect','2026-01-01');
INSERT INTO "contacts" VALUES(297,'contact-297@example.org','prospect','2026-01-01');
INSERT INTO "contacts" VALUES(298,'contact-298@example.org','prospect','2026-01-01');
INSERT INTO "contacts" VALUES(299,'contact-299@example.org','prospect','2026-01-01');
INSERT INTO "contacts" VALUES(300,'contact-300@example.org','prospect','2026-01-01');
CREATE TRIGGER renew after delete on contacts when old.id = 1
  begin update contacts set last_contact_on = '2026-05-01' where id = 290; end;
COMMIT;
