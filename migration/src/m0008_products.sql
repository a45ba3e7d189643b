-- Products and variants in part, typed attributes, metafields, swatches, prices per unit, product safety, videos.

-- A variant that staff deleted: orders go on naming it. Its SKU is free for others (`sku` is its own id from
-- then on), and it has it back, with its switch, when it is restored.
alter table variant add column deleted_at timestamptz;
alter table variant add column deleted_sku text;
alter table variant add column deleted_active boolean;
create index variant_by_barcode on variant (barcode) where barcode is not null;

-- What a price per unit is computed from: how much is in it, and how much the price is told for.
alter table variant add column unit_measurement jsonb;

-- How an option's value is shown: as a colour, or as a picture.
create table product_option_swatch (
    product_id uuid not null references product (id),
    name text not null,
    value text not null,
    colour text,
    image_source text,
    primary key (product_id, name, value)
);

-- What a named value of a product must be. A name that is not defined is free text.
create table attribute_definition (
    id uuid primary key,
    key text not null,
    name text not null,
    kind text not null check (kind in ('TEXT', 'NUMBER', 'NUMBER_WITH_UNIT', 'BOOLEAN', 'DATE', 'COLOUR', 'REFERENCE')),
    is_list boolean not null,
    -- Of a number with a unit: the one that values are kept and shown in.
    unit text,
    -- Of a reference: what it may lead to.
    reference_kind text check (reference_kind in ('PRODUCT', 'VARIANT', 'CATEGORY', 'COLLECTION')),
    filterable boolean not null,
    visible boolean not null,
    position integer not null,
    -- Ids of the categories whose products have it, with all beneath them; empty for every product.
    categories jsonb not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create unique index attribute_definition_by_key on attribute_definition (key) where deleted_at is null;
create unique index attribute_definition_by_name on attribute_definition (name) where deleted_at is null;

-- The values that an attribute may have, where they are given; none where any will do.
create table attribute_choice (
    definition_id uuid not null references attribute_definition (id),
    value text not null,
    position integer not null,
    colour text,
    image_source text,
    primary key (definition_id, value)
);

-- A number in millionths, in the unit of its definition, for filters by range; null for what is no number.
alter table product_attribute add column number_micro bigint;
-- Its place among the values of one name.
alter table product_attribute add column position integer not null default 0;
create index product_attribute_by_number on product_attribute (name, number_micro, product_id)
    where number_micro is not null;

-- What apps keep with a thing of the shop. `owner` is an id in its public form.
create table metafield (
    owner text not null,
    namespace text not null,
    key text not null,
    kind text not null check (kind in ('TEXT', 'PARAGRAPH', 'INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'DATE_TIME',
        'COLOUR', 'URL', 'JSON')),
    value text not null,
    public boolean not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (owner, namespace, key)
);

-- Who makes a product, or answers for it in the EU (Regulation 2023/988).
create table economic_operator (
    id uuid primary key,
    name text not null,
    postal_address text not null,
    electronic_address text not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);

create table product_safety (
    product_id uuid primary key references product (id),
    manufacturer_id uuid references economic_operator (id),
    responsible_person_id uuid references economic_operator (id),
    warnings text
);
create index product_safety_by_manufacturer on product_safety (manufacturer_id);
create index product_safety_by_responsible_person on product_safety (responsible_person_id);

create table product_video (
    id uuid primary key,
    product_id uuid not null references product (id),
    position integer not null,
    address text not null,
    title text not null,
    thumbnail_source text
);
create index product_video_by_product on product_video (product_id, position);
