//! A mail about an order that staff sent again.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, OrderMailResendId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_mail_resend")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderMailResendId,
    pub order_id: OrderId,
    /// The entry of the order's timeline of which the mail tells.
    pub event: i64,
    pub created_by: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
