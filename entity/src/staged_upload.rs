//! A file that a member of staff may send, and perhaps has.

use sea_orm::entity::prelude::*;

use crate::ids::{MediaId, StagedUploadId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staged_upload")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StagedUploadId,
    pub original_name: String,
    pub mime_type: String,
    pub byte_size: i64,
    pub created_by: String,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub received_at: Option<DateTimeUtc>,
    /// What became of it.
    pub media_id: Option<MediaId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
