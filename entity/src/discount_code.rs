//! What a shopper types to have a discount.

use sea_orm::entity::prelude::*;

use crate::ids::{DiscountCodeBatchId, DiscountCodeId, DiscountId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "discount_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscountCodeId,
    pub discount_id: DiscountId,
    /// In its normal form, in capitals: one of all codes of the shop.
    pub code: String,
    pub active: bool,
    /// Kept while its discount has a limit for each code.
    pub used: i64,
    pub created_at: DateTimeUtc,
    /// Those that it was made with, by a job.
    pub batch_id: Option<DiscountCodeBatchId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
