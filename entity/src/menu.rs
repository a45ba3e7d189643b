//! A tree of links, as a shop's header or footer shows it.

use sea_orm::entity::prelude::*;

use crate::ids::MenuId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "menu")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MenuId,
    /// By which front ends ask for it; unique among those that are not deleted.
    pub handle: String,
    pub title: String,
    /// A list of items, each with its own.
    #[sea_orm(column_type = "JsonBinary")]
    pub items: Json,
    /// Grows with every edit by staff.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
