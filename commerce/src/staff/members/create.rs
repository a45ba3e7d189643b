//! Adds a member of staff.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use vitrine_entity::{
    ids::StaffMemberId,
    staff_member::{self, StaffRole},
};

use crate::{
    Context, Result, Shop, Tx,
    customers::{
        password,
        sign_up::{checked, refuse_taken},
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

/// Adds a member of staff. The first one is added by the command line, as the shop itself; the others are
/// invited, and choose their own password.
///
/// # Errors
/// `INVALID`, `WEAK_PASSWORD`, `EMAIL_TAKEN`; `FORBIDDEN` without the permission for staff, or for more than the
/// caller may.
pub async fn create(shop: &Shop, context: &Context, input: NewStaff) -> Result<staff_member::Model> {
    require_person(context)?;
    require_within(context, Permissions::of(input.role), &["role"])?;
    let person = &checked(&input.email, &input.password, &input.name)?;
    let password_hash = &password::hash(shop, &input.password).await?;
    shop.transact(context, |tx| async move {
        let row = staff_member::Model {
            id: StaffMemberId(shop.new_id()),
            email: person.email.clone(),
            name: person.name.clone(),
            password_hash: password_hash.clone(),
            role: input.role,
            active: true,
            created_at: shop.now(),
            role_id: None,
            version: 1,
        };
        let member = insert(&tx, row).await?;
        let data = serde_json::json!({ "role": sea_orm::ActiveEnum::to_value(&member.role) });
        audit(&tx, "staff.create", member.id.to_string(), data).await?;
        Ok(member)
    })
    .await
}

pub(in crate::staff) async fn insert(tx: &Tx, row: staff_member::Model) -> Result<staff_member::Model> {
    row.into_active_model().insert(tx.db()).await.map_err(refuse_taken)
}
