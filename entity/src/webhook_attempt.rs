//! One try to send an event to an endpoint.

use sea_orm::entity::prelude::*;

use crate::ids::WebhookDeliveryId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub delivery_id: WebhookDeliveryId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub attempted_at: DateTimeUtc,
    pub duration_ms: i64,
    pub response_status: Option<i32>,
    pub error: Option<String>,
    /// The beginning of the answer.
    pub response_body: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
