alter table idempotency_key alter column order_id drop not null;
