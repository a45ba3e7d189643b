//! What one unit costs by a catalog, from so many on.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{CatalogId, VariantId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_price")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub catalog_id: CatalogId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_quantity: i32,
    pub amount_minor: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
