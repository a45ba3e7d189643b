-- Files of products that staff send, and that jobs import: first to be looked at, then written.
create table product_import (
    id uuid primary key,
    status text not null check (status in ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
    -- Whether staff only want to know what would be done.
    dry_run boolean not null,
    -- Whether products are written. Null until the file was read; false, too, where something is wrong with it.
    writes boolean,
    file_name text not null,
    -- Names the file in the store of objects.
    storage_key uuid not null,
    byte_size bigint not null,
    -- Null until the file was read.
    products_total bigint,
    products_done bigint not null,
    created_count bigint not null,
    updated_count bigint not null,
    unchanged_count bigint not null,
    pictures_count bigint not null,
    -- Errors, of which `problems` has the first, beside warnings.
    error_count bigint not null,
    problems jsonb not null,
    -- As the ledgers name whoever began it.
    actor text not null,
    staff_member_id uuid references staff_member (id),
    app_id uuid references app (id),
    -- What prices are in.
    currency text not null,
    error text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz
);
create index product_import_by_status on product_import (status, updated_at);
create index product_import_by_creation on product_import (created_at);
