-- Room for what is to come: discounts, returns, messages about anything. It only adds.

-- The order that a job is about, so that nobody has to work it out from the job.
alter table outbox add column order_id uuid;
update outbox set order_id = coalesce(
    (select id from orders where orders.id = outbox.subject),
    (select order_id from payment where payment.id = outbox.subject),
    (select order_id from capture where capture.id = outbox.subject),
    (select order_id from refund where refund.id = outbox.subject),
    (select order_id from reconciliation_finding where reconciliation_finding.id = outbox.subject)
) where subject is not null;
create index outbox_by_order on outbox (order_id, id) where order_id is not null;

-- What a message in the shop is about, and what an idempotency key belongs to: a thing of any kind, by its
-- public id ('ord_…', 'var_…'). Rows of earlier versions have none: they are about their order.
alter table notification add column subject text;
alter table idempotency_key add column subject text;

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

-- A declined attempt that the shopper's browser may still confirm had no state of its own: it was known
-- by being pending with a decline code. A column rather than another status: a server of the version
-- before reads and writes these rows meanwhile, and `status` stays what clients are told.
alter table payment add column reopenable boolean not null default false;
update payment set reopenable = true where status = 'PENDING' and decline_code is not null;

-- Why money is paid back, where a rule of the shop's says so; `reason` keeps the words.
alter table refund add column reason_code text;
