-- Who wants to be told when a variant is back in stock.
create table stock_alert (
    id uuid primary key,
    variant_id uuid not null references variant (id),
    email text not null,
    customer_id uuid references customer (id),
    locale text not null,
    state text not null check (state in ('WAITING', 'TOLD', 'STOPPED')),
    created_at timestamptz not null,
    -- When they were told, or did not want to be any more.
    ended_at timestamptz
);
create unique index stock_alert_once on stock_alert (variant_id, email) where state = 'WAITING';
create index stock_alert_by_variant on stock_alert (variant_id, state, id);
create index stock_alert_by_email on stock_alert (email, state);
create index stock_alert_by_time on stock_alert (created_at);
