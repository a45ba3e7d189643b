//! A video of a product, which lies elsewhere.

use sea_orm::entity::prelude::*;

use crate::ids::{ProductId, ProductVideoId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product_video")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductVideoId,
    pub product_id: ProductId,
    pub position: i32,
    pub address: String,
    pub title: String,
    /// An absolute URL, or a path that this server serves.
    pub thumbnail_source: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
