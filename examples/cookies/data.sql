-- Creation times are microseconds since 1970, as browsers store them.
pragma journal_mode = wal;
create table moz_cookies (
  id integer primary key,
  name text not null,
  value text not null,
  host text not null,
  creationTime integer not null,
  lastAccessed integer not null,
  isSession integer not null default 0
);
create table meta (key text primary key, value text);
insert into meta values ('schema', '1');

-- 400 cookies until 31 May 2026, more and more of them.
insert into moz_cookies
with recursive n (i) as (select 1 union all select i + 1 from n where i < 400)
select i, 'visitor', printf('%08x%08x', i * 2654435761 % 4294967296, i * 40503 % 65536), 'shop' || (i % 23) || '.example',
       (strftime('%s', '2026-05-31 21:30:00') - (400 - i) * (400 - i) * 450) * 1000000 + i * 137, 0, 0
from n;
update moz_cookies set lastAccessed = creationTime + 86400000000;

-- Session cookies belong to another purpose; a zero is no date, and one clock was far ahead.
update moz_cookies set isSession = 1 where id % 25 = 0;
update moz_cookies set creationTime = 0 where id in (31, 207);
update moz_cookies set creationTime = 4102444800000000 where id = 300;
