-- What pages and lists of a large shop read by, and a count of what is listed.

-- A page reads the pictures of its variants; without an index those of the whole catalogue.
create index picture_by_variant on picture (variant_id);
-- What lies at a location is listed and indexed anew by it.
create index stock_by_location on stock (location_id, variant_id);
create index stock_transfer_by_origin on stock_transfer (origin_id, id);
create index stock_transfer_by_destination on stock_transfer (destination_id, id);
create index capture_by_order on capture (order_id);

-- Staff list what is of any status, too.
create index product_by_any_title on product (title, id);
create index collection_by_order on collection (position, id);
create index media_import_by_outcome on media_import (state, id);
-- Of few variants it is told that little is left.
create index variant_watched on variant (id) where low_stock_threshold is not null;

-- How many active products have a listing row: by currency, category and whether they can be had. Their sum is what
-- counts; there may be several rows of one kind, of which some take away. Triggers keep it, in the transaction of
-- what changes.
create table product_count (
    currency text not null,
    category_id uuid,
    in_stock boolean not null,
    products bigint not null
);
create index product_count_by_currency on product_count (currency, category_id);
insert into product_count (currency, category_id, in_stock, products)
    select l.currency, p.category_id, l.in_stock, count(*)
    from product_listing l join product p on p.id = l.product_id
    where p.status = 'ACTIVE' group by l.currency, p.category_id, l.in_stock;
-- Whoever counts anew does so in turn.
insert into catalog_turn (name, taken) values ('product_counts', 0);

-- The search index of an embedded shop lies beside its database: what is marked otherwise is another's.
create table search_mark (
    name text primary key,
    mark text not null
);
