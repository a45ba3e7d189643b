//! A member of staff who has forgotten their password and asked for a new one by mail.

use sea_orm::entity::prelude::*;

use crate::ids::{StaffMemberId, StaffPasswordResetId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_password_reset")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffPasswordResetId,
    /// Null where nobody has the address that was given.
    pub staff_member_id: Option<StaffMemberId>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
