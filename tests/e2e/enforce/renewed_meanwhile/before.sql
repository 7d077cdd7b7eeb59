create table contacts (id integer primary key, email text, status text, last_contact_on text);
with recursive n(i) as (select 1 union all select i + 1 from n where i < 300)
  insert into contacts select i, 'contact-' || i || '@example.org', 'prospect',
    case when i > 290 then '2026-01-01' else '2020-01-15' end from n;
-- As another program might while the first steps are under way.
create trigger renew after delete on contacts when old.id = 1
  begin update contacts set last_contact_on = '2026-05-01' where id = 290; end;
