//! A named value of a variant, for filters and facets.

use sea_orm::entity::prelude::*;

use crate::ids::{ProductId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_attribute")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    /// The variant's.
    pub product_id: ProductId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    #[sea_orm(primary_key, auto_increment = false)]
    /// In the form that its name's definition gives it, where there is one.
    pub value: String,
    /// A number in millionths, in the unit of its definition.
    pub number_micro: Option<i64>,
    /// Its place among the values of one name.
    pub position: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
