//! Who works here, and the record of what they did.

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use vitrine_entity::{
    ids::{StaffAuditId, StaffMemberId},
    staff_audit, staff_member,
    staff_member::StaffRole,
};

use super::{
    Permission, password, permission,
    sign_up::{checked, refuse_taken},
};
use crate::{Context, Result, Shop, Tx, Viewer};

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
    if !permission::allowed(context, Permission::Staff) {
        permission::require(context, Permission::Staff)?;
    }
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

/// Records what a member of staff did, in the transaction in which they did it; does nothing for
/// anybody else. `action` names noun and verb (`order.cancel`), `object` is the public id.
pub async fn audit(tx: &Tx, action: &str, object: String, data: serde_json::Value) -> Result<()> {
    let Viewer::Staff(staff, _) = tx.context().viewer else {
        return Ok(());
    };
    let row = staff_audit::ActiveModel {
        id: Set(StaffAuditId(tx.shop().new_id())),
        staff_member_id: Set(staff),
        action: Set(action.to_owned()),
        object: Set(object),
        data: Set(data),
        created_at: Set(tx.shop().now()),
    };
    row.insert(tx.db()).await?;
    Ok(())
}
