//! An account at a provider of OpenID Connect by which a member of staff signs in.

use sea_orm::entity::prelude::*;

use crate::ids::{IdentityId, StaffMemberId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "identity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdentityId,
    pub provider: String,
    /// Names them at the provider.
    pub subject: String,
    pub staff_member_id: StaffMemberId,
    pub email: String,
    pub created_at: DateTimeUtc,
    pub last_used_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
