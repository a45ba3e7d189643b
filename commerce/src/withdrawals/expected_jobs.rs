//! Which statements wait to be looked at.

use vitrine_entity::ids::WithdrawalId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[ExpectedJob {
    waits: "a withdrawal that nobody has looked at",
    waiting: "select id, order_id from withdrawal where judgement is null and received_at < $1",
    job: |id| Job::SettleWithdrawal {
        withdrawal: WithdrawalId(id),
    },
}];
