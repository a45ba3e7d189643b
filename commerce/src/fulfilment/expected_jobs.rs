//! Which orders wait for which job.

use vitrine_entity::ids::OrderId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[
    ExpectedJob {
        waits: "a paid order that is not confirmed",
        waiting: "select id, id as order_id from orders where status = 'PAYMENT_SUCCESS' and updated_at < $1",
        job: |id| Job::DeductStock { order: OrderId(id) },
    },
    ExpectedJob {
        waits: "an unpaid order whose goods are held no longer",
        waiting: "select id, id as order_id from orders where status in ('CREATED', 'PAYMENT_PENDING', 'PAYMENT_FAILED') \
                  and updated_at < $1 and not exists (select 1 from reservation \
                  where order_id = orders.id and state = 'HELD' and expires_at > $1)",
        job: |id| Job::ExpireOrder { order: OrderId(id) },
    },
];
