-- What was left of the catalogue. It only adds.

-- Products that a collection is to hold as soon as they are there: a file of the shop names goods before they come.
create table collection_awaited (
    collection_id uuid not null references collection (id),
    slug text not null,
    position integer not null,
    primary key (collection_id, slug)
);
create index collection_awaited_by_slug on collection_awaited (slug);
