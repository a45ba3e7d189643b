//! What waits to be fetched.

use vitrine_entity::ids::MediaImportId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[ExpectedJob {
    waits: "pictures that are to be fetched",
    // One is enough: it sees to the others.
    waiting: "select id, cast(null as uuid) as order_id from (select id from media_import where state = 'PENDING' \
              and retry_at < $1 and (claimed_until is null or claimed_until < $1) order by retry_at limit 1) as first",
    job: |id| Job::FetchPictures {
        import: MediaImportId(id),
    },
}];
