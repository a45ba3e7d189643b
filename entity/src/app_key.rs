//! A key of an app's, stored hashed. An app has two while the new one replaces the old.

use sea_orm::entity::prelude::*;

use crate::ids::{AppId, AppKeyId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "app_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AppKeyId,
    pub app_id: AppId,
    pub key_hash: Vec<u8>,
    /// Its last characters, by which people tell keys apart.
    pub hint: String,
    pub created_at: DateTimeUtc,
    pub expires_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
