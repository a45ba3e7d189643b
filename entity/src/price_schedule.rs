//! What a variant is to cost for a while, or from a time on.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{PriceScheduleId, VariantId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "price_schedule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PriceScheduleId,
    pub variant_id: VariantId,
    pub currency: Currency,
    pub amount_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub begins_at: DateTimeUtc,
    /// None: the price stays.
    pub ends_at: Option<DateTimeUtc>,
    pub state: PriceScheduleState,
    /// What it took the place of; none where there was no price.
    pub before_minor: Option<i64>,
    pub before_compare_at_minor: Option<i64>,
    pub before_fixed: Option<bool>,
    /// Whoever planned it, as the ledgers name them.
    pub actor: String,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a scheduled price stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PriceScheduleState {
    /// Its time has not come.
    Planned,
    /// It is the price.
    Active,
    /// Its time is over, or it has become the price for good.
    Ended,
    /// Staff have thought again.
    Withdrawn,
}
