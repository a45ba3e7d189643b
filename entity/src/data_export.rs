//! A table of the shop that jobs write, piece by piece.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{AppId, ExportId, StaffMemberId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "data_export")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExportId,
    pub kind: ExportKind,
    pub status: ExportStatus,
    /// Names its pieces in the store of objects.
    pub storage_key: Uuid,
    pub pieces: i64,
    pub byte_size: i64,
    /// Which columns it has.
    #[sea_orm(column_type = "JsonBinary")]
    pub layout: Json,
    /// What was written last.
    pub cursor: Option<Uuid>,
    pub things_done: i64,
    pub things_total: i64,
    /// As the ledgers name whoever asked for it.
    pub actor: String,
    pub staff_member_id: Option<StaffMemberId>,
    pub app_id: Option<AppId>,
    /// What prices are in.
    pub currency: Currency,
    /// Why it ended before it was through.
    pub error: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExportKind {
    Products,
    Customers,
    Orders,
    Stock,
    DiscountCodes,
    DiscountUses,
    Returns,
}

/// Where an export stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExportStatus {
    Running,
    Done,
    /// Somebody stopped it.
    Cancelled,
    Failed,
}
