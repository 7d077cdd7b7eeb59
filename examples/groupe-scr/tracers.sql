-- A browser's store of cookies: microseconds since 1601. `last_access` moves with each visit, the day of setting doesn't.
pragma journal_mode = wal;
create table cookies (
  id integer primary key,
  host text not null,
  name text not null,
  value text not null,
  creation_utc integer not null,
  last_access_utc integer not null
);
insert into cookies
with recursive n (i) as (select 1 union all select i + 1 from n where i < 450)
select i, 'www' || (i % 7) || '.example', iif(i % 3, 'visitor', 'preferences'), printf('%016x', i * 2654435761),
       (strftime('%s', '2026-05-31 21:30:00') + 11644473600 - i * 82800) * 1000000,
       (strftime('%s', '2026-05-31 21:30:00') + 11644473600 - i * 3600) * 1000000
from n;
