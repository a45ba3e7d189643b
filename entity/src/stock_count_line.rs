//! How many units of a variant were counted, and how many the books had at that moment.

use sea_orm::entity::prelude::*;

use crate::ids::{StockCountId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_count_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub count_id: StockCountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    pub counted: i64,
    /// What the books said.
    pub expected: i64,
    pub counted_by: String,
    pub counted_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
