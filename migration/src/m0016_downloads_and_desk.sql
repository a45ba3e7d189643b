-- Mails of orders that staff sent again, and files that are sold.

create table order_mail_resend (
    id uuid primary key,
    order_id uuid not null references orders (id),
    -- The entry of the order's timeline of which the mail tells.
    event bigint not null,
    created_by text not null,
    created_at timestamptz not null
);
create index order_mail_resend_by_order on order_mail_resend (order_id, created_at);

-- What whoever buys a variant may fetch. A file that was deleted stays as long as an order names it.
create table variant_file (
    id uuid primary key,
    variant_id uuid not null references variant (id),
    name text not null,
    -- How often and for how many days it may be fetched; without a bound where there is none.
    fetches_max integer check (fetches_max > 0),
    days integer check (days > 0),
    -- The upload as which it came, which names the object in the store.
    upload_id uuid not null unique,
    mime_type text not null,
    byte_size bigint not null check (byte_size > 0),
    -- Grows when other content takes the place of what was there.
    content_version bigint not null,
    position integer not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create index variant_file_by_variant on variant_file (variant_id, position);

-- What of an order may be fetched, how often and until when.
create table order_download (
    id uuid primary key,
    order_id uuid not null references orders (id),
    order_line_id uuid not null references order_line (id),
    file_id uuid not null references variant_file (id),
    remaining integer check (remaining >= 0),
    expires_at timestamptz,
    -- When it was last fetched, and how many parts were fetched since that did not count.
    fetched_at timestamptz,
    parts integer not null,
    created_at timestamptz not null,
    unique (order_line_id, file_id)
);
create index order_download_by_order on order_download (order_id, id);
create index order_download_by_file on order_download (file_id);
