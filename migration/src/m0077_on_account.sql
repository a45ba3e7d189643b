-- By which terms something was bought on account: due so many days after it was ordered.
alter table company_order add column terms_days integer check (terms_days between 0 and 365);
-- When the company was told a second time that it is late.
alter table company_order add column second_reminded_at timestamptz;
create index company_order_reminded on company_order (reminded_at, order_id)
    where account_minor is not null and closed_at is null and second_reminded_at is null;
