//! A text message that tells of an entry of an order's timeline, and what became of it.

use sea_orm::entity::prelude::*;

use crate::ids::OrderId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_sms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub event: i64,
    /// Which claim of its job is sending it, or was the last to.
    pub fence: i64,
    pub state: SmsState,
    /// What the provider calls it.
    pub provider_id: Option<String>,
    /// Why it was not sent, in the provider's words.
    pub failure: Option<String>,
    /// How often staff had it sent again.
    pub resends: i32,
    pub created_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SmsState {
    /// The provider is being asked, or was and its answer is lost.
    Sending,
    /// The provider was away: it is asked again.
    Waiting,
    /// The provider has taken it.
    Sent,
    /// It cannot be sent.
    Failed,
    /// Nobody knows whether it was sent. It is not sent again: nobody wants to be told twice.
    Unknown,
}
