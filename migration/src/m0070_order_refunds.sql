-- Money of an order that staff pay back at once, over all that it was paid with.
create table order_refund (
    -- That of its first part at a payment provider, where it has one.
    id uuid primary key,
    order_id uuid not null references orders (id),
    destination text not null check (destination in ('ORIGINAL', 'STORE_CREDIT')),
    amount_minor bigint not null check (amount_minor >= 0),
    -- How much of it is for shipping.
    shipping_minor bigint not null default 0 check (shipping_minor >= 0),
    -- What staff wrote, which the shopper is shown.
    reason text,
    created_at timestamptz not null
);
create index order_refund_of_order on order_refund (order_id);

-- How much of a refund is what was paid by which payment or account. A payment's share that its provider pays back has a
-- refund of its own, which may fail.
create table refund_share (
    order_refund_id uuid not null references order_refund (id),
    -- In which order they pay, from 0.
    position integer not null,
    payment_id uuid references payment (id),
    account_id uuid references credit_account (id),
    refund_id uuid references refund (id),
    amount_minor bigint not null check (amount_minor > 0),
    primary key (order_refund_id, position),
    check ((payment_id is null) <> (account_id is null))
);
create index refund_share_of_refund on refund_share (refund_id) where refund_id is not null;

-- The lines of a refund are those of an `order_refund`, too, of which no provider may pay anything; those of earlier versions
-- are of a `refund`. What the shop keeps of what was paid for the units is no part of the refund.
create table refund_line_of_either (
    refund_id uuid not null,
    order_line_id uuid not null references order_line (id),
    quantity integer not null check (quantity > 0),
    amount_minor bigint not null check (amount_minor >= 0),
    withheld_minor bigint not null default 0 check (withheld_minor >= 0),
    primary key (refund_id, order_line_id)
);
insert into refund_line_of_either (refund_id, order_line_id, quantity, amount_minor)
    select refund_id, order_line_id, quantity, amount_minor from refund_line;
drop table refund_line;
alter table refund_line_of_either rename to refund_line;
create index refund_line_of_order_line on refund_line (order_line_id);
