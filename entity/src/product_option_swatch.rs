//! How an option's value is shown: as a colour, or as a picture.

use sea_orm::entity::prelude::*;

use crate::ids::ProductId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product_option_swatch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
    /// `#rrggbb`.
    pub colour: Option<String>,
    /// An absolute URL, or a path that this server serves.
    pub image_source: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
