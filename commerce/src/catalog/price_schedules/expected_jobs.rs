//! What waits for its time to come, or to be over.

use vitrine_entity::ids::PriceScheduleId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[
    ExpectedJob {
        waits: "a price that is to begin",
        waiting: "select id, cast(null as uuid) as order_id from price_schedule where state = 'PLANNED' and begins_at < $1",
        job: |id| Job::ApplyPriceSchedule {
            schedule: PriceScheduleId(id),
        },
    },
    ExpectedJob {
        waits: "a price that is to end",
        waiting: "select id, cast(null as uuid) as order_id from price_schedule where state = 'ACTIVE' and ends_at < $1",
        job: |id| Job::ApplyPriceSchedule {
            schedule: PriceScheduleId(id),
        },
    },
];
