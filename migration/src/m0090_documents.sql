-- Invoices, credit notes and delivery notes. What they say is written once.

-- What the seller says of itself on them, how they are numbered, and when they are made. One row.
create table document_settings (
    only_row integer primary key check (only_row = 1),
    -- Names, registers, bank: what the law wants on an invoice beside the shop's address.
    seller jsonb not null,
    invoice_at text not null check (invoice_at in ('ASKED', 'PAYMENT', 'DISPATCH')),
    delivery_notes boolean not null,
    mailed boolean not null,
    -- Each kind begins its numbers so; the kinds differ.
    invoice_prefix text not null,
    credit_note_prefix text not null,
    delivery_note_prefix text not null,
    -- Whether each year begins at 1.
    numbered_by_year boolean not null,
    -- How many years after the one in which a document was made its content is kept.
    kept_years integer not null check (kept_years between 1 and 100),
    -- Since when invoices are made by themselves: no order from before gets one.
    automatic_since timestamptz,
    version bigint not null,
    updated_at timestamptz not null
);

-- The last number that was taken of a series; the row is locked from then on to the end of the transaction that writes the
-- document, so that there is no gap and no double.
create table document_series (
    kind text not null check (kind in ('INVOICE', 'CREDIT_NOTE', 'DELIVERY_NOTE')),
    -- 0: one series for all years.
    year integer not null,
    last_number bigint not null check (last_number > 0),
    primary key (kind, year)
);

create table document (
    id uuid primary key,
    kind text not null check (kind in ('INVOICE', 'CREDIT_NOTE', 'DELIVERY_NOTE')),
    number text not null unique,
    series_year integer not null,
    series_number bigint not null,
    order_id uuid not null references orders (id),
    order_number text not null,
    -- What it is of: the order, a refund, a parcel, or the invoice that was cancelled.
    subject_id uuid not null,
    -- The invoice that a credit note takes from.
    corrects_id uuid references document (id),
    issued_on date not null,
    currency text not null check (length(currency) = 3),
    tax_minor bigint not null,
    total_minor bigint not null,
    -- SHA-256 of what it says.
    content_sha256 bytea not null,
    -- JSON, as it was written. Null: it was kept as long as it had to be.
    content text,
    created_at timestamptz not null,
    unique (kind, subject_id),
    unique (kind, series_year, series_number)
);
create index document_of_order on document (order_id, id);
create index document_issued on document (issued_on, id);
create index document_kind on document (kind, id);
create index document_corrects on document (corrects_id) where corrects_id is not null;
