//! A sign-in: a family of refresh tokens, each replacing the last.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerId, SessionId, StaffMemberId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub customer_id: Option<CustomerId>,
    pub staff_member_id: Option<StaffMemberId>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
    /// When it was last refreshed.
    pub last_used_at: Option<DateTimeUtc>,
    /// What the client calls itself, cut.
    pub user_agent: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
