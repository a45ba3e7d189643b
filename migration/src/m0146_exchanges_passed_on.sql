-- By which refund what had been paid for goods that came back paid others. Null for exchanges of before, whose credit stays credit.
alter table order_return add column exchange_refund_id uuid;
-- Of a share that gift cards or store credit had paid and that went to an exchange: how much of it is on them again.
alter table refund_share add column passed_minor bigint not null default 0 check (passed_minor >= 0);
