//! Which orders wait for their invoice.

use vitrine_entity::ids::OrderId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[ExpectedJob {
    waits: "an order without its invoice",
    waiting: "select o.id as id, o.id as order_id from document_settings s join orders o on o.placed_at >= s.automatic_since \
              where o.updated_at < $1 and (o.status = 'DISPATCHED' \
              or (s.invoice_at = 'PAYMENT' and o.status = 'CONFIRMED')) \
              and not exists (select 1 from document d where d.order_id = o.id and d.kind = 'INVOICE')",
    job: |id| Job::MakeDocuments { order: OrderId(id) },
}];
