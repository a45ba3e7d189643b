//! How often a discount that has a limit is in use, apart from its row: carts are priced by that, and keep it in memory.

use sea_orm::entity::prelude::*;

use crate::ids::DiscountId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "discount_tally")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub discount_id: DiscountId,
    /// Kept while there is a limit in all; counted anew where one is set.
    pub used: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
