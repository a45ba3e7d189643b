//! Which orders wait for their invoice, for another one since they were changed, or for a credit note.

use vitrine_entity::ids::OrderId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[
    ExpectedJob {
        waits: "an order without its invoice",
        waiting: "select o.id as id, o.id as order_id from document_settings s join orders o on o.placed_at >= s.automatic_since \
                  where o.updated_at < $1 and (o.status = 'DISPATCHED' \
                  or (s.invoice_at = 'PAYMENT' and o.status = 'CONFIRMED')) \
                  and not exists (select 1 from document d where d.order_id = o.id and d.kind = 'INVOICE')",
        job: |id| Job::MakeDocuments { order: OrderId(id) },
    },
    // What was paid back as the first invoice was made: not every process knew yet that there are any. Parts that come later
    // are told of by the entry of the timeline that they have. SQLite goes through the fewer rows first by `cross join`.
    ExpectedJob {
        waits: "a refund without its credit note",
        waiting: "select distinct i.order_id as id, i.order_id as order_id from order_refund f \
                  cross join document i where i.order_id = f.order_id and i.kind = 'INVOICE' \
                  and f.created_at < $1 and f.amount_minor > 0 \
                  and not exists (select 1 from document c where c.kind = 'CREDIT_NOTE' and c.subject_id = f.id) \
                  and exists (select 1 from refund_share s left join refund r on r.id = s.refund_id \
                    where s.order_refund_id = f.id and (s.refund_id is null or r.status = 'SUCCEEDED')) \
                  and not exists (select 1 from order_version v where v.refund_id = f.id) \
                  and (select sum(case c.kind when 'INVOICE' then c.total_minor when 'CREDIT_NOTE' then -c.total_minor end) \
                    from document c where c.order_id = i.order_id) > 0",
        job: |id| Job::MakeDocuments { order: OrderId(id) },
    },
    ExpectedJob {
        waits: "a cancelled order without its credit note",
        waiting: "select o.id as id, o.id as order_id from orders o \
                  where o.status = 'CANCELLED' and o.updated_at < $1 \
                  and (select sum(case c.kind when 'INVOICE' then c.total_minor when 'CREDIT_NOTE' then -c.total_minor end) \
                    from document c where c.order_id = o.id) > 0",
        job: |id| Job::MakeDocuments { order: OrderId(id) },
    },
    ExpectedJob {
        waits: "an order that was changed without its new invoice",
        waiting: "select o.id as id, o.id as order_id from order_version v join orders o on o.id = v.order_id \
              where v.changes_invoice and o.updated_at < $1 and o.status in ('CONFIRMED', 'DISPATCHED', 'COMPLETED') \
              and not exists (select 1 from order_version l where l.order_id = v.order_id and l.changes_invoice \
                and l.number > v.number) \
              and exists (select 1 from document d where d.order_id = o.id and d.kind = 'INVOICE') \
              and not exists (select 1 from document d where d.kind = 'INVOICE' and d.subject_id = v.id)",
        job: |id| Job::MakeDocuments { order: OrderId(id) },
    },
];
