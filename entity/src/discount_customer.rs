//! How often somebody uses a discount that has a limit for each customer.

use sea_orm::entity::prelude::*;

use crate::ids::DiscountId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "discount_customer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub discount_id: DiscountId,
    /// A customer's id, or what their mail address is known by.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: String,
    pub used: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
