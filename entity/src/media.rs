//! A picture in the shop's store.

use sea_orm::entity::prelude::*;

use crate::ids::MediaId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaId,
    /// The SHA-256 of its content, in hexadecimal.
    pub hash: String,
    pub format: MediaFormat,
    pub byte_size: i64,
    pub width: i32,
    pub height: i32,
    pub blur_hash: Option<String>,
    pub alt: String,
    /// The last part of its address, without the ending.
    pub name: String,
    /// What the file was called by whoever sent it.
    pub original_name: String,
    /// Who sent it, as the ledgers name them.
    pub created_by: String,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
    /// When it is looked at whether its bytes may go.
    pub purge_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a stored picture is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MediaFormat {
    Jpeg,
    Png,
    #[sea_orm(string_value = "WEBP")]
    Webp,
    Gif,
}
