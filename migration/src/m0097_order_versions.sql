-- Orders that are changed before they are sent: each version is kept, and what a change adds to the total is a payment of its own.

-- What a change has put on the total and nobody has paid yet.
alter table orders add column unpaid_minor bigint not null default 0 check (unpaid_minor >= 0);

-- An order as it was placed (1) and after each change. Written once; only an erased person's address is taken out.
create table order_version (
    id uuid primary key,
    order_id uuid not null references orders (id),
    number integer not null check (number > 0),
    -- Lines, discounts and totals.
    content jsonb not null,
    -- Null: it was erased with whoever ordered.
    shipping_address jsonb,
    total_minor bigint not null check (total_minor >= 0),
    -- Against the version before.
    difference_minor bigint not null,
    -- What was to be paid more by then, in all.
    unpaid_minor bigint not null check (unpaid_minor >= 0),
    -- What went back by it.
    refunded_minor bigint not null check (refunded_minor >= 0),
    refund_id uuid references order_refund (id),
    -- Whether an invoice says something else since.
    changes_invoice boolean not null,
    by_shopper boolean not null,
    -- As staff gave it; the shopper reads it.
    reason text,
    actor text not null,
    created_at timestamptz not null,
    unique (order_id, number)
);
create index order_version_refund on order_version (refund_id) where refund_id is not null;

-- Which version asked for a payment; null for what the order was placed with.
alter table payment add column order_version integer check (order_version > 1);

-- Still never a double charge: at most one that is live or has succeeded, for each that was asked for.
drop index payment_one_live;
create unique index payment_one_live on payment (order_id)
    where order_version is null and not superseded and status not in ('DECLINED', 'VOIDED');
create unique index payment_one_live_of_version on payment (order_id, order_version)
    where order_version is not null and not superseded and status not in ('DECLINED', 'VOIDED');

-- What holds of changes. One row.
create table order_edit_policy (
    only_row integer primary key check (only_row = 1),
    -- For how many minutes after placing an order shoppers may change it themselves; 0: not at all.
    shopper_minutes integer not null check (shopper_minutes between 0 and 10080),
    -- Whether an order goes on its way although what a change has put on is not paid.
    dispatches_unpaid boolean not null,
    version bigint not null,
    updated_at timestamptz not null
);
insert into order_edit_policy (only_row, shopper_minutes, dispatches_unpaid, version, updated_at)
values (1, 0, false, 1, '2020-01-01 00:00:00+00:00');
