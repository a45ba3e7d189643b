//! Goods on their way from one location to another, or from a supplier.

use sea_orm::entity::prelude::*;

use crate::ids::{LocationId, StockTransferId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_transfer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StockTransferId,
    /// `None`: they come from a supplier.
    pub origin_id: Option<LocationId>,
    pub destination_id: LocationId,
    pub status: TransferStatus,
    /// The supplier's number for it, or the carrier's.
    pub reference: Option<String>,
    pub expected_on: Option<Date>,
    pub note: Option<String>,
    pub version: i64,
    pub created_by: String,
    pub created_at: DateTimeUtc,
    pub shipped_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How far goods have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TransferStatus {
    Draft,
    InTransit,
    /// All of them are accounted for.
    Received,
    /// None of them came.
    Cancelled,
}
