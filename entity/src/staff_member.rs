//! A member of staff.

use sea_orm::entity::prelude::*;

use crate::ids::StaffMemberId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffMemberId,
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub role: StaffRole,
    pub active: bool,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a member of staff may do; `vitrine_commerce::staff::permission` tells which role may what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StaffRole {
    Administrator,
    Fulfilment,
}
