//! Whose prices a catalog has: companies.

use sea_orm::entity::prelude::*;

use crate::ids::{CatalogId, CompanyId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_company")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub catalog_id: CatalogId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: CompanyId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
