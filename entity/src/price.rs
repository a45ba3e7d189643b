//! What a variant costs in one currency.

use sea_orm::entity::prelude::*;

use crate::{currency::Currency, ids::VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "price")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    pub amount_minor: i64,
    /// The former price, as staff or a file named it; shown where it is one ([`Model::former_minor`]).
    pub compare_at_minor: Option<i64>,
    /// Whether staff have set it, rather than the rate of a price list.
    pub fixed: bool,
    /// Of a reduced price: the lowest in the 30 days before the reduction began, as `price_history` knows it.
    pub lowest_minor: Option<i64>,
}

impl Model {
    /// The former price, to be shown crossed out. One that is not higher than the price is none.
    pub fn former_minor(&self) -> Option<i64> {
        self.compare_at_minor.filter(|former| *former > self.amount_minor)
    }

    /// The lowest price of the 30 days before the reduction, to be shown beside a reduced one.
    pub fn lowest_before_minor(&self) -> Option<i64> {
        self.lowest_minor.filter(|_| self.former_minor().is_some())
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
