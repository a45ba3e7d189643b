//! A size and format that was made of a picture.

use sea_orm::entity::prelude::*;

use crate::ids::MediaId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "media_rendition")]
pub struct Model {
    /// The object in the store.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub media_id: MediaId,
    pub byte_size: i64,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
