//! A tax rate by country, and where it differs, by category of goods.

use sea_orm::entity::prelude::*;

use crate::ids::TaxRateId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_rate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaxRateId,
    pub country: String,
    pub tax_category: Option<String>,
    pub name: String,
    /// Hundredths of a percent: 19 % is 1900.
    pub basis_points: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
