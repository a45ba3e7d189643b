-- The order that a job is about, so that nobody has to work it out from the job.
alter table outbox add column order_id uuid;
update outbox set order_id = coalesce(
    (select id from orders where orders.id = outbox.subject),
    (select order_id from payment where payment.id = outbox.subject),
    (select order_id from capture where capture.id = outbox.subject),
    (select order_id from refund where refund.id = outbox.subject),
    (select order_id from reconciliation_finding where reconciliation_finding.id = outbox.subject)
) where subject is not null;
create index outbox_by_order on outbox (order_id, id) where order_id is not null;
