//! Members of staff.

mod activate;
pub(super) mod create;
mod language;
mod last_administrator;
mod list;
mod update;

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::{StaffMemberId, StaffRoleId},
    staff_member::{self, StaffRole},
    staff_role, staff_second_factor,
};

pub(crate) use self::last_administrator::are_last_administrators;
pub use self::{
    activate::{deactivate, reactivate},
    language::set_language,
    list::{MemberFilter, list},
    update::{MemberUpdate, update},
};
use super::{permission::Permissions, roles};
use crate::{Fault, Refusal, Result, Shop, Tx};

/// A member of staff, with their role.
#[derive(Debug, Clone)]
pub struct Member {
    pub row: staff_member::Model,
    pub role: staff_role::Model,
    /// Whether they prove a second factor when they sign in.
    pub has_second_factor: bool,
}

impl Member {
    /// What their role may do.
    pub fn permissions(&self) -> Permissions {
        roles::permissions(&self.role)
    }
}

/// A member of staff by id. Unscoped: the caller must have asked who may see them.
pub async fn find(shop: &Shop, id: StaffMemberId) -> Result<Option<Member>> {
    let row = staff_member::Entity::find_by_id(id).one(&shop.db).await?;
    let members = with_roles(&shop.db, row.into_iter().collect()).await?;
    Ok(members.into_iter().next())
}

/// Members of staff by id, for a page's worth. Unscoped.
pub async fn by_ids(shop: &Shop, ids: &[StaffMemberId]) -> Result<HashMap<StaffMemberId, Member>> {
    let wanted = staff_member::Column::Id.is_in(ids.iter().copied());
    let rows = staff_member::Entity::find().filter(wanted).all(&shop.db).await?;
    let members = with_roles(&shop.db, rows).await?;
    Ok(members.into_iter().map(|member| (member.row.id, member)).collect())
}

/// Rows with what belongs to them, in their order.
pub(super) async fn with_roles(db: &impl ConnectionTrait, rows: Vec<staff_member::Model>) -> Result<Vec<Member>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let roles = roles::all(db).await?;
    let secured = staff_second_factor::Entity::find()
        .filter(staff_second_factor::Column::StaffMemberId.is_in(rows.iter().map(|row| row.id)))
        .filter(staff_second_factor::Column::ConfirmedAt.is_not_null());
    let secured: HashSet<_> = secured
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.staff_member_id)
        .collect();
    rows.into_iter()
        .map(|row| {
            let role = roles.get(&role_of(&row)).cloned().ok_or_else(|| Fault::Corrupt {
                table: "staff_member",
                column: "role_id",
                id: row.id.to_string(),
            })?;
            let has_second_factor = secured.contains(&row.id);
            Ok(Member {
                row,
                role,
                has_second_factor,
            })
        })
        .collect()
}

/// The row of a member's role.
fn role_of(row: &staff_member::Model) -> StaffRoleId {
    row.role_id.unwrap_or_else(|| roles::built_in(row.role))
}

/// A role as a member's row has it: what a server of the version before reads is the least of what they may do.
pub(super) fn stored(role: &staff_role::Model) -> (StaffRole, Option<StaffRoleId>) {
    match role.built_in {
        Some(built_in) => (built_in, None),
        None => (StaffRole::Fulfilment, Some(role.id)),
    }
}

/// A member of staff who is about to be changed, locked.
pub(super) async fn locked(tx: &Tx, id: StaffMemberId) -> Result<Member> {
    let row = tx.lock::<staff_member::Entity>(id).await?;
    let row = row.ok_or_else(|| Refusal::not_found("member of staff").at(&["id"]))?;
    let members = with_roles(tx.db(), vec![row]).await?;
    let member = members.into_iter().next();
    member.ok_or_else(|| Refusal::not_found("member of staff").at(&["id"]).into())
}
