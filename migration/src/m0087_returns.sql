-- Goods that shoppers send back. A return has a machine of its own beside the order's; what became of each unit stands in its
-- lines, whose numbers only grow.
create table order_return (
    id uuid primary key,
    order_id uuid not null references orders (id),
    -- Which of the order's it is, from 1.
    number integer not null check (number > 0),
    status text not null check (status in ('REQUESTED', 'APPROVED', 'PARTLY_RECEIVED', 'RECEIVED', 'INSPECTED', 'CLOSED',
        'REFUSED', 'CANCELLED')),
    -- What the shopper wants for it.
    resolution text not null check (resolution in ('REFUND', 'STORE_CREDIT', 'EXCHANGE')),
    -- What the shopper wrote.
    note text,
    -- Why it was refused, as the shopper reads it.
    refusal text,
    -- Where it is sent to, and how.
    location_id uuid references location (id),
    instructions text,
    label_url text,
    -- What was paid back, and what was kept of it as a restocking fee.
    refunded_minor bigint not null default 0 check (refunded_minor >= 0),
    fee_minor bigint not null default 0 check (fee_minor >= 0),
    event_count bigint not null,
    version bigint not null,
    created_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    decided_at timestamptz,
    closed_at timestamptz,
    unique (order_id, number)
);
create index order_return_status on order_return (status, id);
create index order_return_location on order_return (location_id) where location_id is not null;

create table order_return_line (
    id uuid primary key,
    return_id uuid not null references order_return (id),
    order_line_id uuid not null references order_line (id),
    position integer not null,
    quantity integer not null check (quantity > 0),
    reason text not null check (reason in ('NOT_AS_EXPECTED', 'WRONG_SIZE', 'WRONG_ITEM', 'DAMAGED', 'DEFECTIVE', 'LATE',
        'CHANGED_MIND', 'OTHER_REASON')),
    -- What the shopper wrote of it.
    note text,
    -- Of the quantity, what has come; of that, what was put back in stock and what was written off.
    received integer not null default 0,
    restocked integer not null default 0 check (restocked >= 0),
    written_off integer not null default 0 check (written_off >= 0),
    -- Units of which the money went back.
    refunded integer not null default 0,
    unique (return_id, order_line_id),
    check (received between 0 and quantity),
    check (restocked + written_off <= received),
    check (refunded between 0 and quantity)
);
create index order_return_line_of on order_return_line (order_line_id);

-- Append-only: each step of a return, in the order of its number, without gaps.
create table order_return_event (
    return_id uuid not null references order_return (id),
    number bigint not null check (number > 0),
    kind text not null,
    data jsonb not null,
    actor text not null,
    created_at timestamptz not null,
    primary key (return_id, number)
);

-- What the shop says of returns: one row.
create table return_policy (
    only_row integer primary key check (only_row = 1),
    -- For how many days after the goods came.
    days integer not null check (days between 0 and 3650),
    -- In place of that, by the ids of markets.
    market_days jsonb not null default '{}',
    -- Whether shoppers' requests are approved as they come.
    approves_at_once boolean not null default false,
    refunds_shipping text not null check (refunds_shipping in ('NEVER', 'WHOLE_ORDER')),
    -- What is kept of what goes back, in hundredths of a percent.
    fee_basis_points integer not null default 0 check (fee_basis_points between 0 and 10000),
    -- Where goods are sent back to, and how, unless staff say otherwise.
    location_id uuid references location (id),
    instructions text,
    version bigint not null,
    updated_at timestamptz not null
);
insert into return_policy (only_row, days, refunds_shipping, version, updated_at)
values (1, 30, 'WHOLE_ORDER', 1, '2020-01-01 00:00:00+00:00');

-- Goods that are not taken back, and why.
create table return_exemption (
    product_id uuid primary key references product (id),
    reason text not null check (reason in ('MADE_TO_ORDER', 'PERISHABLE', 'HYGIENE', 'SEALED_MEDIA', 'OTHER_REASON')),
    created_at timestamptz not null
);
