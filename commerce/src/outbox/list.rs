//! The jobs as staff look at them.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::Expr,
};
use uuid::Uuid;
use vitrine_entity::{
    capture,
    ids::{OrderId, OutboxId},
    outbox::{self, OutboxState, Queue},
    payment, refund,
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    customers::permission::{self, Permission},
    paging::{Page, PageRequest, write_cursor},
};

/// A kind of job by its name, as in `process_payment`, whatever its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind(String);

impl Kind {
    /// # Errors
    /// Refuses what no kind is called.
    pub fn new(name: &str, field: &[&str]) -> Result<Self, Refusal> {
        let is_name =
            (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        match is_name {
            true => Ok(Self(name.to_owned())),
            false => Err(Refusal::new(ErrorCode::Invalid, "No kind of job is called that.").at(field)),
        }
    }

    /// What a stored job is called, even one that this version cannot read.
    pub fn of(row: &outbox::Model) -> &str {
        let tag = row.job["job"].as_str().unwrap_or("unreadable");
        tag.split_once('.').map_or(tag, |(name, _)| name)
    }

    pub(super) fn condition(&self) -> Condition {
        // Safe to stand in a statement: it is letters and underscores. Its version follows a dot.
        let begins = format!("{}.", self.0);
        Condition::all().add(Expr::cust(format!(
            "substr(job->>'job', 1, {}) = '{begins}'",
            begins.len()
        )))
    }
}

/// Which jobs staff want to see. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobFilter {
    pub state: Option<OutboxState>,
    pub queue: Option<Queue>,
    pub kind: Option<Kind>,
    /// Those of the order, of its payments, and of what became of these.
    pub order: Option<OrderId>,
    /// Made at this time or later.
    pub since: Option<DateTime<Utc>>,
}

/// Jobs, newest first. For staff.
///
/// # Errors
/// Refuses whoever may not look after jobs.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &JobFilter,
    page: &PageRequest,
) -> Result<Page<outbox::Model>> {
    permission::require(context, Permission::Jobs)?;
    let window = page.window::<OutboxId>()?;
    let mut query = outbox::Entity::find().filter(condition(filter));
    if let Some(order) = filter.order {
        query = query.filter(outbox::Column::Subject.is_in(subjects_of(shop, order).await?));
    }
    let id = outbox::Column::Id;
    query = match (window.cursor, window.backward) {
        (None, _) => query,
        (Some(cursor), false) => query.filter(id.lt(cursor)),
        (Some(cursor), true) => query.filter(id.gt(cursor)),
    };
    let query = if window.backward {
        query.order_by_asc(id)
    } else {
        query.order_by_desc(id)
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

fn condition(filter: &JobFilter) -> Condition {
    Condition::all()
        .add_option(filter.state.map(|state| outbox::Column::State.eq(state)))
        .add_option(filter.queue.map(|queue| outbox::Column::Queue.eq(queue)))
        .add_option(filter.since.map(|since| outbox::Column::CreatedAt.gte(since)))
        .add_option(filter.kind.as_ref().map(Kind::condition))
}

async fn subjects_of(shop: &Shop, order: OrderId) -> Result<Vec<Uuid>> {
    let payments = payment::Entity::find().filter(payment::Column::OrderId.eq(order));
    let captures = capture::Entity::find().filter(capture::Column::OrderId.eq(order));
    let refunds = refund::Entity::find().filter(refund::Column::OrderId.eq(order));
    let mut subjects = vec![order.0];
    subjects.extend(payments.all(&shop.db).await?.iter().map(|row| row.id.0));
    subjects.extend(captures.all(&shop.db).await?.iter().map(|row| row.id.0));
    subjects.extend(refunds.all(&shop.db).await?.iter().map(|row| row.id.0));
    Ok(subjects)
}

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
    let statement = Statement::from_string(shop.db.get_database_backend(), sql);
    let rows = Counted::find_by_statement(statement).all(&shop.db).await?;
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
