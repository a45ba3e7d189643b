-- Cards that payment providers keep for customers: of each what its owner tells it apart by, and never a number. A customer whom a
-- provider knows outlives theirs here until the provider has deleted them, too.
create table provider_customer (
    id uuid primary key,
    -- Null once they are erased.
    customer_id uuid references customer (id),
    provider text not null,
    -- The provider's own id of them, once it has answered.
    reference text,
    created_at timestamptz not null,
    unique (customer_id, provider)
);
create table saved_payment_method (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    provider_customer_id uuid not null references provider_customer (id),
    provider text not null,
    -- The provider's own id of it.
    reference text not null,
    brand text not null,
    last_four text not null,
    expiry_month integer not null check (expiry_month between 1 and 12),
    expiry_year integer not null,
    is_default boolean not null,
    created_at timestamptz not null,
    removed_at timestamptz,
    -- Since when the provider has it no more, either.
    detached_at timestamptz,
    unique (provider, reference)
);
create index saved_payment_method_by_customer on saved_payment_method (customer_id, created_at, id);
create index saved_payment_method_by_provider_customer on saved_payment_method (provider_customer_id);
create index saved_payment_method_removed on saved_payment_method (removed_at) where removed_at is not null;
create unique index saved_payment_method_default on saved_payment_method (customer_id) where is_default and removed_at is null;

-- Whose saved card pays, or for whom it is to be saved. No reference: an attempt outlives whom it names.
alter table payment add column provider_customer_id uuid;
alter table payment add column saves_method boolean not null default false;

-- The same in the memory of the simulated provider.
alter table simulated_charge add column saved_method text;
create table simulated_customer (
    reference text primary key,
    created_at timestamptz not null
);
create table simulated_method (
    reference text primary key,
    customer text not null,
    -- What it pays by.
    token text not null,
    created_at timestamptz not null
);
create index simulated_method_by_customer on simulated_method (customer);
