//! What those who watch the machines want to know at a glance, and what stands in the database. Nothing in it is a
//! person's, and every question is bounded, however much there is to do. What a process counts as it works is
//! [`metrics`](crate::metrics).

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, DatabaseBackend, DatabaseConnection, EntityTrait, FromQueryResult, Iterable, QueryFilter, QuerySelect,
    sqlx,
};
use vitrine_entity::{
    outbox::{OutboxState, Queue},
    reconciliation_finding::{self, FindingKind, FindingStatus},
};

use crate::{
    Result, Shop, credit, legacy, outbox,
    payments::{self, ProviderStatus},
    sql, webhooks,
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

/// Among how many jobs in a queue the oldest is looked for: no queue holds more.
const HANDED_OVER_MAX: i64 = 5_000;

/// How the shop is doing at a moment.
#[derive(Debug, Clone)]
pub struct Gauges {
    pub providers: Vec<ProviderStatus>,
    /// For every queue and state of [`JOB_STATES`], zeros included.
    pub jobs: Vec<(Queue, OutboxState, i64)>,
    /// For how long the job of each queue waits that is due the longest and that nobody has begun; zero where none is.
    pub waiting: Vec<(Queue, TimeDelta)>,
    /// Differences between the books that nobody has decided yet.
    pub findings_open: i64,
    /// Those between our payment ledger and a provider's, by kind, zeros included.
    pub payment_findings_open: Vec<(FindingKind, i64)>,
    /// Orders of which an older system that runs beside the shop says otherwise, and nobody has decided.
    pub legacy_findings_open: i64,
    /// Events that wait to be sent to endpoints.
    pub webhooks: webhooks::Backlog,
    pub pools: Vec<PoolGauge>,
}

/// How full a pool of this process's connections to the database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolGauge {
    pub name: &'static str,
    pub idle: i64,
    pub busy: i64,
    pub max: i64,
}

/// Reads them all.
pub async fn read(shop: &Shop) -> Result<Gauges> {
    // Before it takes a connection itself.
    let pools = pools(shop);
    let payment_findings_open = payment_findings_open(shop).await?;
    let payment_findings = payment_findings_open.iter().map(|(_, open)| open).sum::<i64>();
    let credit_findings = i64::try_from(credit::findings_open(shop).await?).unwrap_or(i64::MAX);
    Ok(Gauges {
        providers: payments::statuses(shop).await?,
        jobs: jobs(shop).await?,
        waiting: waiting(shop).await?,
        findings_open: payment_findings.saturating_add(credit_findings),
        payment_findings_open,
        legacy_findings_open: i64::try_from(legacy::findings_open(shop).await?).unwrap_or(i64::MAX),
        webhooks: webhooks::backlog(shop).await?,
        pools,
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

#[derive(FromQueryResult)]
struct Waiting {
    queue: Queue,
    run_at: DateTime<Utc>,
}

/// Both those that nobody has handed over and those that lie in a queue: where no worker is left, either grows old.
async fn waiting(shop: &Shop) -> Result<Vec<(Queue, TimeDelta)>> {
    let now = shop.now();
    let handed_over = "select queue, run_at from outbox where state = 'HANDED_OVER' order by id limit $1";
    let mut rows: Vec<Waiting> = sql::all(&shop.db, handed_over, [HANDED_OVER_MAX.into()]).await?;
    let ready = "select queue, run_at from outbox where state = 'READY' and queue = $1 and run_at <= $2 \
                 order by run_at limit 1";
    for queue in outbox::QUEUES {
        rows.extend(sql::one::<Waiting>(&shop.db, ready, [queue.into(), now.into()]).await?);
    }
    let longest = |queue| {
        let of = rows.iter().filter(|row| row.queue == queue);
        let longest = of.map(|row| now - row.run_at).max().unwrap_or_default();
        (queue, longest.max(TimeDelta::zero()))
    };
    Ok(outbox::QUEUES.map(longest).to_vec())
}

async fn payment_findings_open(shop: &Shop) -> Result<Vec<(FindingKind, i64)>> {
    let counts: Vec<(FindingKind, i64)> = reconciliation_finding::Entity::find()
        .select_only()
        .column(reconciliation_finding::Column::Kind)
        .column_as(reconciliation_finding::Column::Id.count(), "findings")
        .filter(reconciliation_finding::Column::Status.is_in([FindingStatus::Open, FindingStatus::Repairing]))
        .group_by(reconciliation_finding::Column::Kind)
        .into_tuple()
        .all(&shop.db)
        .await?;
    let of = |kind| {
        counts
            .iter()
            .find(|(found, _)| *found == kind)
            .map_or(0, |(_, open)| *open)
    };
    Ok(FindingKind::iter().map(|kind| (kind, of(kind))).collect())
}

/// On PostgreSQL readers and writers share one.
fn pools(shop: &Shop) -> Vec<PoolGauge> {
    match shop.db.get_database_backend() {
        DatabaseBackend::Postgres => vec![pool("shared", shop.db.get_postgres_connection_pool())],
        _ => {
            let sqlite = |name, db: &DatabaseConnection| pool(name, db.get_sqlite_connection_pool());
            vec![sqlite("readers", &shop.db), sqlite("writers", shop.writer())]
        }
    }
}

fn pool<DB: sqlx::Database>(name: &'static str, pool: &sqlx::Pool<DB>) -> PoolGauge {
    let idle = i64::try_from(pool.num_idle()).unwrap_or(i64::MAX);
    PoolGauge {
        name,
        idle,
        busy: i64::from(pool.size()).saturating_sub(idle).max(0),
        max: pool.options().get_max_connections().into(),
    }
}
