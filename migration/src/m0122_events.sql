-- What happened in the shop, for others: written with what it tells of, and only where somebody wants to know.
create table event (
    id uuid primary key,
    type text not null,
    -- Of what `data` holds.
    version integer not null check (version > 0),
    -- The public id of what it is about.
    subject text not null,
    -- Its place among the events of its subject, where these have an order.
    sequence bigint,
    data jsonb not null,
    -- Whose it is, until they are erased.
    customer_id uuid,
    occurred_at timestamptz not null,
    correlation_id text not null,
    -- When it was looked at who is to be sent it.
    published_at timestamptz,
    awaits_stream boolean not null
);
create index event_unpublished on event (id) where published_at is null;
create index event_for_stream on event (id) where awaits_stream;
create index event_time on event (occurred_at, id);
create index event_customer on event (customer_id) where customer_id is not null;
create index event_subject on event (subject, id);
