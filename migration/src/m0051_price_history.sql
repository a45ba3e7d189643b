-- What variants cost, and until when: one row for each time in which a price held. The last one, which holds, has no end.
create table price_history (
    variant_id uuid not null references variant (id) on delete cascade,
    currency text not null check (length(currency) = 3),
    since timestamptz not null,
    until timestamptz,
    amount_minor bigint not null,
    compare_at_minor bigint,
    -- Of a reduced price: the lowest in the 30 days before the reduction began.
    lowest_minor bigint,
    -- Whether staff had set it, rather than the rate.
    fixed boolean not null,
    primary key (variant_id, currency, since)
);
create unique index price_history_that_holds on price_history (variant_id, currency) where until is null;
create index price_history_by_end on price_history (fixed, until);

-- The same, beside the price that it is shown with, and the least of those of a product's reduced variants.
alter table price add column lowest_minor bigint;
alter table product_listing add column lowest_minor bigint;
