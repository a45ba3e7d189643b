//! A file that whoever buys a variant may fetch.

use sea_orm::entity::prelude::*;

use crate::ids::{StagedUploadId, VariantFileId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VariantFileId,
    pub variant_id: VariantId,
    /// As it is called by whoever fetches it.
    pub name: String,
    /// How often each unit of it that was bought may be fetched.
    pub fetches_max: Option<i32>,
    /// For how many days after the payment.
    pub days: Option<i32>,
    /// The upload as which it came, which names the object in the store.
    pub upload_id: StagedUploadId,
    pub mime_type: String,
    pub byte_size: i64,
    /// Grows when other content takes the place of what was there.
    pub content_version: i64,
    pub position: i32,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// When staff deleted it. Orders that name it go on giving it.
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
