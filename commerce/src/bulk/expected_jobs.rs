//! What waits to be gone on with.

use vitrine_entity::ids::BulkOperationId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[ExpectedJob {
    waits: "a bulk operation that runs",
    waiting: "select id, cast(null as uuid) as order_id from bulk_operation where status = 'RUNNING' and updated_at < $1",
    job: |id| Job::RunBulkOperation {
        bulk: BulkOperationId(id),
    },
}];
