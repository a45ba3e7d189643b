//! Who answers for a product, and what its buyers are warned of.

use sea_orm::entity::prelude::*;

use crate::ids::{EconomicOperatorId, ProductId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product_safety")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    pub manufacturer_id: Option<EconomicOperatorId>,
    pub responsible_person_id: Option<EconomicOperatorId>,
    pub warnings: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
