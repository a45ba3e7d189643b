//! A picture of a product, or of one variant.

use sea_orm::entity::prelude::*;

use crate::ids::{PictureId, ProductId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "picture")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PictureId,
    pub product_id: ProductId,
    pub variant_id: Option<VariantId>,
    /// An absolute URL, or a path that this server serves.
    pub source: String,
    pub alt: String,
    pub position: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
