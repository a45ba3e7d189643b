-- What a variant is to cost for a while, or from a time on: written ahead, applied and undone by jobs.
create table price_schedule (
    id uuid primary key,
    variant_id uuid not null references variant (id) on delete cascade,
    currency text not null check (length(currency) = 3),
    amount_minor bigint not null check (amount_minor >= 0),
    compare_at_minor bigint check (compare_at_minor >= 0),
    begins_at timestamptz not null,
    -- Null: the price stays.
    ends_at timestamptz check (ends_at > begins_at),
    state text not null check (state in ('PLANNED', 'ACTIVE', 'ENDED', 'WITHDRAWN')),
    -- What it took the place of, which comes back at its end. Null: there was no price.
    before_minor bigint,
    before_compare_at_minor bigint,
    before_fixed boolean,
    -- Whoever planned it, as the ledgers name them.
    actor text not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index price_schedule_by_variant on price_schedule (variant_id, currency, begins_at);
create index price_schedule_by_begin on price_schedule (state, begins_at, id);
