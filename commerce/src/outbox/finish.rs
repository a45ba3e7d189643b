//! The end of a job in the transaction of its effects.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Statement};
use vitrine_entity::ids::OutboxId;

use crate::sql;

/// The statement that marks a job done by the fence of its claim, if nobody has taken it over.
pub(crate) fn finishing(db: &impl ConnectionTrait, job: OutboxId, fence: i64, now: DateTime<Utc>) -> Statement {
    let sql = "update outbox set state = 'DONE', finished_at = $3, lease_until = null, last_error = null \
               where id = $1 and fence = $2 and state = 'RUNNING'";
    sql::statement(db, sql, [job.into(), fence.into(), now.into()])
}
