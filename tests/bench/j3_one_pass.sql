select sum(legal_hold = 0 and contract_end < '2021-01-01'),
       sum(legal_hold = 0 and contract_end is null and last_activity < '2023-01-01') from customers;
select sum(last_contact < '2023-01-01'), sum(consent_withdrawn_at is not null) from prospects;
select sum(issued_on < '2016-01-01') from invoices;
select sum(started_at < 1733011200) from web_sessions;
select sum(legal_hold = 0 and (contract_end < '2021-01-01' or (contract_end is null and last_activity < '2023-01-01')))
  from customers;
select sum(last_contact < '2023-01-01' or consent_withdrawn_at is not null) from prospects;
