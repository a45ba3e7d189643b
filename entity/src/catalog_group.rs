//! Whose prices a catalog has: groups of customers.

use sea_orm::entity::prelude::*;

use crate::ids::{CatalogId, CustomerGroupId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_group")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub catalog_id: CatalogId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub group_id: CustomerGroupId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
