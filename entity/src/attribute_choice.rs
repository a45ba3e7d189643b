//! A value that an attribute may have, where they are given.

use sea_orm::entity::prelude::*;

use crate::ids::AttributeDefinitionId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attribute_choice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub definition_id: AttributeDefinitionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
    pub position: i32,
    /// `#rrggbb`.
    pub colour: Option<String>,
    /// An absolute URL, or a path that this server serves.
    pub image_source: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
