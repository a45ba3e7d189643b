//! Customers who have something in common: prices and discounts go by it.

use sea_orm::entity::prelude::*;

use crate::ids::CustomerGroupId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_group")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerGroupId,
    pub name: String,
    /// What files and programs call it; no two that are there have the same.
    pub code: String,
    /// For staff alone.
    pub note: Option<String>,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
