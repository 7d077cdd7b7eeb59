-- The application's database: organisations with their users, and the commercial register.
create table organisations (
  id integer primary key,
  name text not null,
  opened_on text not null,
  deleted_at text
);
create table users (
  id integer primary key,
  organisation_id integer not null references organisations (id),
  email text not null unique,
  password_hash text not null,
  country text not null,
  closed_at text,
  removed_at text
);
create table user_settings (
  user_id integer not null references users (id),
  name text not null,
  value text,
  primary key (user_id, name)
) without rowid;
create table tenants (
  id integer primary key,
  organisation_id integer not null references organisations (id),
  opened_on text not null,
  closed_on text
);
create table contacts (
  id integer primary key,
  tenant_id integer references tenants (id),
  civility text,
  surname text,
  position text,
  email text,
  phone text,
  contract_facts text,
  objected_on text
);
create table contact_requests (
  id integer primary key,
  contact_id integer not null references contacts (id),
  asked_on text not null,
  direction text not null check (direction in ('in', 'out')),
  subject text
);

create temp table numbers as
with recursive n (i) as (select 1 union all select i + 1 from n where i < 1200) select i from n;
create temp table surnames as select column1 as name, row_number() over () - 1 as number from (values
  ('Schmitt'), ('Muller'), ('Weber'), ('Klein'), ('Lefèvre'), ('Noël'), ('Garçon'), ('Petit'), ('Roy'), ('Hoffmann'), ('Blanc'));

insert into organisations select i, 'Société ' || i, date('2021-02-01', '+' || (i * 29) || ' days'), null from numbers where i <= 60;
update organisations set deleted_at = '2026-05-12' where id = 12;
update organisations set deleted_at = '2026-05-31' where id = 33;
update organisations set deleted_at = '2026-02-20' where id = 47;

-- 800 users, 13 or 14 for each organisation.
insert into users
select i, 1 + (i * 7) % 60, 'user' || i || '@example.org', printf('$2b$12$%016x%08x', i * 2654435761, i * 40503),
       case i % 4 when 0 then 'DE' when 1 then 'LU' else 'FR' end,
       iif(i % 29 = 3, date('2026-05-31', '-' || (i % 61) || ' days') || 'T10:15:00Z', null),
       iif(i % 31 = 5, date('2026-05-31', '-' || (i % 47) || ' days') || 'T16:40:00Z', null)
from numbers where i <= 800;
-- Whatever comes first counts; a removal announced for later has ended nothing yet; one day can't be read.
update users set closed_at = '2026-05-20T09:00:00Z', removed_at = '2026-05-12T09:00:00Z' where id = 100;
update users set removed_at = '2026-06-01T22:30:00Z' where id = 200;
update users set closed_at = '2026-05-32T00:00:00Z' where id = 300;
insert into user_settings select id, 'language', case country when 'FR' then 'fr' else 'de' end from users;
insert into user_settings select id, 'notifications', 'weekly' from users where id % 3 = 0;

-- One tenant for each of the first 56 organisations; some were closed, on both sides of three months.
insert into tenants select id, id, opened_on, null from organisations where id <= 56;
update tenants set closed_on = '2026-02-28' where id = 5;
update tenants set closed_on = '2026-03-01' where id = 6;
update tenants set closed_on = '2025-11-15' where id in (17, 18);
update tenants set closed_on = '2026-04-30' where id in (29, 30);

-- 1 to 250 belong to a tenant, 251 to 320 never had one.
insert into contacts
select i, iif(i <= 250, 1 + (i * 11) % 56, null), iif(i % 2, 'Mme', 'M.'), surnames.name,
       case i % 3 when 0 then 'Achats' when 1 then 'Juridique' else 'Direction' end, 'contact' || i || '@example.org',
       printf('+33 3 53 01 %02d %02d', i % 97, i % 89), iif(i <= 250, 'Offre ' || (1 + i % 3), null), null
from numbers join surnames on surnames.number = i % 11
where i <= 320;
update contacts set objected_on = date('2026-05-28', '-' || (id * 3) || ' days') where id % 32 = 7;
update contacts set objected_on = date('2023-05-20', '-' || id || ' days') where id in (251, 258);

-- What contacts asked, and what was answered: an answer is no contact made by the person.
insert into contact_requests
select i, 1 + (i * 13) % 318, date('2026-05-25', '-' || ((1 + (i * 13) % 318) * 37 % 1200 + i % 41) || ' days'), 'in',
       'Demande ' || i
from numbers where i <= 900;
insert into contact_requests
select 900 + i, contact_id, date(asked_on, '+2 days'), 'out', 'Re: ' || subject
from numbers join contact_requests on id = i * 3
where i <= 300;
