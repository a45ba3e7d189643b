//! The stock ledger, append-only: it explains every unit.

use sea_orm::entity::prelude::*;

use crate::ids::{LocationId, OrderId, StockEntryId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StockEntryId,
    pub variant_id: VariantId,
    pub location_id: LocationId,
    pub kind: StockEntryKind,
    pub on_hand_delta: i64,
    pub reserved_delta: i64,
    pub order_id: Option<OrderId>,
    pub reason: Option<String>,
    pub actor: String,
    pub created_at: DateTimeUtc,
    /// More about why than `kind` says.
    pub cause: Option<StockEntryCause>,
    /// The transfer, the count or the return that it was for.
    pub reference: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StockEntryKind {
    Received,
    Adjusted,
    Reserved,
    Released,
    Deducted,
    PutBack,
}

/// What moved units that no order's hold moved, where it was no single adjustment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StockEntryCause {
    /// They left the origin.
    TransferShipped,
    /// They came to the destination.
    TransferReceived,
    /// They went back to the origin.
    TransferReturned,
    /// They came from a supplier.
    Delivered,
    /// A count found more or fewer.
    Counted,
    /// They came back from whoever had bought them.
    Returned,
}
