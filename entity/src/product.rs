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
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whether shoppers see it. Products are archived, never deleted, while an order names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProductStatus {
    Draft,
    Active,
    Archived,
}
