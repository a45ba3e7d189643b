//! A key that signs access tokens: when it was made and from when on it signs. The key itself is derived.

use sea_orm::entity::prelude::*;

use crate::ids::SigningKeyId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SigningKeyId,
    /// Which of the shop's secrets it is derived with.
    pub secret_fingerprint: Vec<u8>,
    pub created_at: DateTimeUtc,
    pub active_from: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
