//! What staff and apps did, append-only.

use sea_orm::entity::prelude::*;

use crate::ids::{AppId, StaffAuditId, StaffMemberId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffAuditId,
    /// Null where it was an app, or the shop itself.
    pub staff_member_id: Option<StaffMemberId>,
    pub action: String,
    pub object: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    pub created_at: DateTimeUtc,
    pub app_id: Option<AppId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
