//! Adds a member of staff.

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use vitrine_entity::{
    ids::StaffMemberId,
    staff_member::{self, StaffRole},
};

use super::{
    audit::audit,
    permission::{self, Permission},
};
use crate::{
    Context, Result, Shop,
    customers::{
        password,
        sign_up::{checked, refuse_taken},
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

/// Adds a member of staff. The first one is added by the command line, as the shop itself.
///
/// # Errors
/// `INVALID`, `WEAK_PASSWORD`, `EMAIL_TAKEN`; `FORBIDDEN` without [`Permission::Staff`].
pub async fn create(shop: &Shop, context: &Context, input: NewStaff) -> Result<staff_member::Model> {
    permission::ensure(context, Permission::Staff)?;
    let person = &checked(&input.email, &input.password, &input.name)?;
    let password_hash = &password::hash(shop, &input.password).await?;
    shop.transact(context, |tx| async move {
        let row = staff_member::ActiveModel {
            id: Set(StaffMemberId(shop.new_id())),
            email: Set(person.email.clone()),
            name: Set(person.name.clone()),
            password_hash: Set(password_hash.clone()),
            role: Set(input.role),
            active: Set(true),
            created_at: Set(shop.now()),
        };
        let member = row.insert(tx.db()).await.map_err(refuse_taken)?;
        let data = serde_json::json!({ "role": sea_orm::ActiveEnum::to_value(&member.role) });
        audit(&tx, "staff.create", member.id.to_string(), data).await?;
        Ok(member)
    })
    .await
}
