//! How many units are ordered at once by a catalog.

use sea_orm::entity::prelude::*;

use crate::ids::{CatalogId, VariantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_quantity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub catalog_id: CatalogId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    pub minimum: i32,
    pub maximum: Option<i32>,
    pub step: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
