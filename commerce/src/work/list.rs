//! The jobs as staff look at them.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use vitrine_entity::{
    ids::{OrderId, OutboxId},
    outbox::{self, OutboxState, Queue},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    paging::{Page, PageRequest, write_cursor},
    staff::permission::{self, Permission},
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
            false => Err(Refusal::new(ErrorCode::Invalid, messages::job_kind_unknown()).at(field)),
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
    let query = outbox::Entity::find().filter(condition(filter));
    let id = outbox::Column::Id;
    let query = match (window.cursor, window.backward) {
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
        .add_option(filter.order.map(|order| outbox::Column::OrderId.eq(order)))
        .add_option(filter.since.map(|since| outbox::Column::CreatedAt.gte(since)))
        .add_option(filter.kind.as_ref().map(Kind::condition))
}
