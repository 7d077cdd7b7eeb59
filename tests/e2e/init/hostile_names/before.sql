create table "it's ""quoted"": {a, b}" ("e-mail # mine" text, "null" text, "a: b, [c]" text, "*" text, "new
line" text, "&anchor" text);
insert into "it's ""quoted"": {a, b}" values ('ada@example.org', '2024-01-31', 'x', 'y', 'z', '+33 1 23 45 67 89');
create table "yes" ("true" integer primary key, "étage, prénom" text, "tab	here" text);
insert into "yes" values (1, 'Ada', 'bob@example.org');
create table "two
lines" (email text);
insert into "two
lines" values ('ada@example.org');
create table "- invoice" ("id" integer primary key, "yes_true" integer references "yes" ("true"), "%date" text);
insert into "- invoice" values (1, 1, '2024-01-31');
create table "c:\path\" ("\" integer primary key, "~" text, "!tag" text);
insert into "c:\path\" values (1, 'ada@example.org', '192.0.2.1');
