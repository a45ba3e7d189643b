-- Browsers that are told of an order by web push.
create table push_subscription (
    id uuid primary key,
    order_id uuid not null references orders (id),
    -- Where their push service takes messages: whoever knows it may send.
    endpoint text not null,
    -- The browser's public key and shared secret, in base64url.
    p256dh text not null,
    auth text not null,
    -- The shop's public key under which it was made: messages are signed by that one.
    sender_key text not null,
    created_at timestamptz not null,
    unique (order_id, endpoint)
);
