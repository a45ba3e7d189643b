-- What was left of the catalogue. It only adds.

-- Products that a collection is to hold as soon as they are there: a file of the shop names goods before they come.
create table collection_awaited (
    collection_id uuid not null references collection (id),
    slug text not null,
    position integer not null,
    primary key (collection_id, slug)
);
create index collection_awaited_by_slug on collection_awaited (slug);

-- What the price per unit of an order's line was computed from, as it was when it was sold.
alter table order_line add column unit_measurement jsonb;

-- Metafields that were deleted, to be restored. The newest of a name.
create table metafield_deleted (
    owner text not null,
    namespace text not null,
    key text not null,
    kind text not null,
    value text not null,
    public boolean not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz not null,
    primary key (owner, namespace, key)
);

-- Named values of variants, as products have them.
create table variant_attribute (
    variant_id uuid not null references variant (id),
    product_id uuid not null references product (id),
    name text not null,
    value text not null,
    number_micro bigint,
    position integer not null,
    primary key (variant_id, name, value)
);
create index variant_attribute_by_product on variant_attribute (product_id);
create index variant_attribute_by_value on variant_attribute (name, value, product_id);
create index variant_attribute_by_number on variant_attribute (name, number_micro);
