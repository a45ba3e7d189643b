-- Lines of one gift card for several people are lines of their own: `detail` tells them apart. SQLite takes no constraint away,
-- so that the table is made again.
create table cart_line_in_detail (
    id uuid primary key,
    cart_id uuid not null references cart (id),
    variant_id uuid not null references variant (id),
    quantity integer not null check (quantity > 0),
    seen_price_minor bigint not null,
    created_at timestamptz not null,
    attributes jsonb not null default '[]',
    detail text not null default '',
    unique (cart_id, variant_id, detail)
);
insert into cart_line_in_detail (id, cart_id, variant_id, quantity, seen_price_minor, created_at, attributes)
    select id, cart_id, variant_id, quantity, seen_price_minor, created_at, attributes from cart_line;
drop table cart_line;
alter table cart_line_in_detail rename to cart_line;
