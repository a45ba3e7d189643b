//! What waits to be gone on with.

use vitrine_entity::ids::DiscountCodeBatchId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[ExpectedJob {
    waits: "a batch of codes that runs",
    waiting: "select id, cast(null as uuid) as order_id from discount_code_batch \
              where status = 'RUNNING' and updated_at < $1",
    job: |id| Job::MakeDiscountCodes {
        batch: DiscountCodeBatchId(id),
    },
}];
