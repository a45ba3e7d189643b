//! A product: what its variants have in common.

use sea_orm::entity::prelude::*;

use crate::ids::{CategoryId, ProductId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductId,
    pub slug: String,
    pub title: String,
    /// By what titles are sorted in the shop's language.
    pub title_key: Vec<u8>,
    /// What its title, vendor and tags are found by, folded.
    pub words: String,
    /// Sanitised HTML.
    pub description_html: String,
    pub vendor: Option<String>,
    pub category_id: Option<CategoryId>,
    pub status: ProductStatus,
    #[sea_orm(column_type = "JsonBinary")]
    pub tags: Json,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    /// Grows with every edit by staff.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// A deleted product is archived as well, so that nothing shows or sells it.
    pub deleted_at: Option<DateTimeUtc>,
    /// Its slug while it is deleted: `slug` then holds what no address can.
    pub deleted_slug: Option<String>,
    /// What it was when it was deleted.
    pub deleted_status: Option<ProductStatus>,
    /// The deleted category from whose place it was moved, to which it returns with that.
    pub category_before: Option<CategoryId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whether shoppers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProductStatus {
    Draft,
    Active,
    Archived,
}
