//! What waits to be gone on with.

use vitrine_entity::ids::ProductImportId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[ExpectedJob {
    waits: "an import of products that runs",
    waiting: "select id, cast(null as uuid) as order_id from product_import where status = 'RUNNING' and updated_at < $1",
    job: |id| Job::ImportProducts {
        import: ProductImportId(id),
    },
}];
