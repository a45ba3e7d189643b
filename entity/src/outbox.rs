//! What must be done, written in the transaction that made it so. The only truth about jobs.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, OutboxId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboxId,
    pub queue: Queue,
    /// `vitrine_commerce::jobs::Job`, versioned.
    #[sea_orm(column_type = "JsonBinary")]
    pub job: Json,
    pub state: OutboxState,
    pub run_at: DateTimeUtc,
    /// Until when a hand-over or a run is believed to be alive.
    pub lease_until: Option<DateTimeUtc>,
    /// Grows with every claim: a frozen worker's late write names an old one and is refused.
    pub fence: i64,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub correlation_id: String,
    /// W3C trace context of the request that made it.
    pub traceparent: Option<String>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
    /// The order, the payment or whatever else it names, where that is one thing.
    pub subject: Option<Uuid>,
    /// The order that it is about, where it is about one.
    pub order_id: Option<OrderId>,
    /// When `run_at` was written, by the clock of whoever wrote it.
    pub scheduled_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a job waits, so that one kind's backlog does not starve another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Queue {
    Payment,
    Stock,
    Mail,
    Search,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OutboxState {
    Ready,
    HandedOver,
    Running,
    Done,
    Buried,
}
