-- What another shop system's exports tell. Its orders are history: nothing here is paid, sent or counted for them.
create table imported_order (
    id uuid primary key,
    source text not null check (source in ('SHOPIFY', 'WOOCOMMERCE', 'MEDUSA')),
    -- What names it there; its number where the file has nothing else.
    source_id text not null,
    -- As shoppers know it, and as it is looked for: in capitals, without what stands before it.
    number text not null,
    number_key text not null,
    email text,
    customer_id uuid references customer (id),
    currency text not null,
    subtotal_minor bigint not null,
    discount_minor bigint not null,
    shipping_minor bigint not null,
    tax_minor bigint not null,
    total_minor bigint not null,
    refunded_minor bigint not null,
    -- In the other system's words.
    status text,
    payment_status text,
    fulfilment_status text,
    placed_at timestamptz not null,
    cancelled_at timestamptz,
    -- Goods, addresses, note.
    details jsonb not null,
    -- What it is found by, in small letters.
    search text not null,
    imported_at timestamptz not null,
    updated_at timestamptz not null,
    -- Its person is to be erased once the law's time is over, and then is.
    erasure_asked_at timestamptz,
    erased_at timestamptz,
    unique (source, source_id)
);
create unique index imported_order_by_number on imported_order (number_key, source);
create index imported_order_of_customer on imported_order (customer_id, placed_at, id);
create index imported_order_by_email on imported_order (email);
create index imported_order_placed on imported_order (placed_at, id);
create index imported_order_with_person on imported_order (placed_at) where erased_at is null;

-- Which thing of ours became of which of the other system's: a file that is imported again doubles nothing, and brings nothing
-- back that was deleted here.
create table imported_thing (
    source text not null check (source in ('SHOPIFY', 'WOOCOMMERCE', 'MEDUSA')),
    kind text not null check (kind in ('CUSTOMER', 'GIFT_CARD', 'REDIRECT')),
    source_id text not null,
    target uuid not null,
    created_at timestamptz not null,
    primary key (source, kind, source_id)
);

-- In which other system they said so, where they did not say it here.
alter table customer_consent add column imported_from text;
