//! Something that happened in the shop, for others: webhooks and the event stream.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerId, EventId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    /// Its name, as in `order-created`.
    #[sea_orm(column_name = "type")]
    pub kind: String,
    /// Of what `data` holds.
    pub version: i32,
    /// The public id of what it is about.
    pub subject: String,
    /// Its place among the events of its subject, where these have an order.
    pub sequence: Option<i64>,
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    /// Whose it is, until they are erased.
    pub customer_id: Option<CustomerId>,
    pub occurred_at: DateTimeUtc,
    pub correlation_id: String,
    /// When it was looked at who is to be sent it.
    pub published_at: Option<DateTimeUtc>,
    pub awaits_stream: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
