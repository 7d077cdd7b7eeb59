select count(*) from customers where contract_end < '2021-01-01' and legal_hold = 0;
select count(*) from customers where contract_end is null and last_activity < '2023-01-01' and legal_hold = 0;
select count(*) from prospects where last_contact < '2023-01-01';
select count(*) from prospects where consent_withdrawn_at is not null;
select count(*) from invoices where issued_on < '2016-01-01';
select count(*) from web_sessions where started_at < 1733011200;
select count(*) from customers where legal_hold = 0
  and (contract_end < '2021-01-01' or (contract_end is null and last_activity < '2023-01-01'));
select count(*) from prospects where last_contact < '2023-01-01' or consent_withdrawn_at is not null;
