-- What other services hand over as files. Days are written as each of them writes them.
create table numbers as with recursive n (i) as (select 1 union all select i + 1 from n where i < 1500) select i from n;

-- Payments since 2019: six years from the day of each.
create table payments as
select 'P' || printf('%05d', i) as reference, 'Client ' || (1 + i % 320) as payer, printf('FR76%023d', i * 7919) as iban,
       printf('%d.%02d', 40 + i % 300, i % 100) as amount, 'Abonnement' as wording,
       strftime('%d/%m/%Y', '2026-05-29', '-' || (i * 17 / 10) || ' days') as paid_on
from numbers where i <= 1400;
update payments set paid_on = '00/00/0000' where reference = 'P00700';

-- Choices about external tools: no period is stated, so nothing happens to them.
create table choices as
select i as number, printf('%016x', i * 2654435761) as visitor, iif(i % 3, 'matomo=true', 'matomo=false') as choice,
       strftime('%Y-%m-%dT%H:%M:%SZ', '2026-05-30', '-' || (i * 31) || ' hours') as chosen_at
from numbers where i <= 400;

-- Requests to exercise a right.
create table requests as
select 'R' || i as number, 'contact' || (i * 7) || '@example.org' as person,
       case i % 4 when 0 then 'access' when 1 then 'erasure' when 2 then 'objection' else 'portability' end as right,
       date('2026-05-30', '-' || (i * 23) || ' days') as asked_on, iif(i < 3, '', date('2026-05-30', '-' || (i * 23 - 20) || ' days')) as answered_on
from numbers where i <= 24;

-- Tracers, a file a year: a later visit moves last_seen and nothing else. `agreed` is 0 for those the service needs.
create table tracers as
select i as number, iif(i % 5, 'visitor', 'session') as name, printf('%016x', i * 40503) as value, printf('198.51.100.%d', i % 250) as ip,
       iif(i % 5, 1, 0) as agreed, strftime('%s', '2026-05-31 12:00:00') - i * 36000 as set_at,
       strftime('%s', '2026-05-31 12:00:00') - i * 3600 as last_seen, '' as withdrawn_on, '' as agreed_on
from numbers where i <= 1050;
update tracers set withdrawn_on = '2026-05-11', agreed_on = '2026-01-05' where number in (122, 123, 124);
update tracers set agreed_on = '2026-05-20' where number = 124;
create view "tracers-2025" as select * from tracers where set_at < cast(strftime('%s', '2026-01-01') as integer);
create view "tracers-2026" as select * from tracers where set_at >= cast(strftime('%s', '2026-01-01') as integer);
