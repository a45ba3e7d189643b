//! What of a payment waits for which job.

use vitrine_entity::ids::{
    CaptureId, PaymentId, ProviderCustomerId, ReconciliationFindingId, RefundId, SavedPaymentMethodId,
};

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[
    ExpectedJob {
        waits: "a payment that was never sent",
        waiting: "select p.id, p.order_id from payment p join orders o on o.id = p.order_id \
                  where p.status = 'CREATED' and o.status <> 'CANCELLED' and p.updated_at < $1",
        job: |id| Job::ProcessPayment { payment: PaymentId(id) },
    },
    ExpectedJob {
        waits: "a payment that its shopper has agreed to, and that is yet to be taken",
        waiting: "select p.id, p.order_id from payment p join orders o on o.id = p.order_id \
                  where p.status = 'UNKNOWN' and p.sent_at is null and o.status <> 'CANCELLED' and p.updated_at < $1",
        job: |id| Job::ProcessPayment { payment: PaymentId(id) },
    },
    ExpectedJob {
        waits: "a payment whose outcome is not known",
        // What staff settle is in their hands.
        waiting: "select id, order_id from payment where status in ('UNKNOWN', 'ACTION_REQUIRED', 'PENDING') \
                  and not (capture_mode = 'BY_STAFF' and status <> 'UNKNOWN') and updated_at < $1",
        job: |id| Job::SettlePayment { payment: PaymentId(id) },
    },
    ExpectedJob {
        waits: "money that is held and that nobody wants, or a decline that is not final yet",
        waiting: "select p.id, p.order_id from payment p join orders o on o.id = p.order_id \
                  where p.status in ('ACTION_REQUIRED', 'PENDING', 'AUTHORIZED') \
                  and (p.superseded or o.status = 'CANCELLED' or p.reopenable) \
                  and p.updated_at < $1 and o.updated_at < $1",
        job: |id| Job::VoidPayment { payment: PaymentId(id) },
    },
    ExpectedJob {
        waits: "a capture that was asked for",
        waiting: "select id, order_id from capture where status = 'REQUESTED' and updated_at < $1",
        job: |id| Job::CapturePayment { capture: CaptureId(id) },
    },
    ExpectedJob {
        waits: "a refund that was asked for",
        // Staff who pay back by hand were asked to, once.
        waiting: "select r.id, r.order_id from refund r join payment p on p.id = r.payment_id \
                  where r.status = 'REQUESTED' and r.updated_at < $1 and not (p.capture_mode = 'BY_STAFF' \
                  and exists (select 1 from payment_entry e where e.payment_id = p.id and e.kind = 'REQUEST' \
                  and e.operation = 'refund' and e.created_at >= r.created_at))",
        job: |id| Job::RefundPayment { refund: RefundId(id) },
    },
    ExpectedJob {
        waits: "a saved card that its owner has removed",
        waiting: "select id, cast(null as uuid) as order_id from saved_payment_method \
                  where removed_at < $1 and detached_at is null",
        job: |id| Job::DetachPaymentMethod {
            method: SavedPaymentMethodId(id),
        },
    },
    ExpectedJob {
        waits: "a provider's customer who was erased here",
        waiting: "select id, cast(null as uuid) as order_id from provider_customer \
                  where customer_id is null and created_at < $1",
        job: |id| Job::DeleteProviderCustomer {
            customer: ProviderCustomerId(id),
        },
    },
    ExpectedJob {
        waits: "a repair that staff have approved",
        waiting: "select id, order_id from reconciliation_finding where status = 'REPAIRING' and updated_at < $1",
        job: |id| Job::RepairFinding {
            finding: ReconciliationFindingId(id),
        },
    },
];
