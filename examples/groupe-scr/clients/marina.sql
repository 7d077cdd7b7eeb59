-- What the marina has entrusted to the agency: bookings of berths.
create table bookings (
  id integer primary key,
  guest text not null,
  email text not null,
  boat text,
  passport_number text,
  arrives_on text not null,
  leaves_on text
);
insert into bookings
with recursive n (i) as (select 1 union all select i + 1 from n where i < 260)
select i, 'Guest ' || i, 'guest' || i || '@example.org', 'Boat ' || (i % 90), printf('P%07d', i * 7919), date('2024-05-01', '+' || (i * 3) || ' days'),
       date('2024-05-01', '+' || (i * 3 + 2 + i % 9) || ' days')
from n;
-- The passports of most stays were deleted in time.
update bookings set passport_number = null where id < 195;
update bookings set leaves_on = null where id in (250, 251);
