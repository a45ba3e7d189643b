//! Codes of a discount that a job makes, many at once.

use sea_orm::entity::prelude::*;

use crate::ids::{DiscountCodeBatchId, DiscountId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "discount_code_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscountCodeBatchId,
    pub discount_id: DiscountId,
    /// What each code begins with; may be empty.
    pub prefix: String,
    /// How many letters and digits follow.
    pub length: i32,
    pub quantity: i64,
    pub made: i64,
    pub status: BatchStatus,
    pub actor: String,
    pub error: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BatchStatus {
    Running,
    Done,
    /// Somebody stopped it: what was made stays.
    Cancelled,
    /// It could not go on, and `error` says why.
    Failed,
}
