-- What staff write about orders among themselves, and by what they find one.

create table order_note (
    id uuid primary key,
    order_id uuid not null references orders (id),
    -- Who wrote it, as timelines name them.
    author text not null,
    text text not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create index order_note_by_order on order_note (order_id, id);

create table order_tag (
    order_id uuid not null references orders (id),
    tag text not null,
    primary key (order_id, tag)
);
create index order_tag_by_tag on order_tag (tag, order_id);

-- Number, mail address, names, SKUs and titles without case and accents. An order that a server of the version
-- before has placed has no row for a while.
create table order_search (
    order_id uuid primary key references orders (id),
    words text not null
);

create index orders_by_email on orders (email, id);
create index orders_by_time on orders (placed_at, id);
create index orders_by_total on orders (total_minor, id);
create index order_line_by_sku on order_line (sku, order_id);
