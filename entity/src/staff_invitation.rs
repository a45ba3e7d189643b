//! Somebody who was asked by mail to work here.

use sea_orm::entity::prelude::*;

use crate::ids::{StaffInvitationId, StaffMemberId, StaffRoleId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffInvitationId,
    pub email: String,
    pub role_id: StaffRoleId,
    pub invited_by: String,
    /// Counts the mails: the link of each ends with the next.
    pub sends: i32,
    pub created_at: DateTimeUtc,
    pub sent_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub accepted_at: Option<DateTimeUtc>,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub staff_member_id: Option<StaffMemberId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
