//! One text of a page. It is never changed: a new text is a new row.

use sea_orm::entity::prelude::*;

use crate::ids::{PageId, PageVersionId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "page_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PageVersionId,
    pub page_id: PageId,
    /// 1, 2 … within its page.
    pub number: i32,
    pub title: String,
    /// Sanitised HTML.
    pub body_html: String,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    /// Who wrote it.
    pub actor: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::page::Entity",
        from = "Column::PageId",
        to = "super::page::Column::Id"
    )]
    Page,
}

impl Related<super::page::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Page.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
