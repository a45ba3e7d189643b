//! Changes a role, and with it what those who have it may do, at once.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::StaffRoleId, staff_role};

use super::{given, handle, name, permissions, refuse_taken, tell_its_members};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    staff::{
        audit::audit,
        permission::{Permissions, require_within},
        require_person,
    },
};

/// A change of a role; what is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct RoleUpdate {
    pub role: StaffRoleId,
    /// The role's version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub name: Option<String>,
    pub handle: Option<String>,
    pub permissions: Option<Permissions>,
    pub two_factor_required: Option<bool>,
}

/// Changes a role.
///
/// # Errors
/// `FORBIDDEN` for whoever may not do all that the role may, before and after; `INVALID` for a role that every
/// shop has, of which only the second factor is the shop's to choose; `TAKEN`; `VERSION_CONFLICT`.
pub async fn update(shop: &Shop, context: &Context, input: RoleUpdate) -> Result<staff_role::Model> {
    require_person(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { update_in(&tx, input).await })
        .await
}

/// As [`update`], within a transaction of the caller's.
///
/// # Errors
/// As [`update`].
pub async fn update_in(tx: &Tx, input: &RoleUpdate) -> Result<staff_role::Model> {
    require_person(tx.context())?;
    let before = given(tx, input.role, &["id"]).await?;
    expect_version("role", before.version, input.expected_version)?;
    require_within(tx.context(), permissions(&before), &["id"])?;
    refuse_built_in(&before, input)?;
    let after = changed(tx, &before, input).await?;
    if after == before {
        return Ok(before);
    }
    let after = staff_role::Model {
        version: before.version + 1,
        updated_at: tx.shop().now(),
        ..after
    };
    let after = after.into_active_model().reset_all().update(tx.db()).await?;
    tell_its_members(tx, &after).await?;
    let data = json!({ "before": said(&before), "after": said(&after) });
    audit(tx, "role.update", after.id.to_string(), data).await?;
    Ok(after)
}

/// The role as it is to be.
async fn changed(tx: &Tx, before: &staff_role::Model, input: &RoleUpdate) -> Result<staff_role::Model> {
    if let Some(new) = input.permissions {
        require_within(tx.context(), new, &["permissions"])?;
    }
    let name = input.name.as_deref().map(name).transpose()?;
    let handle = input.handle.as_deref().map(|given| handle(Some(given), ""));
    let handle = handle.transpose()?;
    if let Some(handle) = &handle {
        refuse_taken(tx, handle, Some(before.id)).await?;
    }
    Ok(staff_role::Model {
        name: name.unwrap_or_else(|| before.name.clone()),
        handle: handle.unwrap_or_else(|| before.handle.clone()),
        permissions: input.permissions.unwrap_or(before.permissions),
        two_factor_required: input.two_factor_required.unwrap_or(before.two_factor_required),
        ..before.clone()
    })
}

/// For the audit log.
fn said(role: &staff_role::Model) -> serde_json::Value {
    json!({
        "name": role.name,
        "handle": role.handle,
        "permissions": permissions(role).to_string(),
        "twoFactorRequired": role.two_factor_required,
    })
}

fn refuse_built_in(role: &staff_role::Model, input: &RoleUpdate) -> Result<()> {
    let changed = [
        ("name", input.name.is_some()),
        ("handle", input.handle.is_some()),
        ("permissions", input.permissions.is_some()),
    ];
    match changed.into_iter().find(|(_, changed)| *changed) {
        Some((field, _)) if role.built_in.is_some() => {
            let message = messages::role_built_in(&role.name);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]).into())
        }
        _ => Ok(()),
    }
}
