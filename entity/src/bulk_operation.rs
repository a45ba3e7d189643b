//! A file of operations that jobs run, line by line.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{AppId, BulkOperationId, StaffMemberId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "bulk_operation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BulkOperationId,
    pub status: BulkStatus,
    /// Whether every line is taken back.
    pub dry_run: bool,
    pub file_name: String,
    /// Names the file in the store of objects.
    pub storage_key: Uuid,
    pub byte_size: i64,
    /// Lines that are not empty.
    pub line_count: i64,
    /// Where in the file the next line begins.
    pub byte_offset: i64,
    pub lines_done: i64,
    pub succeeded: i64,
    pub failed: i64,
    /// As the ledgers name whoever started it.
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

/// Where a piece of work stands that jobs do step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BulkStatus {
    Running,
    Done,
    /// Somebody stopped it: what it had done stays.
    Cancelled,
    /// It could not go on: what it had done stays.
    Failed,
}
