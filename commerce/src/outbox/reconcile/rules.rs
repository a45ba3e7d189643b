//! What waits for which job. To add one: a line in [`RULES`].

use uuid::Uuid;
use vitrine_entity::ids::{CaptureId, OrderId, PaymentId, ReconciliationFindingId, RefundId};

use crate::jobs::Job;

/// Rows of one kind that wait for jobs of one kind.
pub(super) struct Rule {
    /// What waits, for whoever reads the log.
    pub(super) waits: &'static str,
    /// Selects the ids of what waits, and has done so since before `$1`.
    pub(super) waiting: &'static str,
    job: fn(Uuid) -> Job,
}

impl Rule {
    pub(super) fn job(&self, id: Uuid) -> Job {
        (self.job)(id)
    }
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        waits: "a payment that was never sent",
        waiting: "select p.id from payment p join orders o on o.id = p.order_id \
                  where p.status = 'CREATED' and o.status <> 'CANCELLED' and p.updated_at < $1",
        job: |id| Job::ProcessPayment { payment: PaymentId(id) },
    },
    Rule {
        waits: "a payment whose outcome is not known",
        // What staff settle is in their hands.
        waiting: "select id from payment where status in ('UNKNOWN', 'ACTION_REQUIRED', 'PENDING') \
                  and not (capture_mode = 'BY_STAFF' and status <> 'UNKNOWN') and updated_at < $1",
        job: |id| Job::SettlePayment { payment: PaymentId(id) },
    },
    Rule {
        waits: "money that is held and that nobody wants, or a decline that is not final yet",
        waiting: "select p.id from payment p join orders o on o.id = p.order_id \
                  where p.status in ('ACTION_REQUIRED', 'PENDING', 'AUTHORIZED') \
                  and (p.superseded or o.status = 'CANCELLED' or (p.status = 'PENDING' and p.decline_code is not null)) \
                  and p.updated_at < $1 and o.updated_at < $1",
        job: |id| Job::VoidPayment { payment: PaymentId(id) },
    },
    Rule {
        waits: "a paid order that is not confirmed",
        waiting: "select id from orders where status = 'PAYMENT_SUCCESS' and updated_at < $1",
        job: |id| Job::DeductStock { order: OrderId(id) },
    },
    Rule {
        waits: "an unpaid order whose goods are held no longer",
        waiting: "select id from orders where status in ('CREATED', 'PAYMENT_PENDING', 'PAYMENT_FAILED') \
                  and updated_at < $1 and not exists (select 1 from reservation \
                  where order_id = orders.id and state = 'HELD' and expires_at > $1)",
        job: |id| Job::ExpireOrder { order: OrderId(id) },
    },
    Rule {
        waits: "a capture that was asked for",
        waiting: "select id from capture where status = 'REQUESTED' and updated_at < $1",
        job: |id| Job::CapturePayment { capture: CaptureId(id) },
    },
    Rule {
        waits: "a refund that was asked for",
        // Staff who pay back by hand were asked to, once.
        waiting: "select r.id from refund r join payment p on p.id = r.payment_id \
                  where r.status = 'REQUESTED' and r.updated_at < $1 and not (p.capture_mode = 'BY_STAFF' \
                  and exists (select 1 from payment_entry e where e.payment_id = p.id and e.kind = 'REQUEST' \
                  and e.operation = 'refund' and e.created_at >= r.created_at))",
        job: |id| Job::RefundPayment { refund: RefundId(id) },
    },
    Rule {
        waits: "a repair that staff have approved",
        waiting: "select id from reconciliation_finding where status = 'REPAIRING' and updated_at < $1",
        job: |id| Job::RepairFinding {
            finding: ReconciliationFindingId(id),
        },
    },
];
