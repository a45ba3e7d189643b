//! Which products stand in a catalog.

use sea_orm::entity::prelude::*;

use crate::ids::{CatalogId, ProductId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_product")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub catalog_id: CatalogId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    /// Whether it is sold by this catalog although it is a draft to everybody else.
    pub exclusive: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
