-- Codes that are made by a job, many at once.
create table discount_code_batch (
    id uuid primary key,
    discount_id uuid not null references discount (id),
    -- What each code begins with; may be empty.
    prefix text not null,
    -- How many letters and digits follow.
    length integer not null check (length > 0),
    quantity bigint not null check (quantity > 0),
    made bigint not null check (made >= 0 and made <= quantity),
    status text not null check (status in ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
    actor text not null,
    error text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz
);
create index discount_code_batch_of_discount on discount_code_batch (discount_id, id);
create index discount_code_batch_by_status on discount_code_batch (status, updated_at);

alter table discount_code add column batch_id uuid references discount_code_batch (id);
create index discount_code_of_batch on discount_code (batch_id, id) where batch_id is not null;

-- What a period's report and a table of all uses are read by.
create index discount_redemption_by_time on discount_redemption (redeemed_at);
create index discount_redemption_by_discount on discount_redemption (discount_id, id);
