//! What those who watch the machines want to know at a glance. Nothing in it is a person's, and
//! every question is bounded, however much there is to do.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    outbox::{OutboxState, Queue},
    reconciliation_finding::{self, FindingStatus},
};

use crate::{
    Result, Shop, credit, outbox,
    payments::{self, ProviderStatus},
    sql,
};

/// States of jobs that are told: what is done is not counted, for it grows for ever.
pub const JOB_STATES: [OutboxState; 4] = [
    OutboxState::Ready,
    OutboxState::HandedOver,
    OutboxState::Running,
    OutboxState::Buried,
];

/// A longer backlog is told as this long.
const JOBS_COUNTED_MAX: i64 = 100_000;

/// How the shop is doing at a moment.
#[derive(Debug, Clone)]
pub struct Gauges {
    pub providers: Vec<ProviderStatus>,
    /// For every queue and state of [`JOB_STATES`], zeros included.
    pub jobs: Vec<(Queue, OutboxState, i64)>,
    /// Differences between the books that nobody has decided yet.
    pub findings_open: i64,
}

/// Reads them all.
pub async fn read(shop: &Shop) -> Result<Gauges> {
    Ok(Gauges {
        providers: payments::statuses(shop).await?,
        jobs: jobs(shop).await?,
        findings_open: findings_open(shop).await?,
    })
}

#[derive(FromQueryResult)]
struct Backlog {
    queue: Queue,
    jobs: i64,
}

async fn jobs(shop: &Shop) -> Result<Vec<(Queue, OutboxState, i64)>> {
    let sql = "select queue, count(*) as jobs from (select queue from outbox where state = $1 limit $2) as counted \
               group by queue";
    let mut counts = Vec::new();
    for state in JOB_STATES {
        let found: Vec<Backlog> = sql::all(&shop.db, sql, [state.into(), JOBS_COUNTED_MAX.into()]).await?;
        let jobs = |queue| found.iter().find(|row| row.queue == queue).map_or(0, |row| row.jobs);
        counts.extend(outbox::QUEUES.map(|queue| (queue, state, jobs(queue))));
    }
    Ok(counts)
}

async fn findings_open(shop: &Shop) -> Result<i64> {
    let open = reconciliation_finding::Entity::find()
        .filter(reconciliation_finding::Column::Status.is_in([FindingStatus::Open, FindingStatus::Repairing]));
    let all = open
        .count(&shop.db)
        .await?
        .saturating_add(credit::findings_open(shop).await?);
    Ok(i64::try_from(all).unwrap_or(i64::MAX))
}
