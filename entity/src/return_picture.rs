//! A picture that a shopper sent with a return.

use sea_orm::entity::prelude::*;

use crate::{
    ids::{ReturnId, ReturnPictureId},
    media::MediaFormat,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "return_picture")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReturnPictureId,
    pub return_id: ReturnId,
    /// Of its bytes, as they are kept.
    pub sha256: Vec<u8>,
    pub format: MediaFormat,
    pub byte_size: i64,
    pub width: i32,
    pub height: i32,
    pub created_at: DateTimeUtc,
    /// Since when its bytes are to go.
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
