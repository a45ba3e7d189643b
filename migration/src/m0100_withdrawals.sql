-- What consumers declare who withdraw from a contract (directive 2011/83/EU, article 11a), what the shop made of it, and how
-- long they may. What was declared never changes.
create table withdrawal (
    id uuid primary key,
    -- What people read and say: `W-7K3M-9QXT`.
    number text not null unique,
    -- Null while nobody knows which order is meant.
    order_id uuid references orders (id),
    -- As they were declared.
    order_number text not null,
    name text not null,
    email text not null,
    -- The language of the statement.
    locale text not null,
    -- The wording that was confirmed, and its SHA-256, which stays when the wording is forgotten.
    statement text not null,
    statement_sha256 bytea not null,
    whole_order boolean not null,
    -- Which goods, in the shopper's words.
    details text,
    received_at timestamptz not null,
    created_by text not null,
    -- The shop's text on withdrawal under which the order was placed, and the SHA-256 of what it said.
    page_version_id uuid references page_version (id),
    policy_sha256 bytea,
    -- What follows from the rules; null until the job has looked.
    judgement text check (judgement in ('IN_TIME', 'LATE', 'NOT_ENTITLED', 'UNMATCHED')),
    -- From when the period counts and why then, and when it ends; null while it has not begun.
    counted_from timestamptz,
    basis text check (basis in ('DELIVERED', 'SENT', 'NOT_SENT', 'CONCLUDED')),
    ends_at timestamptz,
    status text not null check (status in ('RECEIVED', 'ACCEPTED', 'REFUSED')),
    -- Why it was refused, as the shopper reads it.
    refusal text,
    event_count bigint not null,
    version bigint not null,
    updated_at timestamptz not null
);
create index withdrawal_of_order on withdrawal (order_id, id) where order_id is not null;
create index withdrawal_status on withdrawal (status, id);
create index withdrawal_email on withdrawal (lower(email));
create index withdrawal_text on withdrawal (page_version_id) where page_version_id is not null;
create index withdrawal_unjudged on withdrawal (received_at) where judgement is null;

-- From which goods somebody withdraws: none of a statement that is of no known order.
create table withdrawal_line (
    withdrawal_id uuid not null references withdrawal (id),
    order_line_id uuid not null references order_line (id),
    position integer not null,
    quantity integer not null check (quantity > 0),
    -- Why the goods were exempt when the statement came.
    exempt text check (exempt in ('MADE_TO_ORDER', 'PERISHABLE', 'HYGIENE', 'SEALED_MEDIA', 'OTHER_REASON')),
    primary key (withdrawal_id, order_line_id)
);
create index withdrawal_line_of on withdrawal_line (order_line_id);

-- Append-only: what became of a statement, in the order of its number, without gaps.
create table withdrawal_event (
    withdrawal_id uuid not null references withdrawal (id),
    number bigint not null check (number > 0),
    kind text not null,
    data jsonb not null,
    actor text not null,
    created_at timestamptz not null,
    primary key (withdrawal_id, number)
);

-- The return by which withdrawn goods come back.
alter table order_return add column withdrawal_id uuid references withdrawal (id);
create index order_return_withdrawal on order_return (withdrawal_id) where withdrawal_id is not null;

-- For how many days after they have the goods shoppers may withdraw (0: no such right there), in place of that by the ids of
-- markets, and after how many days goods count as delivered whose carrier does not tell.
alter table return_policy add column withdrawal_days integer not null default 14 check (withdrawal_days between 0 and 3650);
alter table return_policy add column withdrawal_market_days jsonb not null default '{}';
alter table return_policy add column delivery_margin_days integer not null default 14
    check (delivery_margin_days between 0 and 365);
