//! A file that a paid order gives, how often and until when. Whether it is given at all, the order and its payments say.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderDownloadId, OrderId, OrderLineId, VariantFileId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_download")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderDownloadId,
    pub order_id: OrderId,
    pub order_line_id: OrderLineId,
    pub file_id: VariantFileId,
    /// How often it may be fetched still; `None` where that is not bounded.
    pub remaining: Option<i32>,
    pub expires_at: Option<DateTimeUtc>,
    /// When it was last fetched.
    pub fetched_at: Option<DateTimeUtc>,
    /// How many parts were fetched since then that did not count.
    pub parts: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
