-- Where the shop sends to, for how much and how fast, and which taxes are due: as staff set it up. It only
-- adds: what a row of before lacks has the meaning that it had.

-- A zone is more than countries now: subdivisions (ISO 3166-2) and postal codes are more specific than they are.
alter table shipping_zone add column regions jsonb not null default '[]';
-- [{ "country": "DE", "codes": ["10000-19999"] }]
alter table shipping_zone add column postal_codes jsonb not null default '[]';
alter table shipping_zone add column version bigint not null default 1;
alter table shipping_zone add column deleted_at timestamptz;

alter table shipping_method add column kind text not null default 'SHIP' check (kind in ('SHIP', 'PICKUP'));
-- Where a pickup waits.
alter table shipping_method add column location_id uuid references location (id);
alter table shipping_method add column carrier text;
-- [{ "up_to": 5000, "amount_minor": 690 }], ascending; the last may be open-ended. On top of amount_minor.
alter table shipping_method add column weight_steps jsonb not null default '[]';
alter table shipping_method add column value_steps jsonb not null default '[]';
alter table shipping_method add column value_min_minor bigint;
alter table shipping_method add column value_max_minor bigint;
alter table shipping_method add column weight_min_grams bigint;
alter table shipping_method add column weight_max_grams bigint;
-- In working days: until it is handed over, and from then on.
alter table shipping_method add column handling_days integer not null default 0;
alter table shipping_method add column transit_days_min integer;
alter table shipping_method add column transit_days_max integer;
-- What is ordered at this hour of the shop's day or later counts as ordered on the next working day.
alter table shipping_method add column cutoff_hour integer;
alter table shipping_method add column refused_classes jsonb not null default '[]';
-- Empty: all that are not refused.
alter table shipping_method add column only_classes jsonb not null default '[]';
-- Whose rate its price is taxed at; the standard one's where there is none.
alter table shipping_method add column tax_category text;
alter table shipping_method add column version bigint not null default 1;
alter table shipping_method add column deleted_at timestamptz;

-- What goods need of whoever carries them, in a word of the shop's own: 'bulky', 'frozen'.
alter table variant add column shipping_class text;

-- A subdivision's rate takes the place of its country's, or comes on top of it.
alter table tax_rate add column region text;
alter table tax_rate add column on_top boolean not null default false;
-- Whether staff have looked at it.
alter table tax_rate add column confirmed boolean not null default true;
alter table tax_rate add column version bigint not null default 1;
alter table tax_rate add column deleted_at timestamptz;
drop index tax_rate_by_country;
create unique index tax_rate_by_place on tax_rate (country, coalesce(region, ''), coalesce(tax_category, ''))
    where deleted_at is null;

-- Who pays no tax.
alter table customer add column tax_exempt boolean not null default false;
alter table customer add column tax_exempt_reason text;

-- What a basket says of itself, and what the order keeps of it.
alter table cart add column tax_id jsonb;
alter table cart add column attributes jsonb not null default '[]';
alter table cart add column gift_message text;
alter table cart_line add column attributes jsonb not null default '[]';

-- Which taxes were due, at which rates, and why none where there are none.
alter table orders add column tax jsonb;
-- How it was to be sent, and when it was to arrive.
alter table orders add column delivery jsonb;
-- Whether anything of it is sent. Where not, its shipping address is the billing address or empty.
alter table orders add column ships boolean not null default true;
alter table orders add column attributes jsonb not null default '[]';
alter table orders add column gift_message text;
alter table order_line add column attributes jsonb not null default '[]';
