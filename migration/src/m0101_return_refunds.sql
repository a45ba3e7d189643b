-- Which refunds are of which return, so that what a provider could not pay back is not counted as paid back.
create table order_return_refund (
    order_refund_id uuid primary key references order_refund (id),
    return_id uuid not null references order_return (id),
    -- What was paid back, and kept of it as a fee.
    amount_minor bigint not null check (amount_minor >= 0),
    fee_minor bigint not null check (fee_minor >= 0),
    -- Of the amount, what providers could not pay: taken off the return.
    failed_minor bigint not null default 0 check (failed_minor between 0 and amount_minor)
);
create index order_return_refund_of on order_return_refund (return_id);
