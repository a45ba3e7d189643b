//! What a member of staff is here for: a set of permissions with a name.

use sea_orm::entity::prelude::*;

use crate::{ids::StaffRoleId, permission::Permissions, staff_member::StaffRole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_role")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffRoleId,
    pub handle: String,
    pub name: String,
    /// One that every shop has. What it may do stands in the program, not in `permissions`.
    pub built_in: Option<StaffRole>,
    pub permissions: Permissions,
    pub two_factor_required: bool,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
