-- Orders of clients that know the older checkout alone: placed here and written to the older system too, or placed there and
-- noted here. What both say of one is compared until it is over.
create table legacy_order (
    id uuid primary key,
    -- As whoever placed it calls it.
    number text not null,
    -- Ours, where it was placed here.
    order_id uuid unique references orders (id),
    placed text not null check (placed in ('HERE', 'THERE')),
    -- What the other side has to say: what was written there, or what it said as it was placed.
    agreed jsonb not null,
    -- What it says otherwise.
    differences jsonb not null,
    finding text not null check (finding in ('NONE', 'OPEN', 'DISMISSED')),
    decided_by text,
    note text,
    written_at timestamptz,
    compared_at timestamptz,
    -- When it is compared again; null once it is over.
    next_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (placed, number)
);
create index legacy_order_by_finding on legacy_order (finding, id);
create index legacy_order_next on legacy_order (next_at) where next_at is not null;
