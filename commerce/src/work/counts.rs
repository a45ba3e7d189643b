//! How much there is to do.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::FromQueryResult;
use vitrine_entity::outbox::{OutboxState, Queue};

use crate::{
    Context, Result, Shop, sql,
    staff::permission::{self, Permission},
};

/// The jobs of one queue in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobCount {
    pub queue: Queue,
    pub state: OutboxState,
    pub jobs: i64,
    /// How long the oldest of them that is due, or that is buried, has been so; `None` where there
    /// is none, and of what is done.
    pub oldest_due: Option<TimeDelta>,
}

#[derive(FromQueryResult)]
struct Counted {
    queue: Queue,
    state: OutboxState,
    jobs: i64,
    oldest: Option<DateTime<Utc>>,
}

/// How many jobs there are by queue and state, those left out that there are none of. For staff.
///
/// # Errors
/// Refuses whoever may not look after jobs.
pub async fn counts(shop: &Shop, context: &Context) -> Result<Vec<JobCount>> {
    permission::require(context, Permission::Jobs)?;
    let now = shop.now();
    let sql = "select queue, state, count(*) as jobs, min(run_at) as oldest from outbox group by queue, state \
               order by queue, state";
    let rows: Vec<Counted> = sql::all(&shop.db, sql, []).await?;
    let age = |row: &Counted| {
        let since = row
            .oldest
            .filter(|oldest| row.state != OutboxState::Done && *oldest <= now);
        since.map(|oldest| now - oldest)
    };
    Ok(rows
        .iter()
        .map(|row| JobCount {
            queue: row.queue,
            state: row.state,
            jobs: row.jobs,
            oldest_due: age(row),
        })
        .collect())
}
