//! Makes a role of the shop's own.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::StaffRoleId,
    staff_role::{self, Column},
};

use super::{ROLES_MAX, handle, name, refuse_taken};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    staff::{
        audit::audit,
        permission::{Permissions, require_within},
        require_person,
    },
    turn::{self, Turn},
};

/// A new role.
#[derive(Debug, Clone)]
pub struct NewRole {
    pub name: String,
    /// By which files name it; made of the name where it is left out.
    pub handle: Option<String>,
    pub permissions: Permissions,
    /// Whether it gives nothing to whoever has no second factor.
    pub two_factor_required: bool,
}

/// Makes a role.
///
/// # Errors
/// `FORBIDDEN` without the permission for staff, and for permissions that the caller does not have; `INVALID`;
/// `TAKEN`.
pub async fn create(shop: &Shop, context: &Context, input: NewRole) -> Result<staff_role::Model> {
    require_person(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { create_in(&tx, input).await })
        .await
}

/// As [`create`], within a transaction of the caller's.
///
/// # Errors
/// As [`create`].
pub async fn create_in(tx: &Tx, input: &NewRole) -> Result<staff_role::Model> {
    require_person(tx.context())?;
    require_within(tx.context(), input.permissions, &["permissions"])?;
    let name = name(&input.name)?;
    let handle = handle(input.handle.as_deref(), &name)?;
    refuse_too_many(tx).await?;
    refuse_taken(tx, &handle, None).await?;
    let now = tx.shop().now();
    let row = staff_role::Model {
        id: StaffRoleId(tx.shop().new_id()),
        handle,
        name,
        built_in: None,
        permissions: input.permissions,
        two_factor_required: input.two_factor_required,
        version: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    };
    let role = row.into_active_model().insert(tx.db()).await?;
    let data = json!({ "name": role.name, "permissions": role.permissions.to_string(), "twoFactorRequired": role.two_factor_required });
    audit(tx, "role.create", role.id.to_string(), data).await?;
    Ok(role)
}

pub(super) async fn refuse_too_many(tx: &Tx) -> Result<()> {
    turn::take(tx, Turn::Roles).await?;
    let own = staff_role::Entity::find()
        .filter(Column::BuiltIn.is_null())
        .filter(Column::DeletedAt.is_null());
    if own.count(tx.db()).await? >= ROLES_MAX {
        let message = messages::roles_max(ROLES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    Ok(())
}
