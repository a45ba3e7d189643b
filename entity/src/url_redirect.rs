//! A redirect that staff wrote, from a path of the storefront.

use sea_orm::entity::prelude::*;

use crate::ids::UrlRedirectId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "url_redirect")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UrlRedirectId,
    pub path: String,
    /// A path of the storefront, or an address.
    pub target: String,
    /// Grows with every edit by staff.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
