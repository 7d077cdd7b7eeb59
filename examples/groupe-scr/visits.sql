-- Visits of the agency's site, more and more of them.
create table visits as
with recursive n (i) as (select 1 union all select i + 1 from n where i < 1800),
days as (select i, datetime('2026-05-31 20:00:00', '-' || cast((1800 - i) * (1800 - i) / 7200.0 as integer) || ' days', '+' || (i * 37 % 1380) || ' minutes',
                            '-20 hours') as at from n)
select strftime('%d/%m/%Y %H:%M:%S', at) as time, printf('192.0.2.%d', i * 13 % 250) as ip,
       case i % 3 when 0 then 'Mozilla/5.0 (Windows)' when 1 then 'Mozilla/5.0 (iPhone)' else 'Mozilla/5.0 (Macintosh)' end as user_agent,
       case i % 4 when 0 then '/' when 1 then '/services' when 2 then '/réalisations' else '/contact' end as page,
       strftime('%Y', at) || '-' || ((strftime('%m', at) + 2) / 3) as quarter
from days order by at;
