//! A customer's way to a provider of OpenID Connect and back that has ended, and the code that was given for it.

use sea_orm::entity::prelude::*;

use crate::ids::{IdentityHandshakeId, IdentityId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_identity_handshake")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdentityHandshakeId,
    pub identity_id: IdentityId,
    pub code_hash: Vec<u8>,
    /// Of what the front end proves that it began this with.
    pub challenge: String,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub redeemed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
