//! A slug that a thing had before, by which it is still found.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "slug_redirect")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: SlugKind,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    /// A product's, a category's or a collection's id, as `kind` says.
    pub target_id: Uuid,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a slug names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SlugKind {
    Product,
    Category,
    Collection,
}
