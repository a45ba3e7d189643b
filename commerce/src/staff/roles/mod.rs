//! Roles: sets of permissions with a name. Two are there in every shop; the others are its own.

mod create;
mod delete;
mod update;

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;
use vitrine_entity::{
    ids::{StaffMemberId, StaffRoleId},
    staff_member::StaffRole,
    staff_role::{self, Column},
};

pub use self::{
    create::{NewRole, create, create_in},
    delete::{delete, delete_in, restore},
    update::{RoleUpdate, update, update_in},
};
use super::permission::{self, Permission, Permissions};
use crate::{Context, ErrorCode, Refusal, Result, Shop, Tx, language::messages, ports::event_bus::Topic, sql, text};

/// The most roles of a shop's own.
pub const ROLES_MAX: u64 = 100;

const NAME_LENGTH_MAX: usize = 60;
const HANDLE_LENGTH_MAX: usize = 60;

/// The role of those who may do everything; its row is also the turn in which one of them is taken away.
pub const ADMINISTRATOR: StaffRoleId = StaffRoleId(Uuid::from_u128(0x7000_8000_0000_0000_0001));
pub const FULFILMENT: StaffRoleId = StaffRoleId(Uuid::from_u128(0x7000_8000_0000_0000_0002));

/// The row of a role that every shop has.
pub fn built_in(role: StaffRole) -> StaffRoleId {
    match role {
        StaffRole::Administrator => ADMINISTRATOR,
        StaffRole::Fulfilment => FULFILMENT,
    }
}

/// What a role may do.
pub fn permissions(role: &staff_role::Model) -> Permissions {
    role.built_in.map_or(role.permissions, Permissions::of)
}

/// All roles: those of every shop first, then by name.
///
/// # Errors
/// Refuses whoever may not see who works here.
pub async fn list(shop: &Shop, context: &Context) -> Result<Vec<staff_role::Model>> {
    permission::require_or_system(context, Permission::Staff)?;
    all_on(&shop.db).await
}

/// As [`list`], in a transaction of the caller's, who has asked who may.
pub(crate) async fn all_on(db: &impl ConnectionTrait) -> Result<Vec<staff_role::Model>> {
    let mut roles: Vec<_> = all(db).await?.into_values().collect();
    roles.sort_by(|a, b| (a.built_in.is_none(), &a.name, a.id).cmp(&(b.built_in.is_none(), &b.name, b.id)));
    Ok(roles)
}

/// Every role that somebody may have: there are few. Unscoped.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<HashMap<StaffRoleId, staff_role::Model>> {
    let alive = staff_role::Entity::find()
        .filter(Column::DeletedAt.is_null())
        .order_by_asc(Column::Id);
    let rows = alive.all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// A role that can be given.
pub(super) async fn given(tx: &Tx, id: StaffRoleId, field: &[&str]) -> Result<staff_role::Model> {
    // Locked: it is not deleted while somebody gets it.
    let row = tx.lock::<staff_role::Entity>(id).await?;
    row.filter(|row| row.deleted_at.is_none())
        .ok_or_else(|| Refusal::not_found("role").at(field).into())
}

/// Tells whoever has the role that what they may do has changed.
async fn tell_its_members(tx: &Tx, role: &staff_role::Model) -> Result<()> {
    let sql = match role.built_in {
        Some(_) => "select id from staff_member where role_id is null and role = $1 limit 1000",
        None => "select id from staff_member where role_id = $1 limit 1000",
    };
    let value = match role.built_in {
        Some(built_in) => sea_orm::ActiveEnum::to_value(&built_in).into(),
        None => role.id.into(),
    };
    for member in sql::column::<StaffMemberId>(tx.db(), sql, [value]).await? {
        tx.announce(Topic::StaffMember(member));
    }
    Ok(())
}

fn name(text: &str) -> Result<String, Refusal> {
    text::line(&["name"], text, NAME_LENGTH_MAX)
}

/// A handle as it was given, or one made of the name.
fn handle(given: Option<&str>, name: &str) -> Result<String, Refusal> {
    let handle = match given {
        Some(given) => text::code(given),
        None => made_of(name),
    };
    let is_good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if (1..=HANDLE_LENGTH_MAX).contains(&handle.len()) && handle.chars().all(is_good) {
        return Ok(handle);
    }
    let message = messages::role_handle_form(HANDLE_LENGTH_MAX);
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["handle"]))
}

fn made_of(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

async fn refuse_taken(tx: &Tx, handle: &str, except: Option<StaffRoleId>) -> Result<()> {
    let other = staff_role::Entity::find()
        .filter(Column::Handle.eq(handle))
        .filter(Column::DeletedAt.is_null())
        .one(tx.db())
        .await?;
    if other.is_some_and(|other| Some(other.id) != except) {
        let message = messages::role_handle_taken(handle);
        return Err(Refusal::new(ErrorCode::Taken, message).at(&["handle"]).into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_made_of_the_name_unless_it_is_given() {
        assert_eq!(
            handle(None, "Customer service (night)").as_deref(),
            Ok("customer-service-night")
        );
        assert_eq!(handle(Some("night"), "Customer service").as_deref(), Ok("night"));
        for (given, name) in [
            (None, "夜"),
            (Some(""), "Night"),
            (Some("Night shift"), "Night"),
            (Some("é"), "x"),
        ] {
            assert!(handle(given, name).is_err(), "{given:?} {name}");
        }
    }
}
