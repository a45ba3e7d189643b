//! A variant in a transfer, and what became of its units.

use sea_orm::entity::prelude::*;

use crate::ids::{StockTransferId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_transfer_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub transfer_id: StockTransferId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    pub position: i32,
    pub quantity: i64,
    pub received: i64,
    /// Went back to the origin.
    pub returned: i64,
    /// Never came.
    pub missing: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
