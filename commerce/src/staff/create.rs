//! Adds a member of staff.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, SelectExt};
use vitrine_entity::{
    ids::StaffMemberId,
    staff_member::{self, StaffRole},
};

use super::{
    audit::audit,
    permission::{self, Permission},
};
use crate::{
    Context, Result, Shop, Tx,
    customers::{
        password,
        sign_up::{Person, checked, refuse_taken},
    },
};

/// A new member of staff. It has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct NewStaff {
    pub email: String,
    pub name: String,
    pub password: String,
    pub role: StaffRole,
}

/// The same, checked and without the password. It has no `Debug` either.
pub struct NewStaffChecked {
    person: Person,
    password_hash: String,
    role: StaffRole,
}

/// Adds a member of staff. The first one is added by the command line, as the shop itself.
///
/// # Errors
/// `INVALID`, `WEAK_PASSWORD`, `EMAIL_TAKEN`; `FORBIDDEN` without [`Permission::Staff`].
pub async fn create(shop: &Shop, context: &Context, input: NewStaff) -> Result<staff_member::Model> {
    permission::require_or_system(context, Permission::Staff)?;
    let prepared = &prepare(shop, input).await?;
    shop.transact(context, |tx| async move { create_in(&tx, prepared).await })
        .await
}

/// Whether mail address, name and password will do.
///
/// # Errors
/// `INVALID`, `WEAK_PASSWORD`.
pub fn check(input: &NewStaff) -> Result<()> {
    checked(&input.email, &input.password, &input.name).map(drop)
}

/// Checks the input and hashes the password, which takes a while: no transaction should wait for it.
///
/// # Errors
/// As [`check`].
pub async fn prepare(shop: &Shop, input: NewStaff) -> Result<NewStaffChecked> {
    Ok(NewStaffChecked {
        person: checked(&input.email, &input.password, &input.name)?,
        password_hash: password::hash(shop, &input.password).await?,
        role: input.role,
    })
}

/// As [`create`], within a transaction of the caller's.
///
/// # Errors
/// `EMAIL_TAKEN`; `FORBIDDEN` without [`Permission::Staff`].
pub async fn create_in(tx: &Tx, prepared: &NewStaffChecked) -> Result<staff_member::Model> {
    permission::require_or_system(tx.context(), Permission::Staff)?;
    let row = staff_member::ActiveModel {
        id: Set(StaffMemberId(tx.shop().new_id())),
        email: Set(prepared.person.email.clone()),
        name: Set(prepared.person.name.clone()),
        password_hash: Set(prepared.password_hash.clone()),
        role: Set(prepared.role),
        active: Set(true),
        created_at: Set(tx.shop().now()),
    };
    let member = row.insert(tx.db()).await.map_err(refuse_taken)?;
    let data = serde_json::json!({ "role": sea_orm::ActiveEnum::to_value(&member.role) });
    audit(tx, "staff.create", member.id.to_string(), data).await?;
    Ok(member)
}

/// Whether somebody with this mail address works here and may sign in.
pub async fn is_active(shop: &Shop, email: &str) -> Result<bool> {
    let found = staff_member::Entity::find()
        .filter(staff_member::Column::Email.eq(email))
        .filter(staff_member::Column::Active.eq(true));
    Ok(found.exists(&shop.db).await?)
}
