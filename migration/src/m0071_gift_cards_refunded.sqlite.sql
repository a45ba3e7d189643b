-- The price of a gift card is paid back: the card loses it. SQLite changes no check, so that the table is made again.
create table credit_entry_with_withdrawals (
    account_id uuid not null references credit_account (id),
    number bigint not null check (number > 0),
    kind text not null
        check (kind in ('ISSUED', 'REDEEMED', 'GIVEN_BACK', 'REFUNDED', 'ADJUSTED', 'EXPIRED', 'WITHDRAWN')),
    amount_minor bigint not null check (amount_minor <> 0),
    balance_minor bigint not null check (balance_minor >= 0),
    order_id uuid references orders (id),
    refund_id uuid,
    reason text,
    actor text not null,
    correlation_id text not null,
    created_at timestamptz not null,
    primary key (account_id, number)
);
insert into credit_entry_with_withdrawals select account_id, number, kind, amount_minor, balance_minor, order_id, refund_id,
    reason, actor, correlation_id, created_at from credit_entry;
drop table credit_entry;
alter table credit_entry_with_withdrawals rename to credit_entry;
create index credit_entry_of_refund on credit_entry (refund_id) where refund_id is not null;
create index credit_entry_of_order on credit_entry (order_id) where order_id is not null;
create trigger credit_entry_not_updated before update on credit_entry
begin
    select raise(abort, 'credit_entry is append-only');
end;
create trigger credit_entry_not_deleted before delete on credit_entry
begin
    select raise(abort, 'credit_entry is append-only');
end;
