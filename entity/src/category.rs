//! A branch of the category tree.

use sea_orm::entity::prelude::*;

use crate::ids::CategoryId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "category")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CategoryId,
    pub parent_id: Option<CategoryId>,
    pub slug: String,
    pub name: String,
    pub description: String,
    /// Its place among its siblings.
    pub position: i32,
    /// Grows with every edit by staff.
    pub version: i64,
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
    /// Where its products went when it was deleted.
    pub products_to: Option<CategoryId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
