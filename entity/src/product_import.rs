//! A file of products, or of what else another shop system exports, that jobs import, a few at a time.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{AppId, ProductImportId, StaffMemberId},
    imported_order::ImportSource,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductImportId,
    pub status: ImportStatus,
    /// Whether staff only want to know what would be done.
    pub dry_run: bool,
    /// Whether products are written. `None` until the file was read; `false`, too, where something is wrong with it.
    pub writes: Option<bool>,
    pub file_name: String,
    /// Names the file in the store of objects.
    pub storage_key: Uuid,
    pub byte_size: i64,
    /// `None` until the file was read.
    pub products_total: Option<i64>,
    pub products_done: i64,
    pub created_count: i64,
    pub updated_count: i64,
    pub unchanged_count: i64,
    /// Pictures that are fetched because of it, or would be.
    pub pictures_count: i64,
    /// Errors, of which `problems` has the first, beside warnings.
    pub error_count: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub problems: Json,
    /// As the ledgers name whoever began it.
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
    /// Which system has exported it; Shopify where nothing is said.
    pub source: Option<ImportSource>,
    /// What is in it; products where nothing is said.
    pub what: Option<ImportKind>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is in a file besides products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ImportKind {
    Customers,
    Orders,
    GiftCards,
    Redirects,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ImportStatus {
    Running,
    Done,
    /// Somebody stopped it: what it had written stays.
    Cancelled,
    /// It could not go on: what it had written stays.
    Failed,
}
