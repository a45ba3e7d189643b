-- What the shop says of itself: pages, among them its policies, and menus.

create table page (
    id uuid primary key,
    kind text not null check (kind in ('PAGE', 'IMPRINT', 'TERMS', 'PRIVACY', 'WITHDRAWAL', 'SHIPPING')),
    handle text not null,
    published boolean not null,
    version bigint not null,
    -- The number of its newest text.
    number integer not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create unique index page_by_handle on page (handle) where deleted_at is null;
-- A policy is there once.
create unique index page_by_kind on page (kind) where deleted_at is null and kind <> 'PAGE';

-- Every text that a page ever had: orders name the ones that they were placed under.
create table page_version (
    id uuid primary key,
    page_id uuid not null references page (id),
    number integer not null,
    title text not null,
    body_html text not null,
    seo_title text,
    seo_description text,
    actor text not null,
    created_at timestamptz not null,
    unique (page_id, number)
);

create table order_policy (
    order_id uuid not null references orders (id),
    page_version_id uuid not null references page_version (id),
    primary key (order_id, page_version_id)
);

create table menu (
    id uuid primary key,
    handle text not null,
    title text not null,
    items jsonb not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create unique index menu_by_handle on menu (handle) where deleted_at is null;
