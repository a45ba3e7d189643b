//! What a variant costs in a currency, and did: one row for each time in which a price held.

use sea_orm::entity::prelude::*;

use crate::{currency::Currency, ids::VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "price_history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    #[sea_orm(primary_key, auto_increment = false)]
    pub since: DateTimeUtc,
    /// None: it holds.
    pub until: Option<DateTimeUtc>,
    pub amount_minor: i64,
    pub compare_at_minor: Option<i64>,
    /// Of a reduced price: the lowest in the 30 days before the reduction began.
    pub lowest_minor: Option<i64>,
    /// Whether staff had set it, rather than the rate of a price list.
    pub fixed: bool,
}

impl Model {
    /// Whether it is told as a reduction: a former price stands above it.
    pub fn is_reduced(&self) -> bool {
        self.compare_at_minor.is_some_and(|former| former > self.amount_minor)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
