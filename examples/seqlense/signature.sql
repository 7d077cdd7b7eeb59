-- Signatures and the identity checks that once came before them. Days are those of the contract and of the document.
create table signatures (
  id integer primary key,
  signatory text not null,
  email text not null,
  company text,
  contract text not null,
  signed_on text not null,
  document blob not null,
  ip text not null,
  user_agent text not null,
  contract_ends_on text,
  valid_until text,
  keep_until text,
  consent_withdrawn_on text
);
create table identity_checks (
  id integer primary key,
  signatory text not null,
  email text not null,
  civil_status text,
  document blob not null,
  photo blob not null,
  ip text not null,
  user_agent text not null,
  checked_on text not null,
  contract_ends_on text,
  valid_until text,
  keep_until text,
  consented_on text,
  consent_withdrawn_on text
);

create temp table numbers as
with recursive n (i) as (select 1 union all select i + 1 from n where i < 600) select i from n;

-- 600 signatures; contracts of two to four years, documents valid for one to three and a bit.
insert into signatures
select i, 'Signataire ' || i, 'signataire' || i || '@example.org', 'Société ' || (i % 60 + 1), 'C-' || (1000 + i), signed,
       cast(printf('%%PDF-1.7 document %d %016x', i, i * 2654435761) as blob), printf('203.0.113.%d', i % 250), 'Mozilla/5.0',
       date(signed, '+' || (2 + i % 3) || ' years'), date(signed, '+' || (1 + i / 3 % 3) || ' years', '+90 days'), null, null
from (select i, date('2026-05-30', '-' || (1240 - i * 2) || ' days') as signed from numbers);
-- Contracts without an end go on, and so do documents that stay valid.
update signatures set contract_ends_on = null where id % 40 = 11;
update signatures set valid_until = null where id % 50 = 21;
-- Agreed otherwise: 17 longer, 18 shorter, 19 longer than anything may be agreed.
update signatures set keep_until = '2031-12-31' where id = 17;
update signatures set keep_until = '2026-05-31' where id = 180;
update signatures set keep_until = '2099-12-31' where id = 19;
update signatures set consent_withdrawn_on = '2026-04-02' where id in (400, 401);

-- 150 identity checks until the purpose was given up, and one made after that.
insert into identity_checks
select i, 'Signataire ' || i, 'signataire' || i || '@example.org', 'né en ' || (1950 + i % 50),
       cast(printf('%%PDF-1.7 passport %016x', i * 2654435761) as blob), cast(printf('JFIF %016x', i * 40503) as blob),
       printf('203.0.113.%d', i % 250), 'Mozilla/5.0', checked, date(checked, '+2 years', '+8 months'), date(checked, '+' || (1 + i % 2) || ' years', '+300 days'),
       null, checked, null
from (select i, date('2024-04-26', '-' || ((150 - i) * 3) || ' days') as checked from numbers where i <= 150);
update identity_checks set checked_on = '2025-02-10', consented_on = '2025-02-10', contract_ends_on = '2028-02-10' where id = 150;
update identity_checks set keep_until = '2026-03-31' where id = 90;
update identity_checks set keep_until = '2030-12-31' where id = 5;
update identity_checks set consent_withdrawn_on = '2026-05-04' where id in (101, 102, 103);
-- Withdrawn, and given again later: the withdrawal no longer counts.
update identity_checks set consented_on = '2026-05-11' where id = 103;
