-- Companies that buy on terms of their own.
create table company (
    id uuid primary key,
    name text not null,
    -- The number by which it buys without tax, where that is due elsewhere, and what is known of it.
    tax_id jsonb,
    -- In a register of companies.
    registration_number text,
    billing_address jsonb,
    -- Where its invoices and reminders go, beside whoever ordered.
    email text,
    note text,
    -- On account: due so many days after the order was placed.
    payment_terms_days integer not null check (payment_terms_days between 0 and 365),
    -- How much it may owe, in the shop's own currency; null: it does not buy on account.
    credit_limit_minor bigint check (credit_limit_minor >= 0),
    -- How much it owes. Orders raise it in the statement that looks at the limit.
    open_minor bigint not null default 0,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create index company_name on company (name, id);

-- Where its goods go.
create table company_location (
    id uuid primary key,
    company_id uuid not null references company (id),
    name text not null,
    address jsonb not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create index company_location_company on company_location (company_id, id);

-- Who buys for it.
create table company_buyer (
    company_id uuid not null references company (id),
    customer_id uuid not null references customer (id),
    role text not null check (role in ('BUYER', 'MANAGER')),
    -- Whether they buy for it at present, rather than for themselves or for another.
    chosen boolean not null,
    added_at timestamptz not null,
    primary key (company_id, customer_id)
);
create index company_buyer_customer on company_buyer (customer_id, company_id);
create unique index company_buyer_chosen on company_buyer (customer_id) where chosen;

-- What groups and companies pay.
create table catalog (
    id uuid primary key,
    name text not null,
    note text,
    -- Of the shop's prices, where none is fixed: hundredths of a percent, negative for less.
    adjustment_basis_points integer not null check (adjustment_basis_points between -10000 and 100000),
    -- Whether its prices are shown without the tax.
    net_prices boolean not null,
    goods text not null check (goods in ('ALL', 'LISTED')),
    -- Where its prices count; null: wherever the shop sells.
    currency text check (length(currency) = 3),
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create index catalog_name on catalog (name, id);

create table catalog_group (
    catalog_id uuid not null references catalog (id),
    group_id uuid not null references customer_group (id),
    primary key (catalog_id, group_id)
);
create index catalog_group_group on catalog_group (group_id);

create table catalog_company (
    catalog_id uuid not null references catalog (id),
    company_id uuid not null references company (id),
    primary key (catalog_id, company_id)
);
create index catalog_company_company on catalog_company (company_id);

-- What one unit costs from so many on.
create table catalog_price (
    catalog_id uuid not null references catalog (id),
    variant_id uuid not null references variant (id),
    currency text not null check (length(currency) = 3),
    from_quantity integer not null check (from_quantity >= 1),
    amount_minor bigint not null check (amount_minor >= 0),
    primary key (catalog_id, variant_id, currency, from_quantity)
);
create index catalog_price_variant on catalog_price (variant_id);

-- How many units are ordered at once.
create table catalog_quantity (
    catalog_id uuid not null references catalog (id),
    variant_id uuid not null references variant (id),
    minimum integer not null check (minimum >= 1),
    maximum integer check (maximum >= minimum),
    step integer not null check (step >= 1),
    primary key (catalog_id, variant_id)
);
create index catalog_quantity_variant on catalog_quantity (variant_id);

create table catalog_product (
    catalog_id uuid not null references catalog (id),
    product_id uuid not null references product (id),
    -- Whether it is sold by this catalog although it is a draft to everybody else.
    exclusive boolean not null,
    primary key (catalog_id, product_id)
);
create index catalog_product_product on catalog_product (product_id);

-- What everybody pays for one unit from so many on.
create table quantity_price (
    variant_id uuid not null references variant (id),
    currency text not null check (length(currency) = 3),
    from_quantity integer not null check (from_quantity >= 2),
    amount_minor bigint not null check (amount_minor >= 0),
    primary key (variant_id, currency, from_quantity)
);
