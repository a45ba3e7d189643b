//! An account at a provider of OpenID Connect by which a customer signs in.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerId, IdentityId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_identity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdentityId,
    pub provider: String,
    /// Names them at the provider.
    pub subject: String,
    pub customer_id: CustomerId,
    pub email: String,
    pub created_at: DateTimeUtc,
    pub last_used_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
