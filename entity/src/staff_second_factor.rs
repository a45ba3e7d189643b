//! What a member of staff proves beside their password: codes of an authenticator app.

use sea_orm::entity::prelude::*;

use crate::ids::StaffMemberId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_second_factor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_member_id: StaffMemberId,
    /// The secret is derived from it with the shop's own.
    pub nonce: Vec<u8>,
    /// Asked for at a login only from then on.
    pub confirmed_at: Option<DateTimeUtc>,
    /// The time step of the last code that was taken: none of it or before is taken again.
    pub last_step: i64,
    /// Wrong codes since the last right one.
    pub failures: i32,
    pub blocked_until: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
