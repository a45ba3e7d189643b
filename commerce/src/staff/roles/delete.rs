//! Deletes a role that nobody has, and takes that back.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{ids::StaffRoleId, staff_invitation, staff_member, staff_role};

use super::{create::refuse_too_many, permissions, refuse_taken};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    staff::{audit::audit, permission::require_within, require_person},
};

/// Deletes a role. One that is gone stays so.
///
/// # Errors
/// `INVALID` for a role that every shop has, or that somebody has or is invited to; `FORBIDDEN`;
/// `VERSION_CONFLICT`.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: StaffRoleId,
    expected_version: Option<i64>,
) -> Result<staff_role::Model> {
    require_person(context)?;
    shop.transact(context, |tx| async move { delete_in(&tx, id, expected_version).await })
        .await
}

/// As [`delete`], within a transaction of the caller's.
///
/// # Errors
/// As [`delete`].
pub async fn delete_in(tx: &Tx, id: StaffRoleId, expected_version: Option<i64>) -> Result<staff_role::Model> {
    require_person(tx.context())?;
    let role = any(tx, id).await?;
    if role.deleted_at.is_some() {
        return Ok(role);
    }
    expect_version("role", role.version, expected_version)?;
    require_within(tx.context(), permissions(&role), &["id"])?;
    if role.built_in.is_some() {
        let message = messages::role_stays(&role.name);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
    }
    refuse_in_use(tx, id).await?;
    let role = write(tx, role, true).await?;
    audit(tx, "role.delete", id.to_string(), json!({ "name": role.name })).await?;
    Ok(role)
}

/// Takes a deletion back. A role that is there stays as it is.
///
/// # Errors
/// `NOT_FOUND`; `TAKEN` where another role has its handle by now; `FORBIDDEN`.
pub async fn restore(shop: &Shop, context: &Context, id: StaffRoleId) -> Result<staff_role::Model> {
    require_person(context)?;
    shop.transact(context, |tx| async move {
        let role = any(&tx, id).await?;
        if role.deleted_at.is_none() {
            return Ok(role);
        }
        require_within(context, role.permissions, &["id"])?;
        refuse_too_many(&tx).await?;
        refuse_taken(&tx, &role.handle, None).await?;
        let role = write(&tx, role, false).await?;
        audit(&tx, "role.restore", id.to_string(), json!({ "name": role.name })).await?;
        Ok(role)
    })
    .await
}

/// The role, deleted or not, locked.
async fn any(tx: &Tx, id: StaffRoleId) -> Result<staff_role::Model> {
    let role = tx.lock::<staff_role::Entity>(id).await?;
    role.ok_or_else(|| Refusal::not_found("role").at(&["id"]).into())
}

async fn write(tx: &Tx, role: staff_role::Model, deleted: bool) -> Result<staff_role::Model> {
    let now = tx.shop().now();
    let row = staff_role::Model {
        version: role.version + 1,
        updated_at: now,
        deleted_at: deleted.then_some(now),
        ..role
    };
    Ok(row.into_active_model().reset_all().update(tx.db()).await?)
}

async fn refuse_in_use(tx: &Tx, id: StaffRoleId) -> Result<()> {
    let members = staff_member::Entity::find()
        .filter(staff_member::Column::RoleId.eq(id))
        .count(tx.db())
        .await?;
    let invited = staff_invitation::Entity::find()
        .filter(staff_invitation::Column::RoleId.eq(id))
        .filter(staff_invitation::Column::AcceptedAt.is_null())
        .filter(staff_invitation::Column::WithdrawnAt.is_null())
        .count(tx.db())
        .await?;
    let message = match (members, invited) {
        (0, 0) => return Ok(()),
        (0, _) => messages::role_invited(invited),
        _ => messages::role_in_use(members),
    };
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into())
}
