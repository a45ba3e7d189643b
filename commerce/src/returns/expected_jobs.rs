//! Which returns wait for a job.

use vitrine_entity::ids::{OrderId, RefundId};

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[
    ExpectedJob {
        waits: "a return whose refund has failed",
        waiting: "select r.id as id, r.order_id as order_id from refund r join refund_share s on s.refund_id = r.id \
                  join order_return_refund t on t.order_refund_id = s.order_refund_id \
                  where r.status = 'FAILED' and r.updated_at < $1 and t.failed_minor < (select sum(f.amount_minor) \
                  from refund_share f join refund x on x.id = f.refund_id \
                  where f.order_refund_id = t.order_refund_id and x.status = 'FAILED')",
        job: |id| Job::ReopenReturn { refund: RefundId(id) },
    },
    ExpectedJob {
        waits: "an exchange of which the rest is to be paid",
        waiting: "select o.id as id, o.id as order_id from order_return r join orders o on o.id = r.exchange_order_id \
                  where r.exchange_due_at is not null and o.status = 'CONFIRMED' and o.unpaid_minor > 0 and o.updated_at < $1 \
                  and not exists (select 1 from shipment s where s.order_id = o.id \
                    and s.status not in ('PACKED', 'CANCELLED'))",
        job: |id| Job::EndExchange { order: OrderId(id) },
    },
];
