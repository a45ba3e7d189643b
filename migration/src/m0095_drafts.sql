-- What staff decided of a cart that they put together for somebody: of which draft order it is, how it is sent, and what is
-- taken off.
alter table cart add column draft jsonb;

-- Whether staff gave a line's price, and what it is where they sell what the catalogue has not.
alter table cart_line add column own_price boolean not null default false;
alter table cart_line add column own_goods jsonb;

-- Orders that staff put together. What one holds, for whom and for how much, is its cart; it becomes an order as any cart does.
create table draft_order (
    id uuid primary key,
    number text not null unique,
    cart_id uuid not null unique,
    state text not null check (state in ('OPEN', 'SENT', 'COMPLETED')),
    currency text not null check (length(currency) = 3),
    -- As it was when staff last changed it; of one that is an order, the order's.
    total_minor bigint not null,
    -- What staff write to whoever is to pay.
    message text,
    -- What staff keep in mind about it.
    staff_note text,
    -- Of what opens it to whoever is to pay.
    token_hash bytea not null,
    created_by text not null,
    -- Until when it may be paid; null: as long as it is there.
    expires_at timestamptz,
    sent_at timestamptz,
    completed_at timestamptz,
    order_id uuid,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    check ((state = 'COMPLETED') = (order_id is not null))
);
create index draft_order_state on draft_order (state, id);
create index draft_order_order on draft_order (order_id) where order_id is not null;
