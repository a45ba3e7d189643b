-- The order by which other goods were sent in place of those that came.
alter table order_return add column exchange_order_id uuid references orders (id);
create index order_return_exchange on order_return (exchange_order_id) where exchange_order_id is not null;

-- Something was wrong with goods that nobody sends back, and what the shop did about it.
create table order_claim (
    id uuid primary key,
    order_id uuid not null references orders (id),
    kind text not null check (kind in ('RESEND', 'REFUND', 'STORE_CREDIT')),
    reason text not null check (reason in ('LOST', 'MISSING', 'DAMAGED', 'DEFECTIVE', 'WRONG_ITEM', 'LATE', 'GOODWILL')),
    -- What staff wrote, which the shopper is shown.
    note text,
    -- What went back; null where goods were sent again.
    amount_minor bigint check (amount_minor > 0),
    -- The order by which they were sent again.
    replacement_id uuid references orders (id),
    created_by text not null,
    created_at timestamptz not null,
    check ((kind = 'RESEND') = (replacement_id is not null)),
    check ((kind = 'RESEND') = (amount_minor is null))
);
create index order_claim_of_order on order_claim (order_id, id);
create index order_claim_replacement on order_claim (replacement_id) where replacement_id is not null;

create table order_claim_line (
    claim_id uuid not null references order_claim (id),
    order_line_id uuid not null references order_line (id),
    quantity integer not null check (quantity > 0),
    primary key (claim_id, order_line_id)
);
create index order_claim_line_of on order_claim_line (order_line_id);
