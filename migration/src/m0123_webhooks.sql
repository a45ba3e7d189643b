-- Who is sent events by HTTP, and what became of it.
create table webhook_endpoint (
    id uuid primary key,
    url text not null,
    description text not null,
    -- The types of events by their names; all of them where it is empty.
    event_types jsonb not null,
    enabled boolean not null,
    disabled_because text check (disabled_because in ('STAFF', 'FAILING', 'GONE')),
    disabled_at timestamptz,
    -- Its secret follows from its id, this number, and the signing secret whose fingerprint stands here.
    secret_number bigint not null check (secret_number > 0),
    secret_fingerprint bytea not null,
    -- The one before, which signs as well until then.
    previous_secret_number bigint,
    previous_secret_fingerprint bytea,
    previous_secret_until timestamptz,
    -- How many sendings in a row have failed, since when, and until when nothing is sent.
    failures integer not null check (failures >= 0),
    failing_since timestamptz,
    paused_until timestamptz,
    delivered_at timestamptz,
    created_by text not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);

create table webhook_delivery (
    id uuid primary key,
    endpoint_id uuid not null references webhook_endpoint (id),
    event_id uuid not null references event (id),
    cause text not null check (cause in ('EVENT', 'REPLAY', 'PING')),
    state text not null check (state in ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED')),
    attempts integer not null check (attempts >= 0),
    next_attempt_at timestamptz not null,
    -- Until when a worker is believed to be sending it.
    claimed_until timestamptz,
    -- Of the last attempt: the answer's status, or why there was none.
    response_status integer,
    error text,
    created_at timestamptz not null,
    finished_at timestamptz
);
create unique index webhook_delivery_once on webhook_delivery (endpoint_id, event_id) where cause = 'EVENT';
create index webhook_delivery_of_endpoint on webhook_delivery (endpoint_id, id);
create index webhook_delivery_state on webhook_delivery (endpoint_id, state, id);
create index webhook_delivery_of_event on webhook_delivery (event_id, endpoint_id);
create index webhook_delivery_due on webhook_delivery (endpoint_id, next_attempt_at) where state = 'PENDING';
create index webhook_delivery_created on webhook_delivery (created_at, id);
create index webhook_delivery_waits on webhook_delivery (created_at) where state = 'PENDING';

create table webhook_attempt (
    delivery_id uuid not null references webhook_delivery (id),
    number integer not null check (number > 0),
    attempted_at timestamptz not null,
    duration_ms bigint not null check (duration_ms >= 0),
    response_status integer,
    error text,
    -- The beginning of the answer.
    response_body text,
    primary key (delivery_id, number)
);

insert into catalog_turn (name, taken) values ('webhook_endpoints', 0);
