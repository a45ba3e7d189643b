-- How many days before a gift card's or store credit's time is over its owner is reminded. Null: not at all.
alter table shop_settings add column credit_reminder_days integer check (credit_reminder_days between 1 and 365);
-- Of which expiry its owner was reminded.
alter table credit_account add column reminded_for timestamptz;

-- What of the books of credit did not agree when the shop looked: once for each thing, until it is decided or gone.
create table credit_finding (
    id uuid primary key,
    kind text not null check (kind in ('BALANCE', 'PAID', 'RETURNED')),
    -- The account's id, or the order's.
    subject uuid not null,
    noted_minor bigint not null,
    entries_minor bigint not null,
    status text not null check (status in ('OPEN', 'DISMISSED', 'SETTLED')),
    decided_by text,
    -- Why it was left.
    note text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create unique index credit_finding_open on credit_finding (kind, subject) where status = 'OPEN';
create index credit_finding_by_status on credit_finding (status, id);
create index credit_finding_by_subject on credit_finding (kind, subject, id);
