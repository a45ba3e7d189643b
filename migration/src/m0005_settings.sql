-- What the shop is. The configuration's section [shop] makes the row at the first start; from then on staff change it.
create table shop_settings (
    only_row integer primary key check (only_row = 1),
    version bigint not null,
    -- Whose goods these are: NEW while nobody has said, DEMO, or OWN.
    kind text not null check (kind in ('NEW', 'DEMO', 'OWN')),
    name text not null,
    country text not null,
    currency text not null,
    -- The first is the default.
    languages jsonb not null,
    prices_include_tax boolean not null,
    time_zone text not null,
    -- 1 is Monday, 7 is Sunday.
    working_days jsonb not null,
    closed_on jsonb not null,
    shipping_tax text not null check (shipping_tax in ('OWN_RATE', 'PROPORTIONAL', 'HIGHEST')),
    tax_abroad text not null check (tax_abroad in ('KEEP', 'REMOVE')),
    contact_email text,
    address jsonb,
    vat_number text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

-- Where stock lies, and where goods may be picked up.
alter table location add column address jsonb;
alter table location add column active boolean not null default true;
alter table location add column pickup boolean not null default false;
alter table location add column pickup_instructions text;
alter table location add column opening_hours text;
alter table location add column version bigint not null default 1;
alter table location add column deleted_at timestamptz;

-- What the demo put into this shop, by public id, so that it can be taken away again.
create table demo_thing (
    thing text primary key
);

-- The name is what people and files know a location by.
create unique index location_by_name on location (name) where deleted_at is null;
