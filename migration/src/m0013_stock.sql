-- What is sold when stock is out. A variant without a row is tracked, and refused then.
create table stock_policy (
    variant_id uuid primary key references variant (id),
    policy text not null check (policy in ('REFUSE', 'BACKORDER', 'PRE_ORDER')),
    -- What is not tracked never runs out.
    tracked boolean not null,
    -- How many units may be promised at once; null for any number.
    unit_limit bigint check (unit_limit >= 0),
    -- Units that orders wait for.
    promised bigint not null check (promised >= 0),
    promise_days integer check (promise_days >= 0),
    promise_date date,
    version bigint not null,
    check (unit_limit is null or promised <= unit_limit)
);

-- Units that an order was promised and that did not lie in stock.
create table backorder (
    id uuid primary key,
    order_id uuid not null references orders (id),
    variant_id uuid not null references variant (id),
    quantity bigint not null check (quantity > 0),
    -- Units that have come since: each is a reservation by now.
    filled bigint not null check (filled >= 0),
    state text not null check (state in ('WAITING', 'FILLED', 'CANCELLED')),
    kind text not null check (kind in ('BACKORDER', 'PRE_ORDER')),
    promised_for date,
    -- Until when an unpaid order keeps its promise.
    expires_at timestamptz not null,
    created_at timestamptz not null,
    check (filled <= quantity)
);
create index backorder_by_order on backorder (order_id);
create index backorder_waiting on backorder (variant_id, created_at, id) where state = 'WAITING';

-- More about why stock changed than `kind` says, and the transfer or the count that it was for.
alter table stock_entry add column cause text;
alter table stock_entry add column reference uuid;

-- Goods on their way from one location to another, or from a supplier.
create table stock_transfer (
    id uuid primary key,
    -- Null: they come from a supplier.
    origin_id uuid references location (id),
    destination_id uuid not null references location (id),
    status text not null check (status in ('DRAFT', 'IN_TRANSIT', 'RECEIVED', 'CANCELLED')),
    reference text,
    expected_on date,
    note text,
    version bigint not null,
    created_by text not null,
    created_at timestamptz not null,
    shipped_at timestamptz,
    closed_at timestamptz
);
create index stock_transfer_by_status on stock_transfer (status, id);

create table stock_transfer_line (
    transfer_id uuid not null references stock_transfer (id),
    variant_id uuid not null references variant (id),
    position integer not null,
    quantity bigint not null check (quantity > 0),
    received bigint not null check (received >= 0),
    -- Went back to the origin.
    returned bigint not null check (returned >= 0),
    -- Never came.
    missing bigint not null check (missing >= 0),
    primary key (transfer_id, variant_id),
    check (received + returned + missing <= quantity)
);
create index stock_transfer_line_by_variant on stock_transfer_line (variant_id, transfer_id);

-- A count of what lies at a location.
create table stock_count (
    id uuid primary key,
    location_id uuid not null references location (id),
    status text not null check (status in ('OPEN', 'APPLIED', 'ABANDONED')),
    note text,
    reason text,
    version bigint not null,
    created_by text not null,
    created_at timestamptz not null,
    closed_at timestamptz
);
create index stock_count_by_status on stock_count (status, id);
-- Two at once would each take away the same missing units.
create unique index stock_count_open on stock_count (location_id) where status = 'OPEN';

create table stock_count_line (
    count_id uuid not null references stock_count (id),
    variant_id uuid not null references variant (id),
    counted bigint not null check (counted >= 0),
    -- What the books said at that moment.
    expected bigint not null,
    counted_by text not null,
    counted_at timestamptz not null,
    primary key (count_id, variant_id)
);
