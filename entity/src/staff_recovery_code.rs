//! A code on paper that stands in for the authenticator app, once; stored hashed.

use sea_orm::entity::prelude::*;

use crate::ids::{StaffMemberId, StaffRecoveryCodeId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_recovery_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffRecoveryCodeId,
    pub staff_member_id: StaffMemberId,
    pub code_hash: Vec<u8>,
    pub used_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
