-- Catalogs that may give a price to goods that have none otherwise, and are in no list of everybody's: only of those it is asked
-- for which. Triggers add to it, and once a day whatever has none any more is taken out.
create table catalog_unlisted (
    catalog_id uuid primary key references catalog (id) on delete cascade,
    -- Grows whenever it is added again.
    noted bigint not null
);
