//! Somebody always may do everything.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    ids::StaffMemberId,
    staff_member::{self, StaffRole},
    staff_role,
};

use crate::{ErrorCode, Refusal, Result, Tx, language::messages, staff::roles};

/// Refuses to take `member` from the administrators where no other is left. Of two who take each other away at
/// once, the second waits for the first and is refused.
pub(super) async fn ensure_another(tx: &Tx, member: &staff_member::Model, field: &[&str]) -> Result<()> {
    let is_one = member.active && member.role_id.is_none() && member.role == StaffRole::Administrator;
    if !is_one {
        return Ok(());
    }
    tx.lock::<staff_role::Entity>(roles::ADMINISTRATOR).await?;
    if beside(tx.db(), &[member.id]).await? > 0 {
        return Ok(());
    }
    let message = messages::last_administrator();
    Err(Refusal::new(ErrorCode::LastAdministrator, message).at(field).into())
}

/// Whether all administrators are among these: nobody is left if they go. Where there is none, none goes.
pub(crate) async fn are_last_administrators(db: &impl ConnectionTrait, members: &[StaffMemberId]) -> Result<bool> {
    Ok(beside(db, members).await? == 0 && beside(db, &[]).await? > 0)
}

/// How many administrators there are beside these.
async fn beside(db: &impl ConnectionTrait, members: &[StaffMemberId]) -> Result<u64> {
    let others = staff_member::Entity::find()
        .filter(staff_member::Column::Id.is_not_in(members.iter().copied()))
        .filter(staff_member::Column::Active.eq(true))
        .filter(staff_member::Column::RoleId.is_null())
        .filter(staff_member::Column::Role.eq(StaffRole::Administrator));
    Ok(others.count(db).await?)
}
