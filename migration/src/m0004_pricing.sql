-- What was taken off an order and put on it, and why.

-- Of this line: discounts of its own, and its part in those of the whole order. At most its subtotal.
alter table order_line add column discount_minor bigint not null default 0 check (discount_minor >= 0);
-- What was put on, on goods and on shipping.
alter table orders add column fee_minor bigint not null default 0 check (fee_minor >= 0);
-- How much of the total gift cards and store credit pay; the rest is to be paid.
alter table orders add column credit_minor bigint not null default 0 check (credit_minor >= 0);

create table order_adjustment (
    id uuid primary key,
    order_id uuid not null references orders (id),
    -- Counts the order's adjustments: one that is split among lines has a row for each.
    position integer not null,
    kind text not null check (kind in ('DISCOUNT', 'FEE', 'CREDIT')),
    target text not null check (target in ('LINE', 'GOODS', 'SHIPPING', 'TOTAL')),
    order_line_id uuid references order_line (id),
    amount_minor bigint not null check (amount_minor > 0),
    -- What produced it: for programs, and for the shopper.
    code text not null,
    label text not null,
    check ((order_line_id is not null) = (target in ('LINE', 'GOODS'))),
    check ((kind = 'CREDIT') = (target = 'TOTAL'))
);
create index order_adjustment_by_order on order_adjustment (order_id, position);
