-- What the shop takes off. Whatever changes with every order (how often it is used) stands apart: carts are priced by these
-- rows, which every process keeps in memory.
create table discount (
    id uuid primary key,
    title text not null,
    method text not null check (method in ('CODE', 'AUTOMATIC')),
    active boolean not null,
    effect jsonb not null,
    conditions jsonb not null,
    combines_with jsonb not null,
    priority integer not null,
    starts_at timestamptz,
    ends_at timestamptz,
    usage_limit bigint check (usage_limit > 0),
    usage_limit_per_customer bigint check (usage_limit_per_customer > 0),
    usage_limit_per_code bigint check (usage_limit_per_code > 0),
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);

-- By one statement that counts and checks. Of a discount without a limit nothing is counted: its orders need not wait for
-- each other.
create table discount_tally (
    discount_id uuid primary key references discount (id),
    used bigint not null check (used >= 0)
);

create table discount_code (
    id uuid primary key,
    discount_id uuid not null references discount (id),
    code text not null unique,
    active boolean not null,
    used bigint not null check (used >= 0),
    created_at timestamptz not null
);
create index discount_code_of_discount on discount_code (discount_id, id);

create table discount_customer (
    discount_id uuid not null references discount (id),
    -- A customer's id, or what their mail address is known by.
    person text not null,
    used bigint not null check (used >= 0),
    primary key (discount_id, person)
);
create index discount_customer_by_person on discount_customer (person);

-- That an order has a discount. What counts is what was not released.
create table discount_redemption (
    id uuid primary key,
    discount_id uuid not null references discount (id),
    discount_code_id uuid references discount_code (id),
    order_id uuid not null references orders (id),
    -- By whom it was counted: an order of a guest may be an account's later.
    customer_id uuid,
    mail_key text,
    currency text not null check (length(currency) = 3),
    amount_minor bigint not null check (amount_minor > 0),
    redeemed_at timestamptz not null,
    released_at timestamptz
);
create unique index discount_redemption_of_order on discount_redemption (order_id, discount_id);
create index discount_redemption_of_discount on discount_redemption (discount_id, redeemed_at, id);
create index discount_redemption_of_code on discount_redemption (discount_code_id, redeemed_at)
    where discount_code_id is not null;

alter table cart add column discount_codes jsonb not null default '[]';

alter table order_adjustment add column discount_id uuid;
alter table order_adjustment add column discount_code_id uuid;
