-- What a key belongs to is its subject now, which need not be an order.
alter table idempotency_key alter column order_id drop not null;
