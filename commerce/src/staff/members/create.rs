//! Adds a member of staff.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, SelectExt};
use vitrine_entity::{
    ids::StaffMemberId,
    staff_member::{self, StaffRole},
};

use crate::{
    Context, Result, Shop, Tx,
    customers::{
        password,
        sign_up::{Person, checked, refuse_taken},
    },
    staff::{
        audit::audit,
        permission::{Permissions, require_within},
        require_person,
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

/// Adds a member of staff. The first one is added by the command line, as the shop itself; the others are
/// invited, and choose their own password.
///
/// # Errors
/// `INVALID`, `WEAK_PASSWORD`, `EMAIL_TAKEN`; `FORBIDDEN` without the permission for staff, or for more than the
/// caller may.
pub async fn create(shop: &Shop, context: &Context, input: NewStaff) -> Result<staff_member::Model> {
    may(context, input.role)?;
    let prepared = &prepare(shop, context, input).await?;
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
pub async fn prepare(shop: &Shop, context: &Context, input: NewStaff) -> Result<NewStaffChecked> {
    Ok(NewStaffChecked {
        person: checked(&input.email, &input.password, &input.name)?,
        password_hash: password::hash(shop, context, &input.password).await?,
        role: input.role,
    })
}

/// As [`create`], within a transaction of the caller's.
///
/// # Errors
/// `EMAIL_TAKEN`; `FORBIDDEN` as [`create`].
pub async fn create_in(tx: &Tx, prepared: &NewStaffChecked) -> Result<staff_member::Model> {
    may(tx.context(), prepared.role)?;
    let row = staff_member::Model {
        id: StaffMemberId(tx.shop().new_id()),
        email: prepared.person.email.clone(),
        name: prepared.person.name.clone(),
        password_hash: prepared.password_hash.clone(),
        role: prepared.role,
        active: true,
        created_at: tx.shop().now(),
        role_id: None,
        version: 1,
        language: None,
    };
    let member = insert(tx, row).await?;
    let data = serde_json::json!({ "role": sea_orm::ActiveEnum::to_value(&member.role) });
    audit(tx, "staff.create", member.id.to_string(), data).await?;
    Ok(member)
}

fn may(context: &Context, role: StaffRole) -> Result<()> {
    require_person(context)?;
    require_within(context, Permissions::of(role), &["role"])
}

pub(in crate::staff) async fn insert(tx: &Tx, row: staff_member::Model) -> Result<staff_member::Model> {
    row.into_active_model().insert(tx.db()).await.map_err(refuse_taken)
}

/// Whether somebody with this mail address works here and may sign in.
pub async fn is_active(shop: &Shop, email: &str) -> Result<bool> {
    let found = staff_member::Entity::find()
        .filter(staff_member::Column::Email.eq(email))
        .filter(staff_member::Column::Active.eq(true));
    Ok(found.exists(&shop.db).await?)
}
