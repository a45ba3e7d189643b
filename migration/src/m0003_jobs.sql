-- Jobs that are found by what they are about, rows that wait for one, and what is forgotten.

-- The order, the payment or whatever else the job names.
alter table outbox add column subject uuid;
-- When `run_at` was written, by the clock of whoever wrote it.
alter table outbox add column scheduled_at timestamptz;
create index outbox_by_subject on outbox (subject);
-- What waits for its job, among very many that do not.
create index capture_requested on capture (id) where status = 'REQUESTED';
create index refund_requested on refund (id) where status = 'REQUESTED';
-- What is forgotten after a while.
create index cart_of_guest on cart (updated_at) where customer_id is null and order_id is null;
create index provider_event_by_time on provider_event (received_at);
