//! Which orders of the older checkout wait for a look.

use vitrine_entity::ids::LegacyOrderId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[ExpectedJob {
    waits: "an order of the older checkout that is to be compared",
    waiting: "select id, order_id from legacy_order where next_at < $1",
    job: |id| Job::SyncLegacyOrder {
        legacy: LegacyOrderId(id),
    },
}];
