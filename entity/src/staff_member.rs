//! A member of staff.

use sea_orm::entity::prelude::*;

use crate::ids::{StaffMemberId, StaffRoleId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffMemberId,
    pub email: String,
    pub name: String,
    pub password_hash: String,
    /// What they are, where `role_id` is null. Of a member with a role of the shop's own it holds the least
    /// that a server of the version before can read.
    pub role: StaffRole,
    pub active: bool,
    pub created_at: DateTimeUtc,
    /// A role of the shop's own.
    pub role_id: Option<StaffRoleId>,
    pub version: i64,
    /// In which language they read (BCP 47), where they have said so.
    pub language: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A role that every shop has; [`Permissions::of`](crate::permission::Permissions::of) tells what it may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StaffRole {
    Administrator,
    Fulfilment,
}
