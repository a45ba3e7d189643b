-- Files of operations that jobs run line by line, and tables of the shop that jobs write.

create table bulk_operation (
    id uuid primary key,
    status text not null check (status in ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
    dry_run boolean not null,
    file_name text not null,
    -- Names the file in the store of objects.
    storage_key uuid not null,
    byte_size bigint not null,
    line_count bigint not null,
    -- Where the next line begins, and how many lines are done.
    byte_offset bigint not null,
    lines_done bigint not null,
    succeeded bigint not null,
    failed bigint not null,
    -- As the ledgers name whoever started it.
    actor text not null,
    staff_member_id uuid references staff_member (id),
    app_id uuid references app (id),
    -- What prices without a currency are in.
    currency text not null,
    error text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz
);
create index bulk_operation_by_status on bulk_operation (status, updated_at);
create index bulk_operation_by_creation on bulk_operation (created_at);

create table bulk_result (
    bulk_operation_id uuid not null references bulk_operation (id),
    line bigint not null,
    ok boolean not null,
    result text not null,
    primary key (bulk_operation_id, line)
);

create table data_export (
    id uuid primary key,
    kind text not null check (kind in ('PRODUCTS', 'CUSTOMERS', 'ORDERS', 'STOCK')),
    status text not null check (status in ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
    -- Names its pieces in the store of objects.
    storage_key uuid not null,
    pieces bigint not null,
    byte_size bigint not null,
    -- Which columns it has.
    layout jsonb not null,
    -- What was written last.
    cursor uuid,
    things_done bigint not null,
    things_total bigint not null,
    actor text not null,
    staff_member_id uuid references staff_member (id),
    app_id uuid references app (id),
    currency text not null,
    error text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz
);
create index data_export_by_status on data_export (status, updated_at);
create index data_export_by_creation on data_export (created_at);
