//! A page that the shop shows, or one of its policies. Its texts are [`page_version`](crate::page_version)s.

use sea_orm::entity::prelude::*;

use crate::ids::PageId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "page")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PageId,
    pub kind: PageKind,
    /// Names it in an address; unique among those that are not deleted.
    pub handle: String,
    /// Whether shoppers see it.
    pub published: bool,
    /// Grows with every edit by staff.
    pub version: i64,
    /// The number of its newest text.
    pub number: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a page is for. All but `PAGE` are there once at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PageKind {
    Page,
    Imprint,
    Terms,
    Privacy,
    Withdrawal,
    Shipping,
}
