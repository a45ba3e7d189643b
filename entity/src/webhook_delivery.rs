//! An event on its way to an endpoint.

use sea_orm::entity::prelude::*;

use crate::ids::{EventId, WebhookDeliveryId, WebhookEndpointId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookDeliveryId,
    pub endpoint_id: WebhookEndpointId,
    pub event_id: EventId,
    pub cause: DeliveryCause,
    pub state: DeliveryState,
    pub attempts: i32,
    pub next_attempt_at: DateTimeUtc,
    /// Until when a worker is believed to be sending it.
    pub claimed_until: Option<DateTimeUtc>,
    /// The status of the last answer.
    pub response_status: Option<i32>,
    /// Why the last attempt had no answer, or none that counts.
    pub error: Option<String>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeliveryCause {
    /// It has happened.
    Event,
    /// Staff have it sent again.
    Replay,
    /// Staff try the endpoint.
    Ping,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeliveryState {
    /// It will be sent, or sent again.
    Pending,
    /// The endpoint has taken it.
    Delivered,
    /// It was tried for days, and is not tried again by itself.
    Failed,
    /// The endpoint was disabled or deleted before it took it.
    Cancelled,
}
