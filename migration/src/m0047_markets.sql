-- What the shop sells in besides its own currency. Prices in it are converted at the rate, unless staff have fixed one.
create table price_list (
    currency text primary key check (length(currency) = 3),
    -- Units of it for one of the shop's own currency, in hundred millionths.
    rate_e8 bigint not null check (rate_e8 > 0),
    rounding text not null check (rounding in
        ('MINOR_UNIT', 'CASH_5', 'WHOLE', 'TENS', 'HUNDREDS', 'ENDING_95', 'ENDING_99')),
    prices_include_tax boolean not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);

-- Where it sells in which currency. What no market names is the shop's own.
create table market (
    id uuid primary key,
    name text not null,
    -- ISO 3166-1 alpha-2.
    countries jsonb not null,
    currency text not null check (length(currency) = 3),
    -- BCP 47; null: the shop's own.
    language text,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);

-- Whether staff have set it, rather than the rate.
alter table price add column fixed boolean not null default true;

-- Where the shopper is, as the cart was begun or moved. Null: where the request is.
alter table cart add column country text;
