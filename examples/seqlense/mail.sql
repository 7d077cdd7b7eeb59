-- The outgoing mailbox: what is planned or waiting, and what a failed clean-up left behind after it was sent.
create table outbox (
  id integer primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  queued_at integer not null,
  sent_at integer
);
insert into outbox
with recursive n (i) as (select 1 union all select i + 1 from n where i < 420)
select i, 'user' || (1 + i * 17 % 800) || '@example.org',
       case i % 3 when 0 then 'Réinitialisation du mot de passe' when 1 then 'Création de compte' else 'Rappel de signature' end,
       'Bonjour, voici votre lien : https://www.example.org/' || printf('%08x', i * 2654435761 % 4294967296),
       strftime('%s', '2026-05-20') + i * 2400, null
from n;
-- 40 of them are sent; the last one went out on the as-of day itself, in Paris, and a zero is no day.
update outbox set sent_at = queued_at + 35 where id <= 39;
update outbox set sent_at = strftime('%s', '2026-05-31 22:10:00') where id = 40;
update outbox set sent_at = 0 where id = 41;
