//! A browser that is told of an order by web push.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, PushSubscriptionId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "push_subscription")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PushSubscriptionId,
    pub order_id: OrderId,
    /// Where its push service takes messages.
    pub endpoint: String,
    /// The browser's public key, in base64url.
    pub p256dh: String,
    /// The secret that it shares with the shop, in base64url.
    pub auth: String,
    /// The shop's public key under which it was made.
    pub sender_key: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
