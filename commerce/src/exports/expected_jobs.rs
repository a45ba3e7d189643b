//! What waits to be gone on with.

use vitrine_entity::ids::ExportId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[ExpectedJob {
    waits: "an export that runs",
    waiting: "select id, cast(null as uuid) as order_id from data_export where status = 'RUNNING' and updated_at < $1",
    job: |id| Job::WriteExport { export: ExportId(id) },
}];
