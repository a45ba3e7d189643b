//! A set of products across categories, picked by hand or by a rule.

use sea_orm::entity::prelude::*;

use crate::ids::CollectionId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "collection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CollectionId,
    pub slug: String,
    pub title: String,
    pub description: String,
    pub position: i32,
    /// Grows with every edit by staff.
    pub version: i64,
    /// Whether shoppers see it.
    pub published: bool,
    /// What belongs to it by itself; empty where its products are picked by hand.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub rule: Option<Json>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    /// An absolute URL, or a path that this server serves.
    pub picture_source: Option<String>,
    pub picture_alt: Option<String>,
    /// Empty until somebody edits it.
    pub updated_at: Option<DateTimeUtc>,
    pub deleted_at: Option<DateTimeUtc>,
    /// Its slug while it is deleted: `slug` then holds what no address can.
    pub deleted_slug: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
