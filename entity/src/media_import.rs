//! A picture elsewhere that products name by its address, and what became of fetching it.

use sea_orm::entity::prelude::*;

use crate::ids::{MediaId, MediaImportId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "media_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaImportId,
    pub address: String,
    /// The SHA-256 of the address, in hexadecimal.
    pub address_hash: String,
    pub state: MediaImportState,
    /// Why it could not be fetched, for staff.
    pub reason: Option<String>,
    pub media_id: Option<MediaId>,
    pub attempts: i32,
    /// No earlier than this is it tried.
    pub retry_at: DateTimeUtc,
    /// Until when a worker is believed to be fetching it.
    pub claimed_until: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MediaImportState {
    /// It will be fetched.
    Pending,
    /// It lies in the store.
    Ready,
    /// It could not be fetched, and is not tried again by itself.
    Failed,
}
