-- What a message in the shop is about, and what an idempotency key belongs to: a thing of any kind, by its
-- public id ('ord_…', 'var_…'). Rows of earlier versions have none: they are about their order.
alter table notification add column subject text;
alter table idempotency_key add column subject text;
