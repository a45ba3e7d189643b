//! What the demo put into this shop.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "demo_thing")]
pub struct Model {
    /// A public id, whose prefix tells the kind.
    #[sea_orm(primary_key, auto_increment = false)]
    pub thing: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
