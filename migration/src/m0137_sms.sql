-- Text messages to mobile phones about orders: what somebody said to them, and when, never changed; and what became of each.
create table order_sms_consent (
    id uuid primary key,
    order_id uuid not null references orders (id),
    granted boolean not null,
    -- E.164: `+` and digits.
    phone text not null,
    wording text not null,
    source text not null check (source in ('ORDER', 'STAFF', 'PROVIDER')),
    created_at timestamptz not null
);
create index order_sms_consent_of_order on order_sms_consent (order_id, id);

-- One for each entry of an order's timeline of which a message tells: it is sent once.
create table order_sms (
    order_id uuid not null references orders (id),
    event bigint not null,
    -- Which claim of its job is sending it, or was the last to.
    fence bigint not null,
    state text not null check (state in ('SENDING', 'WAITING', 'SENT', 'FAILED', 'UNKNOWN')),
    -- What the provider calls it.
    provider_id text,
    -- Why it was not sent, in the provider's words.
    failure text,
    -- How often staff had it sent again.
    resends integer not null default 0,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (order_id, event)
);
