//! What waits in the shop for a job. Each room names its own; [`work`](crate::work) sees to it that the jobs
//! are there.

use uuid::Uuid;

use crate::jobs::Job;

/// Rows of one kind that wait for jobs of one kind.
pub(crate) struct ExpectedJob {
    /// What waits, for whoever reads the log.
    pub(crate) waits: &'static str,
    /// Selects `id` and `order_id` (null where it is about no order) of what waits, and has done so since
    /// before `$1`.
    pub(crate) waiting: &'static str,
    pub(crate) job: fn(Uuid) -> Job,
}
