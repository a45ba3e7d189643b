//! What staff write about an order among themselves.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, OrderNoteId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderNoteId,
    pub order_id: OrderId,
    /// As timelines name them.
    pub author: String,
    pub text: String,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
