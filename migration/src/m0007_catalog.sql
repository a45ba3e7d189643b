-- The catalogue in the hands of staff: categories, collections by hand and by rule, slugs that change,
-- related products, and products that can be taken away and brought back. It only adds.

-- What is deleted stays, and can be restored. Its slug is free for others meanwhile: `slug` holds a name
-- that no address can have, and `deleted_slug` the one to come back to.
alter table product add column deleted_at timestamptz;
alter table product add column deleted_slug text;
-- What it was when it was deleted; a deleted product is archived, so that nothing shows or sells it.
alter table product add column deleted_status text;
-- The deleted category from whose place it was moved, to which it returns if that is restored.
alter table product add column category_before uuid references category (id);
create index product_by_category_before on product (category_before, id);

alter table category add column version bigint not null default 1;
alter table category add column seo_title text;
alter table category add column seo_description text;
alter table category add column picture_source text;
alter table category add column picture_alt text;
alter table category add column updated_at timestamptz;
alter table category add column deleted_at timestamptz;
alter table category add column deleted_slug text;
-- Where its products went when it was deleted.
alter table category add column products_to uuid references category (id);

alter table collection add column version bigint not null default 1;
alter table collection add column published boolean not null default true;
-- What belongs to it by itself; null where its products are picked by hand.
alter table collection add column rule jsonb;
alter table collection add column seo_title text;
alter table collection add column seo_description text;
alter table collection add column picture_source text;
alter table collection add column picture_alt text;
alter table collection add column updated_at timestamptz;
alter table collection add column deleted_at timestamptz;
alter table collection add column deleted_slug text;

create index collection_product_by_position on collection_product (collection_id, position, product_id);

-- Changes of the tree, of the set of collections, and of redirects follow each other: each first takes its row.
create table catalog_turn (
    name text primary key,
    taken bigint not null
);
insert into catalog_turn (name, taken) values ('categories', 0), ('collections', 0), ('redirects', 0);

-- The slugs that a thing had before, by which it is still found. They name the thing and not its next slug,
-- so that they form no chain.
create table slug_redirect (
    kind text not null check (kind in ('PRODUCT', 'CATEGORY', 'COLLECTION')),
    slug text not null,
    target_id uuid not null,
    created_at timestamptz not null,
    primary key (kind, slug)
);

-- Redirects that staff wrote: from a path of the storefront to a path or an address.
create table url_redirect (
    id uuid primary key,
    path text not null,
    target text not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create unique index url_redirect_by_path on url_redirect (path) where deleted_at is null;

create table product_relation (
    product_id uuid not null references product (id),
    kind text not null check (kind in ('RELATED', 'COMPLEMENTARY')),
    related_id uuid not null references product (id),
    position integer not null,
    primary key (product_id, kind, related_id)
);
