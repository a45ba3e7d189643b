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
}

impl Model {
    /// The former price, to be shown crossed out. One that is not higher than the price is none.
    pub fn former_minor(&self) -> Option<i64> {
        self.compare_at_minor.filter(|former| *former > self.amount_minor)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
