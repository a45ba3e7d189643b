-- Customers who have something in common: prices and discounts go by it.
create table customer_group (
    id uuid primary key,
    name text not null,
    -- What files and programs call it.
    code text not null,
    note text,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);

create unique index customer_group_code on customer_group (code) where deleted_at is null;
create index customer_group_name on customer_group (name, id);

create table customer_group_member (
    group_id uuid not null references customer_group (id),
    customer_id uuid not null references customer (id),
    added_at timestamptz not null,
    primary key (group_id, customer_id)
);

-- What somebody's prices go by.
create index customer_group_member_customer on customer_group_member (customer_id, group_id);
